//! Requests to the accounts server, for tests to look at.

use std::fmt;

use super::form::Form;
use crate::exchange::hide;
use crate::exchange::incoming::Incoming;
use crate::exchange::reply::Reply;

/// A request under `/oauth/`; its Debug form shows no secret.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TokenRequest {
    /// HTTP method, such as `POST`.
    pub method: String,
    /// Path, such as `/oauth/v2/token`.
    pub path: String,
    /// Fields of the body, then those of the query; escapes resolved, secrets as they were sent.
    pub parameters: Vec<(String, String)>,
    /// Headers, names in lower case. A token in `authorization` is replaced by `***`.
    pub headers: Vec<(String, String)>,
    /// The status it was answered with; 0 where the connection was closed without an answer.
    pub status: u16,
    /// The value of `error` in the answer.
    pub error: Option<String>,
}

impl TokenRequest {
    pub(crate) fn new(incoming: &Incoming, reply: &Reply) -> Self {
        Self {
            method: incoming.method.clone(),
            path: incoming.path.clone(),
            parameters: Form::of(incoming).into_fields(),
            headers: hide::headers(&incoming.headers),
            status: reply.status,
            error: reply.json_field("error"),
        }
    }

    /// A parameter's first value.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// A header's first value; the name in any case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

impl fmt::Debug for TokenRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenRequest")
            .field("method", &self.method)
            .field("path", &self.path)
            .field("parameters", &hide::pairs(&self.parameters))
            .field("headers", &hide::pairs(&self.headers))
            .field("status", &self.status)
            .field("error", &self.error)
            .finish()
    }
}
