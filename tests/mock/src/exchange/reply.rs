//! An answer, independent of the HTTP library.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderName, HeaderValue, Response, StatusCode};
use serde_json::Value;

use super::content::{Body, Content};

const JSON: &str = "application/json;charset=utf-8";

/// An answer.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) content_type: Option<String>,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Content,
    /// How long to delay it.
    pub(crate) delay: Option<Duration>,
    pub(crate) delivery: Delivery,
}

/// How much of an answer reaches the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Delivery {
    Whole,
    /// The headers and half of the body, then the connection closes.
    Half,
    /// The connection closes instead.
    Nothing,
}

/// The connection is to be closed without an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct HangUp;

impl fmt::Display for HangUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the test wants the connection closed without an answer")
    }
}

impl std::error::Error for HangUp {}

/// The body is left out: it may hold tokens.
impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Reply({}, {} bytes)", self.status, self.body.len())
    }
}

impl Reply {
    /// A status without a body.
    pub(crate) fn empty(status: u16) -> Self {
        let body = Content::Bytes(Vec::new());
        Self { status, content_type: None, headers: Vec::new(), body, delay: None, delivery: Delivery::Whole }
    }

    pub(crate) fn json(status: u16, value: &Value) -> Self {
        Self::of(status, JSON, value.to_string())
    }

    /// A page for people. The text is this server's own, so it needs no escaping.
    pub(crate) fn page(status: u16, text: &str) -> Self {
        let page =
            format!("<!DOCTYPE html>\n<html><head><title>Zoho</title></head><body><h1>{text}</h1></body></html>\n");
        Self::of(status, "text/html;charset=UTF-8", page)
    }

    /// A redirect to another address.
    pub(crate) fn redirect(location: &str) -> Self {
        Self { headers: vec![("location", location.to_owned())], ..Self::empty(302) }
    }

    /// No answer at all.
    pub(crate) fn hang_up() -> Self {
        Self { delivery: Delivery::Nothing, ..Self::empty(0) }
    }

    pub(crate) fn of(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let body = Content::Bytes(body.into());
        Self { content_type: Some(content_type.to_owned()), body, ..Self::empty(status) }
    }

    /// A text field of the body, if the body is a JSON object.
    pub(crate) fn json_field(&self, name: &str) -> Option<String> {
        let value: Value = serde_json::from_str(&self.text()).ok()?;
        value.get(name)?.as_str().map(str::to_owned)
    }

    /// The body as text; empty for a file.
    pub(crate) fn text(&self) -> Cow<'_, str> {
        match &self.body {
            Content::Bytes(bytes) => String::from_utf8_lossy(bytes),
            Content::File(_) => Cow::Borrowed(""),
        }
    }

    /// Converts to the HTTP library's type; invalid headers are left out.
    pub(crate) fn into_response(self) -> Result<Response<Body>, HangUp> {
        let length = self.body.len();
        let mut response = match self.delivery {
            Delivery::Whole => Response::new(self.body.body()),
            Delivery::Half => Response::new(self.body.broken_body()),
            Delivery::Nothing => return Err(HangUp),
        };
        *response.status_mut() = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = response.headers_mut();
        if let Some(value) = self.content_type.and_then(|value| HeaderValue::try_from(value).ok()) {
            headers.insert(CONTENT_TYPE, value);
        }
        // Streams do not know their length; with no body, a length would be wrong for some statuses.
        if length > 0 {
            headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
        }
        for (name, value) in self.headers {
            if let Ok(value) = HeaderValue::try_from(value) {
                headers.insert(HeaderName::from_static(name), value);
            }
        }
        Ok(response)
    }
}
