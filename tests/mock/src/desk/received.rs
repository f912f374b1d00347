//! The requests received, for tests to inspect.

use std::fmt;

use desk_spec::Operation;
use serde_json::Value;

use crate::exchange::hide;
use crate::exchange::incoming::Incoming;

/// The operation that a request's route leads to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Matched<'a> {
    pub(crate) operation: &'a Operation,
    /// Values of the path parameters, in order.
    pub(crate) values: &'a [String],
}

/// A request that was received, whether it was answered or refused.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Received {
    /// HTTP method, such as `GET`.
    pub method: String,
    /// Path as sent, escapes included.
    pub path: String,
    /// Path parameters by name, escapes resolved, as [`operation`](Self::operation) names them.
    pub path_parameters: Vec<(String, String)>,
    /// Query parameters in the order sent, escapes resolved.
    pub query: Vec<(String, String)>,
    /// Headers, names in lower case. The token in `authorization` is replaced by `***`.
    pub headers: Vec<(String, String)>,
    /// The body's bytes.
    pub body: Vec<u8>,
    /// The operation it matched; if several share the route, the one that represents them.
    pub operation: Option<String>,
    /// The status of the answer; 0 if the connection was closed without one.
    pub status: u16,
}

impl Received {
    pub(crate) fn new(incoming: &Incoming, matched: Option<Matched<'_>>, status: u16) -> Self {
        let named = |matched: Matched<'_>| {
            let names = matched.operation.path_names().map(str::to_owned);
            names.zip(matched.values.iter().cloned()).collect()
        };
        Self {
            method: incoming.method.clone(),
            path: incoming.path.clone(),
            path_parameters: matched.map(named).unwrap_or_default(),
            query: incoming.query.clone(),
            headers: hide::headers(&incoming.headers),
            body: incoming.body.to_vec(),
            operation: matched.map(|matched| matched.operation.id.clone()),
            status,
        }
    }

    /// A header's first value; the name in any case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The value of a path parameter.
    pub fn path_value(&self, name: &str) -> Option<&str> {
        self.path_parameters.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The first value of a query parameter.
    pub fn query_value(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The body as JSON, if it is JSON.
    pub fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }
}

/// A line: method, path, query, operation and status; values named like secrets as `***`.
impl fmt::Display for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}{}", self.method, self.path, hide::query(&self.query))?;
        write!(f, " {} {}", self.operation.as_deref().unwrap_or("-"), self.status)
    }
}

/// Bodies and values named like secrets are left out.
impl fmt::Debug for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Received")
            .field("method", &self.method)
            .field("path", &self.path)
            .field("path_parameters", &self.path_parameters)
            .field("query", &hide::pairs(&self.query))
            .field("headers", &hide::pairs(&self.headers))
            .field("body", &format_args!("{} bytes", self.body.len()))
            .field("operation", &self.operation)
            .field("status", &self.status)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::{HeaderMap, HeaderValue};

    use super::*;

    #[test]
    fn tokens_are_hidden_in_any_form() {
        for sent in ["Zoho-oauthtoken 1000.secret", "Bearer 1000.secret", "1000.secret", "Token 1000.secret"] {
            let mut headers = HeaderMap::new();
            headers.insert("authorization", HeaderValue::from_static(sent));
            let body = Bytes::from_static(b"refresh_token=1000.secret");
            let incoming = Incoming::new("POST", "/oauth/v2/token", "token=1000.secret", headers, body);
            let received = Received::new(&incoming, None, 200);
            assert!(!received.header("Authorization").unwrap().contains("secret"));
            assert!(!format!("{received:?} {incoming:?}").contains("secret"));
        }
    }
}
