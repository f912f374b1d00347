//! The reasons for refusing a request, in Desk's own form.

use std::fmt;

use serde_json::{Value, json};

use crate::exchange::hide;
use crate::exchange::reply::Reply;

/// The Desk error codes that this server uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Code {
    BadRequest,
    EmptyPayload,
    Forbidden,
    InternalServerError,
    InvalidData,
    InvalidOauth,
    MethodNotAllowed,
    OauthOrgMismatch,
    ResourceSizeExceeded,
    ScopeMismatch,
    ThresholdExceeded,
    TooManyRequests,
    Unauthorized,
    UnprocessableEntity,
    UnsupportedMediaType,
    UrlNotFound,
}

impl Code {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::BadRequest => "BAD_REQUEST",
            Self::EmptyPayload => "EMPTY_PAYLOAD",
            Self::Forbidden => "FORBIDDEN",
            Self::InternalServerError => "INTERNAL_SERVER_ERROR",
            Self::InvalidData => "INVALID_DATA",
            Self::InvalidOauth => "INVALID_OAUTH",
            Self::MethodNotAllowed => "METHOD_NOT_ALLOWED",
            Self::OauthOrgMismatch => "OAUTH_ORG_MISMATCH",
            Self::ResourceSizeExceeded => "RESOURCE_SIZE_EXCEEDED",
            Self::ScopeMismatch => "SCOPE_MISMATCH",
            Self::ThresholdExceeded => "THRESHOLD_EXCEEDED",
            Self::TooManyRequests => "TOO_MANY_REQUESTS",
            Self::Unauthorized => "UNAUTHORIZED",
            Self::UnprocessableEntity => "UNPROCESSABLE_ENTITY",
            Self::UnsupportedMediaType => "UNSUPPORTED_MEDIA_TYPE",
            Self::UrlNotFound => "URL_NOT_FOUND",
        }
    }

    pub(crate) fn status(self) -> u16 {
        match self {
            Self::BadRequest => 400,
            Self::Unauthorized | Self::InvalidOauth => 401,
            Self::Forbidden | Self::OauthOrgMismatch | Self::ScopeMismatch => 403,
            Self::UrlNotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::ResourceSizeExceeded => 413,
            Self::UnsupportedMediaType => 415,
            Self::EmptyPayload | Self::InvalidData | Self::UnprocessableEntity => 422,
            Self::ThresholdExceeded | Self::TooManyRequests => 429,
            Self::InternalServerError => 500,
        }
    }

    /// Whether the same call may succeed later: with a new token, or when a limit allows it again.
    pub(crate) fn may_pass(self) -> bool {
        matches!(self.status(), 401 | 429)
    }
}

/// The kind of fault in a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wrong {
    Missing,
    Invalid,
    Duplicate,
    /// Not declared.
    Undeclared,
}

/// A fault in one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FieldFault {
    /// JSON Pointer; for a parameter, a slash and its name.
    pub(crate) field: String,
    pub(crate) wrong: Wrong,
    pub(crate) message: String,
}

impl FieldFault {
    /// A fault in a parameter, by its name.
    pub(crate) fn parameter(name: &str, wrong: Wrong, message: impl Into<String>) -> Self {
        Self { field: pointer("", name), wrong, message: message.into() }
    }
}

/// One step further in a JSON Pointer.
pub(crate) fn pointer(base: &str, step: &str) -> String {
    format!("{base}/{}", step.replace('~', "~0").replace('/', "~1"))
}

/// A refused request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) code: Code,
    pub(crate) message: String,
    pub(crate) faults: Vec<FieldFault>,
    /// The seconds until it would be served.
    pub(crate) retry_after: Option<u64>,
}

/// Status, code and message.
impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.code.status(), self.code.name(), self.message)?;
        self.faults.iter().try_for_each(|fault| write!(f, " {}", fault.message))
    }
}

impl Refusal {
    pub(crate) fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), faults: Vec::new(), retry_after: None }
    }

    /// The same in words that are safe to show: a message about a field with a secret name contains its value.
    pub(crate) fn without_secrets(&self) -> Self {
        let mut shown = self.clone();
        for fault in &mut shown.faults {
            if fault.field.split('/').any(hide::is_secret) {
                fault.message = format!("{} is wrong.", fault.field);
            }
        }
        shown
    }

    /// An unusable token.
    pub(crate) fn dead_token() -> Self {
        Self::new(Code::InvalidOauth, "The access token is unknown, expired or revoked.")
    }

    /// The day's credits are spent; they are renewed after this many seconds.
    pub(crate) fn threshold(seconds: u64) -> Self {
        let message = "The credits that are left today are fewer than this call costs.";
        Self { retry_after: Some(seconds), ..Self::new(Code::ThresholdExceeded, message) }
    }

    /// INVALID_DATA for all faults in a body; without faults there is no refusal.
    pub(crate) fn unless_empty(message: &str, faults: Vec<FieldFault>) -> Result<(), Self> {
        Self::unless_none(Code::InvalidData, message, faults)
    }

    /// UNPROCESSABLE_ENTITY for all faults in the parameters; without faults there is no refusal.
    pub(crate) fn unless_suitable(message: &str, faults: Vec<FieldFault>) -> Result<(), Self> {
        Self::unless_none(Code::UnprocessableEntity, message, faults)
    }

    fn unless_none(code: Code, message: &str, faults: Vec<FieldFault>) -> Result<(), Self> {
        if faults.is_empty() { Ok(()) } else { Err(Self { faults, ..Self::new(code, message) }) }
    }

    /// Desk lists the faults in bodies one by one; for parameters it only gives a message.
    pub(crate) fn reply(&self) -> Reply {
        let listed = self.code == Code::InvalidData && !self.faults.is_empty();
        let mut message = self.message.clone();
        for fault in self.faults.iter().filter(|_| !listed) {
            message.push(' ');
            message.push_str(&fault.message);
        }
        let mut body = json!({ "errorCode": self.code.name(), "message": message });
        if listed {
            let errors = self.faults.iter().map(|fault| {
                let kind = match fault.wrong {
                    Wrong::Missing => "missing",
                    Wrong::Invalid | Wrong::Undeclared => "invalid",
                    Wrong::Duplicate => "duplicate",
                };
                json!({ "fieldName": fault.field, "errorType": kind, "errorMessage": fault.message })
            });
            body["errors"] = Value::Array(errors.collect());
        }
        let mut reply = Reply::json(self.code.status(), &body);
        reply.headers.extend(self.retry_after.map(|seconds| ("retry-after", seconds.to_string())));
        reply
    }
}
