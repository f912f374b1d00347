//! The answers that a test gives.

use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use reqwest::Body;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::api_error::ApiError;
use crate::generated::api::ERRORS;
use crate::transport::TransportError;

/// How a [`FakeDesk`](super::FakeDesk) answers a call.
///
/// JSON, an [`ApiError`] and a [`TransportError`] convert into one.
#[derive(Clone, Debug)]
#[must_use]
pub struct Reply {
    outcome: Result<Answered, TransportError>,
    delay: Duration,
}

#[derive(Clone, Debug)]
struct Answered {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl Reply {
    /// Answers 200 with a record, a list, or other JSON.
    pub fn json(body: &(impl Serialize + ?Sized)) -> Self {
        match serde_json::to_vec(body) {
            Ok(body) => Self::of(StatusCode::OK, Some("application/json"), body),
            Err(error) => TransportError::new(format!("the test's answer is not JSON: {error}")).permanent().into(),
        }
    }

    /// Answers 204 without a body, as Desk does when nothing is found or there is nothing to report.
    pub fn empty() -> Self {
        Self::of(StatusCode::NO_CONTENT, None, Bytes::new())
    }

    /// Answers 200 with a file.
    pub fn file(content: impl Into<Bytes>) -> Self {
        Self::of(StatusCode::OK, Some("application/octet-stream"), content)
    }

    /// Sets another status. An invalid one makes the call fail.
    pub fn with_status(mut self, status: u16) -> Self {
        match (StatusCode::from_u16(status), &mut self.outcome) {
            (Ok(status), Ok(answered)) => answered.status = status,
            (Err(error), Ok(_)) => self.outcome = Err(TransportError::new(error).permanent()),
            (_, Err(_)) => {}
        }
        self
    }

    /// Adds headers.
    pub fn with_headers(mut self, headers: impl IntoIterator<Item = (HeaderName, HeaderValue)>) -> Self {
        if let Ok(answered) = &mut self.outcome {
            answered.headers.extend(headers);
        }
        self
    }

    /// Delays the answer. This time does pass: for tests of timeouts, and of what happens in the meantime.
    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    fn of(status: StatusCode, media_type: Option<&'static str>, body: impl Into<Bytes>) -> Self {
        let media_type = media_type.map(|name| (CONTENT_TYPE, HeaderValue::from_static(name)));
        let answered = Answered { status, headers: media_type.into_iter().collect(), body: body.into() };
        Self { outcome: Ok(answered), delay: Duration::ZERO }
    }

    pub(super) async fn give(self) -> Result<http::Response<Body>, TransportError> {
        if !self.delay.is_zero() {
            tokio::time::sleep(self.delay).await;
        }
        let Answered { status, headers, body } = self.outcome?;
        let mut response = http::Response::new(Body::from(body));
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        Ok(response)
    }
}

impl From<Value> for Reply {
    fn from(body: Value) -> Self {
        Self::json(&body)
    }
}

/// A refusal as Desk writes it: status, code, message, fields, and the time after which the call may be repeated. Keys
/// of its `body` are added.
impl From<ApiError> for Reply {
    fn from(refused: ApiError) -> Self {
        let mut body = match refused.body {
            Value::Object(body) => body,
            _ => Map::new(),
        };
        put(&mut body, ERRORS.code, refused.code.into());
        put(&mut body, ERRORS.message, refused.message.into());
        if let Some(keys) = ERRORS.details.filter(|_| !refused.errors.is_empty()) {
            let errors = refused.errors.into_iter().map(
                |error| json!({ (keys.field): error.field, (keys.kind): error.kind, (keys.message): error.message }),
            );
            put(&mut body, keys.list, errors.collect());
        }
        let retry_after = refused.retry_after.map(|seconds| (RETRY_AFTER, seconds.into()));
        Self::json(&body).with_status(refused.status).with_headers(retry_after)
    }
}

/// Puts a value at a path such as `error.code`.
fn put(body: &mut Map<String, Value>, path: &str, value: Value) {
    match path.split_once('.') {
        None => drop(body.insert(path.to_owned(), value)),
        Some((outer, path)) => {
            if let Value::Object(inner) = body.entry(outer).or_insert_with(|| json!({})) {
                put(inner, path, value);
            }
        }
    }
}

/// No answer.
impl From<TransportError> for Reply {
    fn from(error: TransportError) -> Self {
        Self { outcome: Err(error), delay: Duration::ZERO }
    }
}
