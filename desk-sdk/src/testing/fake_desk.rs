//! A fake Desk for tests.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::future::BoxFuture;
use reqwest::Body;

use super::{RecordedRequest, Reply, SkippingClock};
use crate::client::{Client, ClientBuilder};
use crate::operation::Operation;
use crate::transport::{Transport, TransportError};

/// A Desk that gives the answers it was told to give, and records the requests. Copies are the same Desk.
///
/// See the [module](super) for how to use it.
#[derive(Clone, Default)]
pub struct FakeDesk(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    scripts: Vec<Script>,
    requests: Vec<RecordedRequest>,
}

/// The answers to an operation.
struct Script {
    operation: String,
    /// The first is given next, or was given last.
    answers: VecDeque<Answer>,
    given: bool,
}

impl Script {
    fn next(&mut self) -> Option<Answer> {
        if self.given && self.answers.len() > 1 {
            self.answers.pop_front();
        }
        self.given = true;
        self.answers.front().cloned()
    }
}

#[derive(Clone)]
enum Answer {
    Fixed(Reply),
    Made(Arc<dyn Fn(&RecordedRequest) -> Reply + Send + Sync>),
}

impl FakeDesk {
    /// A Desk without answers. A call that has no answer fails with an error that says so.
    pub fn new() -> Self {
        Self::default()
    }

    /// Answers an operation, given by its id, with JSON, a [`Reply`], an [`ApiError`](crate::ApiError) or a
    /// [`TransportError`]. Requests for a path that does not belong to a known operation have the id `request`.
    ///
    /// Several answers to an operation are given in order, once each; the last one is repeated until another is added.
    pub fn on(&self, operation: &str, reply: impl Into<Reply>) -> &Self {
        self.add(operation, Answer::Fixed(reply.into()))
    }

    /// Answers an operation with the result of a function of the request. Otherwise like [`on`](Self::on).
    pub fn on_with<R: Into<Reply>>(
        &self,
        operation: &str,
        answer: impl Fn(&RecordedRequest) -> R + Send + Sync + 'static,
    ) -> &Self {
        self.add(operation, Answer::Made(Arc::new(move |request| answer(request).into())))
    }

    /// A client of this Desk, which may do everything.
    pub fn client(&self) -> Client {
        self.builder().build().unwrap_or_else(|error| unreachable!("nothing is missing: {error}"))
    }

    /// A builder for such a client, to set scopes, a risk limit, or anything else to be tested.
    pub fn builder(&self) -> ClientBuilder {
        Client::builder()
            .access_token("token-of-a-test")
            .organization("1")
            .clock(SkippingClock::default())
            .transport(self.clone())
    }

    /// All requests so far, in order.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.state().requests.clone()
    }

    /// The requests for one operation.
    pub fn requests_for(&self, operation: &str) -> Vec<RecordedRequest> {
        self.state().requests.iter().filter(|request| request.operation == operation).cloned().collect()
    }

    fn add(&self, operation: &str, answer: Answer) -> &Self {
        let mut state = self.state();
        match state.scripts.iter_mut().find(|script| script.operation == operation) {
            Some(script) => script.answers.push_back(answer),
            None => {
                state.scripts.push(Script { operation: operation.to_owned(), answers: [answer].into(), given: false })
            }
        }
        drop(state);
        self
    }

    /// The next answer to an operation.
    fn next(&self, operation: &Operation) -> Result<Answer, TransportError> {
        let mut state = self.state();
        let named = |script: &&mut Script| {
            script.operation == operation.id || operation.aliases.contains(&script.operation.as_str())
        };
        state.scripts.iter_mut().find(named).and_then(Script::next).ok_or_else(|| {
            let known: Vec<&str> = state.scripts.iter().map(|script| script.operation.as_str()).collect();
            let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
            let reason = format!("the test has no answer for {}; it has answers for: {known}", operation.id);
            TransportError::new(reason).permanent()
        })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Transport for FakeDesk {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let Some(&operation) = parts.extensions.get::<&'static Operation>() else {
                return Err(TransportError::new("only a client's own calls are answered").permanent());
            };
            // The HTTP library only reads response bodies.
            let body = reqwest::Response::from(http::Response::new(body)).bytes().await?;
            let request = RecordedRequest::new(operation, parts, body);
            self.state().requests.push(request.clone());
            let reply = match self.next(operation)? {
                Answer::Fixed(reply) => reply,
                Answer::Made(make) => make(&request),
            };
            reply.give().await
        })
    }
}

impl fmt::Debug for FakeDesk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FakeDesk").field("requests", &self.state().requests.len()).finish_non_exhaustive()
    }
}
