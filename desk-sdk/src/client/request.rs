//! Requests by method and path, for undocumented calls.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_util::future::ready;
use http::HeaderName;
use percent_encoding::percent_decode_str;
use serde::Serialize;
use serde_json::Value;

use super::Client;
use super::download::Downloading;
use super::lazy::{Lazy, begun};
use super::options::Options;
use super::pending::{Content, Prepared, made};
use crate::answer::Answer;
use crate::call::Call;
use crate::error::{Error, Result};
use crate::invalid_call::{BrokenRule, InvalidCall};
use crate::operation::{Body, Method, Operation, Risk};
use crate::route;
use crate::value::FilePart;

/// Headers that only the client sets.
const OWN_HEADERS: [&str; 4] = ["authorization", "content-length", "host", "orgid"];

impl Client {
    /// Makes a request by method and path, for anything that has no known operation. It uses the same tokens,
    /// organization, limits, retries and credits as any call.
    ///
    /// If the path belongs to a known operation, even of a family that is not enabled, that operation's risk and scopes
    /// apply; its rules for values do not. Otherwise a GET counts as [safe](Risk::Safe) and any other method as
    /// [destructive](Risk::Destructive), unless [`Request::risk`] says otherwise.
    ///
    /// ```no_run
    /// # async fn example(client: desk_sdk::Client) -> desk_sdk::Result<()> {
    /// use desk_sdk::{Method, Risk};
    ///
    /// let slots = client.request(Method::Get, "/api/v1/appointmentSlots").query("limit", "10").await?;
    /// println!("{}", slots["data"]);
    ///
    /// let body = serde_json::json!({ "slot": "4000000008001" });
    /// client.request(Method::Post, "/api/v1/appointments").json(&body).risk(Risk::Write).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn request(&self, method: Method, path: impl Into<String>) -> Request<Value> {
        let path = path.into();
        let (operation, problem) = match target(method, &path) {
            Ok(operation) => (operation, None),
            Err(problem) => (unknown(method), Some(problem)),
        };
        let call = Call { path: Some(path), ..Call::new(operation) };
        let prepared = Prepared { client: self.clone(), call, options: Options::default() };
        Request(Lazy::new(Asked { prepared, problem }))
    }
}

/// A request by method and path, made when it is awaited. Like [`Pending`](crate::Pending), it is a future.
#[must_use = "a request is made only when it is awaited"]
pub struct Request<T>(Lazy<Asked, Answer<T>>);

/// A request before it is made, or the reason why it cannot be.
struct Asked {
    prepared: Prepared,
    problem: Option<Error>,
}

impl Asked {
    fn fail(&mut self, name: &str, value: &str, rule: &str) {
        let operation = self.prepared.call.operation;
        let invalid = InvalidCall::new(operation, BrokenRule::new(name, &Value::from(value), rule));
        self.problem.get_or_insert(invalid.into());
    }
}

impl<T> Request<T> {
    /// Adds a query parameter.
    pub fn query(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.change(|asked| asked.prepared.call.query.push((name.into(), value.into())))
    }

    /// Adds a header. Those that only the client sets (token, organization, host, length) are refused.
    pub fn header(self, name: &str, value: impl Into<String>) -> Self {
        self.change(|asked| match name.parse::<HeaderName>() {
            Ok(header) if !OWN_HEADERS.contains(&header.as_str()) => {
                asked.prepared.call.headers.push((header, value.into()));
            }
            _ => asked.fail("header", name, "a header that is not the client's own"),
        })
    }

    /// Sets the body, as JSON.
    pub fn json(self, body: &(impl Serialize + ?Sized)) -> Self {
        self.change(|asked| match serde_json::to_value(body) {
            Ok(body) => asked.prepared.call.whole = Some(body),
            Err(error) => asked.fail("body", &error.to_string(), "something that can be written as JSON"),
        })
    }

    /// Sets the body, as bytes of any media type, such as `text/csv`.
    pub fn bytes(self, content: impl Into<bytes::Bytes>, media_type: &str) -> Self {
        self.change(|asked| {
            let call = &mut asked.prepared.call;
            call.headers.push((http::header::CONTENT_TYPE, media_type.to_owned()));
            call.bytes = Some(content.into());
        })
    }

    /// Adds a file as the form part with this name. Several files make one form.
    pub fn file(self, name: &'static str, file: impl Into<FilePart>) -> Self {
        self.change(|asked| asked.prepared.call.files.push((name, file.into())))
    }

    /// Sets the request's risk, if its path has no known operation; a known operation's own risk takes precedence.
    pub fn risk(self, risk: Risk) -> Self {
        self.change(|asked| {
            if is_unknown(asked.prepared.call.operation) {
                asked.prepared.options.risk = Some(risk);
            }
        })
    }

    /// As [`Pending::repeatable`](crate::Pending::repeatable).
    pub fn repeatable(self) -> Self {
        self.change(|asked| asked.prepared.options.repeatable = true)
    }

    /// As [`Pending::timeout`](crate::Pending::timeout).
    pub fn timeout(self, timeout: Duration) -> Self {
        self.change(|asked| asked.prepared.options.timeout = Some(timeout))
    }

    /// As [`Pending::deadline`](crate::Pending::deadline).
    pub fn deadline(self, deadline: Duration) -> Self {
        self.change(|asked| asked.prepared.options.deadline = Some(deadline))
    }

