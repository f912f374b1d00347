//! An answer, apart from the HTTP library.

use std::fmt;

use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use serde_json::Value;

const JSON: &str = "application/json;charset=utf-8";

/// What goes back.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) content_type: Option<String>,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
}

/// The body is left out: it may hold tokens.
impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Reply({}, {} bytes)", self.status, self.body.len())
    }
}

impl Reply {
    /// A status alone.
    pub(crate) fn empty(status: u16) -> Self {
        Self { status, content_type: None, headers: Vec::new(), body: Vec::new() }
    }

    pub(crate) fn json(status: u16, value: &Value) -> Self {
        Self::of(status, JSON, value.to_string())
    }

    pub(crate) fn of(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { content_type: Some(content_type.to_owned()), body: body.into(), ..Self::empty(status) }
    }

    /// As the HTTP library's; a header that cannot be written is left out.
    pub(crate) fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = response.headers_mut();
        if let Some(value) = self.content_type.and_then(|value| HeaderValue::try_from(value).ok()) {
            headers.insert(CONTENT_TYPE, value);
        }
        for (name, value) in self.headers {
            if let Ok(value) = HeaderValue::try_from(value) {
                headers.insert(HeaderName::from_static(name), value);
            }
        }
        response
    }
}
