//! Requests by method and path: what no operation is known for.

use std::fmt;
use std::future::IntoFuture;
use std::marker::PhantomData;
use std::time::Duration;

use http::HeaderName;
use percent_encoding::percent_decode_str;
use serde::Serialize;
use serde_json::Value;

use super::download::Downloading;
use super::pending::{Boxed, Content, Pending};
use super::{Client, send};
use crate::answer::Answer;
use crate::call::Call;
use crate::invalid_call::{BrokenRule, InvalidCall};
use crate::operation::{Body, Method, Operation, Risk};
use crate::value::FilePart;
use crate::{Error, Result, route};

/// Headers that are the client's own.
const OWN_HEADERS: [&str; 4] = ["authorization", "content-length", "host", "orgid"];

impl Client {
    /// A request by method and path, for what no operation is known for: it goes through the same
    /// tokens, organization, limits, retries and credits as any call.
    ///
    /// Where the path is a known operation's, also of a family that is not enabled, that operation's
    /// risk and scopes count; its rules for values do not. Else a GET counts as
    /// [safe](Risk::Safe) and any other method as [destructive](Risk::Destructive), unless
    /// [`Request::risk`] tells better.
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
    pub fn request(&self, method: Method, path: impl Into<String>) -> Request<'_, Value> {
        let path = path.into();
        let (operation, problem) = match target(method, &path) {
            Ok(operation) => (operation, None),
            Err(problem) => (unknown(method), Some(problem)),
        };
        let call = Call { path: Some(path), ..Call::new(operation) };
        Request { client: self, call, options: send::Options::default(), problem, answer: PhantomData }
    }
}

/// A request by method and path, made when it is awaited.
#[must_use = "a request is made only when it is awaited"]
pub struct Request<'a, T> {
    client: &'a Client,
    call: Call,
    options: send::Options,
    problem: Option<Error>,
    answer: PhantomData<fn() -> T>,
}

impl<'a, T> Request<'a, T> {
    /// Adds a query parameter.
    pub fn query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.call = self.call.query(name, value);
        self
    }

    /// Adds a header. Those that are the client's own (token, organization, host, length) are refused.
    pub fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        match name.parse::<HeaderName>() {
            Ok(header) if !OWN_HEADERS.contains(&header.as_str()) => self.call.headers.push((header, value.into())),
            _ => self.fail("header", name, "a header that is not the client's own"),
        }
        self
    }

    /// The body, as JSON.
    pub fn json(mut self, body: &(impl Serialize + ?Sized)) -> Self {
        match serde_json::to_value(body) {
            Ok(body) => self.call.whole = Some(body),
            Err(error) => self.fail("body", &error.to_string(), "something that can be written as JSON"),
        }
        self
    }

    /// The body, as bytes of some media type, such as `text/csv`.
    pub fn bytes(mut self, content: impl Into<bytes::Bytes>, media_type: &str) -> Self {
        self.call.headers.push((http::header::CONTENT_TYPE, media_type.to_owned()));
        self.call.bytes = Some(content.into());
        self
    }

    /// A file, as the part of a form that has this name. Several make one form.
    pub fn file(mut self, name: &'static str, file: impl Into<FilePart>) -> Self {
        self.call.files.push((name, file.into()));
        self
    }

    /// What the request may do, where no operation is known for its path; a known one's own risk
    /// counts.
    pub fn risk(mut self, risk: Risk) -> Self {
        if is_unknown(self.call.operation) {
            self.options.risk = Some(risk);
        }
        self
    }

    /// As [`Pending::repeatable`].
    pub fn repeatable(mut self) -> Self {
        self.options.repeatable = true;
        self
    }

    /// As [`Pending::timeout`].
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = Some(timeout);
        self
    }

    /// The answer as another type: a record of [`types`](crate::types), a list of them, or
    /// [`Value`].
    ///
    /// # A type of one's own
    ///
    /// A type with serde's `Deserialize` is not for here: leave the answer as it is, and read it with
    /// [`Answer::parse`].
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
    pub fn answer<U>(self) -> Request<'a, U> {
        let Self { client, call, options, problem, .. } = self;
        Request { client, call, options, problem, answer: PhantomData }
    }

    /// The answer as a file.
    ///
    /// # Errors
    ///
    /// When the path, a header or the body cannot be sent.
    pub fn download(self) -> Result<Downloading<'a>> {
        match self.problem {
            Some(problem) => Err(problem),
            None => Ok(Downloading::with(self.client, self.call, self.options)),
        }
    }

    fn fail(&mut self, name: &str, value: &str, rule: &str) {
        let invalid = InvalidCall::new(self.call.operation, BrokenRule::new(name, &Value::from(value), rule));
        self.problem.get_or_insert(invalid.into());
    }
}

impl<'a, T: Content + 'a> IntoFuture for Request<'a, T> {
    type Output = Result<Answer<T>>;
    type IntoFuture = Boxed<'a, Answer<T>>;

    fn into_future(self) -> Self::IntoFuture {
        match self.problem {
            Some(problem) => Box::pin(async move { Err(problem) }),
            None => Pending::with(self.client, self.call, self.options).into_future(),
        }
    }
}

impl<T> fmt::Debug for Request<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.call.path.as_deref().unwrap_or_default();
        f.debug_tuple("Request")
            .field(&format_args!("{} {path}", self.call.operation.method))
            .field(&self.call)
            .finish()
    }
}

/// The operation that a path is, or what stands for one that nobody knows.
fn target(method: Method, path: &str) -> Result<&'static Operation> {
    let refuse =
        |rule: &str| Err(InvalidCall::new(unknown(method), BrokenRule::new("path", &Value::from(path), rule)).into());
    let Some(rest) = path.strip_prefix('/') else {
        return refuse("a path on the service's host, such as /api/v1/tickets");
    };
    if path.contains(['?', '#', '\\']) {
        return refuse("a path alone: parameters are given with `query`");
    }
    if path.len() > 1 && path.ends_with('/') {
        return refuse("a path without a slash at its end");
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

/// The rule that a part of a path breaks, once its percent signs are read.
fn broken(part: &str) -> Option<&'static str> {
    match part.trim() {
        "" => Some("a path without an empty part, such as between two slashes"),
        "." | ".." => Some("a path without parts of dots alone, which lead to another path"),
        _ if part.contains(['/', '\\']) => Some("a path whose parts have no slashes in them, not even encoded ones"),
        _ if part.chars().any(char::is_control) => Some("a path without control characters"),
        _ => None,
    }
}

/// What stands for an operation that nobody knows.
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