    /// Reads the answer as another type: a record of [`types`](crate::types), a list of them, or [`Value`].
    ///
    /// # A type of your own
    ///
    /// This is not for types with serde's `Deserialize`: leave the answer as it is, and read it with [`Answer::parse`].
    ///
    /// ```no_run
    /// # async fn example(client: desk_sdk::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// #[derive(serde::Deserialize)]
    /// struct Slot {
    ///     id: String,
    /// }
    ///
    /// let answer = client.request(desk_sdk::Method::Get, "/api/v1/appointmentSlots/7").await?;
    /// let slot: Slot = answer.parse()?;
    /// println!("{}", slot.id);
    /// # Ok(())
    /// # }
    /// ```
    pub fn answer<U>(self) -> Request<U> {
        Request(self.0.answering())
    }

    /// Reads the answer as a file.
    ///
    /// # Errors
    ///
    /// If the path, a header or the body cannot be sent.
    pub fn download(self) -> Result<Downloading> {
        let Asked { prepared, problem } = self.0.into_prepared().ok_or_else(begun)?;
        match problem {
            Some(problem) => Err(problem),
            None => Ok(Downloading::with(prepared.client, prepared.call, prepared.options)),
        }
    }

    fn change(self, change: impl FnOnce(&mut Asked)) -> Self {
        Self(self.0.change(change))
    }
}

impl<T: Content> Request<T> {
    /// The request as a plain future: `.send().await` is the same as `.await`.
    pub fn send(self) -> impl Future<Output = Result<Answer<T>>> + Send + Unpin {
        self
    }
}

impl<T: Content> Future for Request<T> {
    type Output = Result<Answer<T>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.poll(context, |Asked { prepared, problem }| match problem {
            Some(problem) => Box::pin(ready(Err(problem))),
            None => made(prepared),
        })
    }
}

impl<T> fmt::Debug for Request<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(Asked { prepared, .. }) = self.0.prepared() else { return f.write_str("Request(begun)") };
        let path = prepared.call.path.as_deref().unwrap_or_default();
        let method = prepared.call.operation.method;
        f.debug_tuple("Request").field(&format_args!("{method} {path}")).field(&prepared.call).finish()
    }
}

/// The operation that a request by method and path is judged as, whether its family is enabled or not: of what
/// [`Client::request`] takes, such as `/api/v1/tickets/7`. `None` if the path belongs to no known operation.
///
/// ```
/// use desk_sdk::{Method, operation_at};
///
/// let operation = operation_at(Method::Get, "/api/v1/tickets/7")?;
/// assert_eq!(operation.map(|operation| operation.id), Some("get_ticket"));
/// assert!(operation_at(Method::Post, "/api/v1/appointments")?.is_none());
/// # Ok::<(), desk_sdk::Error>(())
/// ```
///
/// Of the operation, only the id, the path, the method, the scopes and the risk are known;
/// [`operation`](crate::operation) has the rest, if its family is enabled.
///
/// # Errors
///
/// If the path cannot be one that a request is made to.
pub fn operation_at(method: Method, path: &str) -> Result<Option<&'static Operation>> {
    let operation = target(method, path)?;
    Ok((!is_unknown(operation)).then_some(operation))
}

/// The operation that a path belongs to, or a stand-in if there is none.
fn target(method: Method, path: &str) -> Result<&'static Operation> {
    let refuse =
        |rule: &str| Err(InvalidCall::new(unknown(method), BrokenRule::new("path", &Value::from(path), rule)).into());
    let Some(rest) = path.strip_prefix('/') else {
        return refuse("a path on the service's host, such as /api/v1/tickets");
    };
    if path.contains(['?', '#', '\\']) {
        return refuse("only a path: set parameters with `query`");
    }
    if path.len() > 1 && path.ends_with('/') {
        return refuse("a path without a trailing slash");
    }
    let mut segments = Vec::new();
    for segment in rest.split('/') {
        let Ok(plain) = percent_decode_str(segment).decode_utf8() else { return refuse("a path in UTF-8") };
        if let Some(rule) = broken(&plain) {
            return refuse(rule);
        }
        segments.push(plain.into_owned());
    }
    Ok(route::find(method, &segments).unwrap_or_else(|| unknown(method)))
}

/// The rule that a decoded part of a path breaks.
fn broken(part: &str) -> Option<&'static str> {
    match part.trim() {
        "" => Some("a path without empty parts, such as between two slashes"),
        "." | ".." => Some("a path without parts that are only dots, which lead to another path"),
        _ if part.contains(['/', '\\']) => Some("a path whose parts contain no slashes, not even encoded ones"),
        _ if part.chars().any(char::is_control) => Some("a path without control characters"),
        _ => None,
    }
}

/// The stand-in for an unknown operation.
fn unknown(method: Method) -> &'static Operation {
    const fn of(method: Method, risk: Risk) -> Operation {
        let summary = "A request by its path.";
        let body = Body::None;
        Operation { id: "request", method, summary, risk, body, ..Operation::of("") }
    }
    static GET: Operation = of(Method::Get, Risk::Safe);
    static POST: Operation = of(Method::Post, Risk::Destructive);
    static PUT: Operation = of(Method::Put, Risk::Destructive);
    static PATCH: Operation = of(Method::Patch, Risk::Destructive);
    static DELETE: Operation = of(Method::Delete, Risk::Destructive);
    match method {
        Method::Get => &GET,
        Method::Post => &POST,
        Method::Put => &PUT,
        Method::Patch => &PATCH,
        Method::Delete => &DELETE,
    }
}

fn is_unknown(operation: &Operation) -> bool {
    operation.path.is_empty()
}
