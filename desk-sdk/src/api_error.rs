//! What the API says when it refuses a call.

use std::fmt;

use http::HeaderMap;
use serde_json::Value;

use crate::error::MissingScopes;
use crate::invalid_call::BrokenRule;
use crate::operation::Operation;
use crate::secrets::Secrets;
use crate::shown::line;

/// What the API says when it refuses a call.
///
/// Wherever it repeats the token of the call, `(hidden)` stands instead.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ApiError {
    /// The operation that was called.
    pub operation: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// The API's own code, such as `INVALID_DATA`; empty where the answer has none.
    pub code: String,
    /// The API's message.
    pub message: String,
    /// What is wrong with single fields.
    pub errors: Vec<FieldError>,
    /// Seconds after which the call may be repeated, where the API says so.
    pub retry_after: Option<u64>,
    /// The request's id, where the answer has one; Zoho's support asks for it.
    pub request_id: Option<String>,
    /// The whole answer; null where it is not JSON.
    pub body: Value,
    /// The rules that the call broke although it went out, as in
    /// [`Meta::broken_rules`](crate::Meta::broken_rules): a likely reason.
    pub broken_rules: Vec<BrokenRule>,
    /// The scopes that the token seemed to lack although the call went out, as in
    /// [`Meta::missing_scopes`](crate::Meta::missing_scopes).
    pub missing_scopes: Option<Box<MissingScopes>>,
}

/// What the API says about a single field.
#[derive(Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The field, as a JSON Pointer.
    pub field: String,
    /// `invalid`, `duplicate` or `missing`.
    pub kind: String,
    /// The API's message.
    pub message: String,
}

impl ApiError {
    pub(crate) fn new(
        operation: &'static Operation,
        status: u16,
        retry_after: Option<u64>,
        headers: &HeaderMap,
        body: &[u8],
        secrets: &Secrets,
    ) -> Self {
        let id = |header: &str| Some(secrets.text(headers.get(header)?.to_str().ok()?.to_owned()));
        let mut json: Value = serde_json::from_slice(body).unwrap_or_default();
        secrets.json(&mut json);
        let text = |value: &Value, key: &str| match value.get(key) {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Null) | None => String::new(),
            Some(other) => other.to_string(),
        };
        let errors = json.get("errors").and_then(Value::as_array).into_iter().flatten().map(|error| FieldError {
            field: text(error, "fieldName"),
            kind: text(error, "errorType"),
            message: text(error, "errorMessage"),
        });
        let message = match text(&json, "message") {
            message if message.is_empty() => secrets.excerpt(body),
            message => message,
        };
        Self {
            operation: operation.id,
            status,
            code: text(&json, "errorCode"),
            message,
            errors: errors.collect(),
            retry_after,
            request_id: ["X-Request-Id", "X-ZDesk-Request-Id"].into_iter().find_map(id),
            body: json,
            broken_rules: Vec::new(),
            missing_scopes: None,
        }
    }

    /// Whether the token was refused, so that another one may do.
    pub(crate) fn refuses_token(&self) -> bool {
        self.status == 401 && matches!(self.code.as_str(), "INVALID_OAUTH" | "UNAUTHORIZED" | "")
    }

    /// What a person can do about it, where the code tells.
    fn advice(&self) -> Option<&'static str> {
        Some(match self.code.as_str() {
            "INVALID_OAUTH" | "UNAUTHORIZED" => "the access token is not valid, or not any more: get a new one",
            "SCOPE_MISMATCH" => "the token lacks a scope: a new consent adds it",
            "OAUTH_ORG_MISMATCH" => "the token does not belong to this organization",
            "FORBIDDEN" => "the token's user may not do this in Desk",
            "LICENSE_ACCESS_LIMITED" => "the organization's edition does not include it",
            "TOO_MANY_REQUESTS" => "too many calls at once: make fewer, and repeat this one shortly",
            "THRESHOLD_EXCEEDED" => "the day's credits are spent",
            _ => return None,
        })
    }
}

/// So much of the API's words is shown, and of so many fields.
const WORD: usize = 80;
const SENTENCE: usize = 500;
const FIELDS: usize = 10;

/// What the API says is shortened and kept on one line, as it may have come from anybody.
impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} was refused with {}", self.operation, self.status)?;
        if !self.code.is_empty() {
            write!(f, " {}", line(&self.code, WORD))?;
        }
        write!(f, ": {}", line(&self.message, SENTENCE))?;
        for FieldError { field, kind, message } in self.errors.iter().take(FIELDS) {
            write!(f, "; {} is {}", line(field, WORD), line(kind, WORD))?;
            if !message.is_empty() {
                write!(f, " ({})", line(message, SENTENCE))?;
            }
        }
        if let Some(more @ 1..) = self.errors.len().checked_sub(FIELDS) {
            write!(f, "; and {more} more fields")?;
        }
        if let Some(advice) = self.advice() {
            write!(f, " ({advice})")?;
        }
        if let Some(broken) = self.broken_rules.first() {
            write!(f, "; the call broke a documented rule: {broken}")?;
        }
        if let Some(missing) = &self.missing_scopes {
            write!(f, "; the call went out although {}", missing.need())?;
        }
        if let Some(seconds) = self.retry_after {
            write!(f, "; again after {seconds} s")?;
        }
        if let Some(id) = &self.request_id {
            write!(f, "; request {}", line(id, WORD))?;
        }
        Ok(())
    }
}

impl std::error::Error for ApiError {}

/// As short as Display, because errors are logged so.
impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("operation", &self.operation)
            .field("status", &self.status)
            .field("code", &line(&self.code, WORD))
            .field("message", &line(&self.message, SENTENCE))
            .field("errors", &self.errors.iter().take(FIELDS).collect::<Vec<_>>())
            .field("retry_after", &self.retry_after)
            .field("request_id", &self.request_id.as_deref().map(|id| line(id, WORD)))
            .field("body", &format_args!("{}", line(&self.body.to_string(), SENTENCE)))
            .field("broken_rules", &self.broken_rules)
            .field("missing_scopes", &self.missing_scopes)
            .finish()
    }
}

impl fmt::Debug for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FieldError")
            .field("field", &line(&self.field, WORD))
            .field("kind", &line(&self.kind, WORD))
            .field("message", &line(&self.message, SENTENCE))
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Error;

    #[test]
    fn what_the_api_says_stays_on_one_short_line() {
        let forged = "x\r\nERROR \u{1b}[31mall is lost\u{2028}".repeat(50_000);
        let field = |name: &str| FieldError { field: name.to_owned(), kind: forged.clone(), message: forged.clone() };
        let error = ApiError {
            operation: "get_tickets",
            status: 422,
            code: forged.clone(),
            message: forged.clone(),
            errors: vec![field(&forged); 1000],
            retry_after: None,
            request_id: Some(forged.clone()),
            body: Value::Null,
            broken_rules: Vec::new(),
            missing_scopes: None,
        };
        let debug = format!("{error:?}");
        assert!(
            !debug.contains(|c: char| c.is_control() || c == '\u{2028}') && debug.len() < 40_000,
            "{}",
            debug.len()
        );
        let shown = Error::from(Box::new(error)).to_string();
        assert!(!shown.contains(|c: char| c.is_control() || c == '\u{2028}'), "{shown:?}");
        assert!(shown.len() < 30_000, "{}", shown.len());
        assert!(shown.contains("; and 990 more fields"), "{shown}");
    }
}
