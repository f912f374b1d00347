//! Requests recorded for tests to inspect.

use bytes::Bytes;
use http::request::Parts;
use http::{HeaderMap, Method};
use reqwest::Url;
use serde_json::Value;

use crate::operation::Operation;

/// A request that a client made to a [`FakeDesk`](super::FakeDesk).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RecordedRequest {
    /// The operation that was called; `request` if the path does not belong to a known one.
    pub operation: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path, as sent.
    pub path: String,
    /// The query parameters, in order.
    pub query: Vec<(String, String)>,
    /// The headers.
    pub headers: HeaderMap,
    /// The whole body: JSON, bytes, or a multipart form.
    pub body: Bytes,
}

impl RecordedRequest {
    pub(super) fn new(operation: &'static Operation, parts: Parts, body: Bytes) -> Self {
        let url = Url::parse(&parts.uri.to_string()).ok();
        let pairs = url.iter().flat_map(Url::query_pairs);
        Self {
            operation: operation.id,
            method: parts.method,
            path: parts.uri.path().to_owned(),
            query: pairs.map(|(name, value)| (name.into_owned(), value.into_owned())).collect(),
            headers: parts.headers,
            body,
        }
    }

    /// The query parameter with this name.
    pub fn query_value(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The header with this name, if it is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The body as JSON; null if it is not JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
}
