//! What can go wrong with a call.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use http::HeaderMap;
use serde_json::Value;

use crate::auth::{AuthError, AuthorizationRequest, OauthClient};
use crate::operation::{Operation, Risk};
use crate::record::DecodeError;
use crate::scope::{GrantedScopes, Scope};
use crate::shown::line;

/// Why a call failed. Every variant names the operation, but for [`Error::Configuration`], which
/// belongs to none.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The token lacks scopes; no request was made.
    #[error(transparent)]
    MissingScopes(#[from] MissingScopes),

    /// The client was limited to less risk; no request was made.
    #[error(
        "{operation} is {risk}, and this client is limited to {allowed} operations; no request was made. \
             Build the client with `max_risk` to allow more"
    )]
    RiskNotAllowed {
        /// The operation that was to be called.
        operation: &'static str,
        /// What it may do.
        risk: Risk,
        /// What the client may do.
        allowed: Risk,
    },

    /// A value breaks a documented rule; no request was made.
    #[error(transparent)]
    InvalidValue(#[from] InvalidValue),

    /// No enabled operation has the name that was given; no request was made.
    #[cfg(feature = "by-name")]
    #[error(transparent)]
    UnknownOperation(#[from] Box<crate::by_name::UnknownOperation>),

    /// The operation takes no argument of the name that was given; no request was made.
    #[cfg(feature = "by-name")]
    #[error(transparent)]
    UnknownArgument(#[from] Box<crate::by_name::UnknownArgument>),

    /// A file is too large to be given as JSON.
    #[cfg(feature = "by-name")]
    #[error(
        "{operation} answers with a file of more than {limit} bytes, which is too large for JSON; \
             the client's method `{operation}` gives it piece by piece"
    )]
    FileTooLarge {
        /// The operation that was called.
        operation: &'static str,
        /// The largest size in bytes.
        limit: u64,
    },

    /// The API refused the call.
    #[error(transparent)]
    Api(#[from] Box<ApiError>),

    /// The API answered with something that cannot be read.
    #[error(
        "{operation} answered {status} with a body that cannot be read: {reason}. \
             The body starts: {excerpt}. `Decoding::Lenient` keeps such values aside instead"
    )]
    Decode {
        /// The operation that was called.
        operation: &'static str,
        /// The HTTP status.
        status: u16,
        /// What is wrong, and where in the body.
        reason: DecodeError,
        /// The start of the body.
        excerpt: String,
    },

    /// The API answered with more than the client keeps in memory.
    #[error(
        "{operation} answered with more than {limit} bytes, which is the most that the client keeps in memory. \
             Ask for less at once, or build the client with a greater `largest_answer`"
    )]
    AnswerTooLarge {
        /// The operation that was called.
        operation: &'static str,
        /// The largest size in bytes.
        limit: usize,
    },

    /// The call took too long. It may have been carried out all the same.
    #[error(
        "{operation} did not end within {}, and may have been carried out all the same. \
             `Retry::deadline` gives all calls more time, `deadline` gives it to one call", seconds(*deadline)
    )]
    DeadlineExceeded {
        /// The operation that was called.
        operation: &'static str,
        /// How long it was allowed to take, with all its attempts.
        deadline: Duration,
    },

    /// A file came in parts that do not fit together, or not whole.
    #[error("{operation} did not give the whole file: {reason}")]
    IncompleteFile {
        /// The operation that was called.
        operation: &'static str,
        /// What is wrong with what came.
        reason: String,
    },

    /// The request or its answer was lost on the way.
    #[error("{operation} got no answer: {}", chain(source))]
    Transport {
        /// The operation that was called.
        operation: &'static str,
        /// What the HTTP client says.
        source: reqwest::Error,
    },

    /// A file could not be written.
    #[error("{operation} could not save to {}: {source}", path.display())]
    File {
        /// The operation that was called.
        operation: &'static str,
        /// The file.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },

    /// There is no token to make the call with.
    #[error("{operation} got no token: {source}")]
    Auth {
        /// The operation that was to be called.
        operation: &'static str,
        /// Why not.
        source: AuthError,
    },

    /// The day's credits are spent.
    #[error(
        "{operation} was refused because the day's credits are spent; there will be more at {until}. \
             `wait_for_credits` makes the client wait for them, for a day at most"
    )]
    CreditsSpent {
        /// The operation that was called.
        operation: &'static str,
        /// When calls are possible again.
        until: jiff::Timestamp,
    },

    /// Few credits are left, and the client was told to keep them; no request was made.
    #[error(
        "{operation} was not called: {left} credits are left today, and the client keeps {floor} back; \
             no request was made"
    )]
    CreditFloor {
        /// The operation that was to be called.
        operation: &'static str,
        /// What is left, as the last answer said.
        left: u64,
        /// What is kept back.
        floor: u64,
    },

    /// The operation needs an organization and none could be found.
    #[error(
        "{operation} needs an organization, and {discovery} found none. \
             Give the client one with `organization`, or check that the token's user belongs to one"
    )]
    NoOrganization {
        /// The operation that was to be called.
        operation: &'static str,
        /// The operation that was asked for organizations.
        discovery: &'static str,
    },

    /// The client cannot be built as it was asked for.
    #[error("the client cannot be built: {0}")]
    Configuration(String),
}

impl Error {
    /// The operation that failed.
    pub fn operation(&self) -> Option<&'static str> {
        match self {
            Self::MissingScopes(missing) => Some(missing.operation.id),
            Self::InvalidValue(invalid) => Some(invalid.operation),
            Self::Api(error) => Some(error.operation),
            Self::RiskNotAllowed { operation, .. }
            | Self::Decode { operation, .. }
            | Self::AnswerTooLarge { operation, .. }
            | Self::DeadlineExceeded { operation, .. }
            | Self::IncompleteFile { operation, .. }
            | Self::Transport { operation, .. }
            | Self::File { operation, .. }
            | Self::Auth { operation, .. }
            | Self::CreditsSpent { operation, .. }
            | Self::CreditFloor { operation, .. }
            | Self::NoOrganization { operation, .. } => Some(operation),
            #[cfg(feature = "by-name")]
            Self::UnknownArgument(unknown) => Some(unknown.operation),
            #[cfg(feature = "by-name")]
            Self::FileTooLarge { operation, .. } => Some(operation),
            // What was called is no operation, so that its name is in the error alone.
            #[cfg(feature = "by-name")]
            Self::UnknownOperation(_) => None,
            Self::Configuration(_) => None,
        }
    }

    pub(crate) fn auth(operation: &'static Operation, source: AuthError) -> Self {
        Self::Auth { operation: operation.id, source }
    }

    /// What the API said, if it refused the call.
    pub fn api(&self) -> Option<&ApiError> {
        match self {
            Self::Api(error) => Some(error),
            _ => None,
        }
    }
}

/// A time in as few words as will do.
fn seconds(time: Duration) -> String {
    format!("{} s", time.as_secs_f64())
}

/// An error with everything that caused it.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

/// A token that lacks scopes.
#[derive(Clone, Debug)]
pub struct MissingScopes {
    /// The operation that was to be called.
    pub operation: &'static Operation,
    /// What the token was granted.
    pub granted: GrantedScopes,
    /// The smallest sets of scopes to add, any one of which would do.
    pub missing: Vec<Vec<Scope>>,
}

impl MissingScopes {
    /// What the next consent should ask for: all that was granted, and the first of the smallest
    /// sets that are missing.
    pub fn to_ask_for(&self) -> Vec<String> {
        let missing = self.missing.first().into_iter().flatten().map(Scope::to_string);
        self.granted.iter().map(str::to_owned).chain(missing).collect()
    }

    /// A request for a consent to exactly that, with the address where it is given. Where the
    /// refresh token may stay, a [`ScopeAddition`](crate::auth::ScopeAddition) asks for what is
    /// missing alone.
    ///
    /// # Errors
    ///
    /// As [`AuthorizationRequest::new`].
    pub fn authorization(&self, client: &OauthClient) -> Result<AuthorizationRequest, AuthError> {
        AuthorizationRequest::new(client, self.to_ask_for())
    }
}

impl MissingScopes {
    /// What is missing, in words that hold whether the call was made or not.
    pub(crate) fn need(&self) -> String {
        let set = |set: &[Scope]| set.iter().map(Scope::to_string).collect::<Vec<_>>().join(" and ");
        let sets: Vec<_> = self.missing.iter().map(|missing| set(missing)).collect();
        format!("{} needs {}, which the token lacks", self.operation, sets.join(", or "))
    }
}

impl fmt::Display for MissingScopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let granted = if self.granted.is_empty() { "no scopes".to_owned() } else { self.granted.to_string() };
        write!(
            f,
            "{}; no request was made. The token was granted {granted}. \
             A new consent with the missing scope adds it; refreshing the token does not",
            self.need(),
        )
    }
}

impl std::error::Error for MissingScopes {}

/// A value that breaks a documented rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidValue {
    /// The operation that was to be called.
    pub operation: &'static str,
    /// The parameter or field, such as `limit` or `contact.email`.
    pub name: String,
    /// The value as it was given, shortened; empty where it is missing.
    pub value: String,
    /// The rule, as in "at most 100".
    pub rule: String,
}

impl InvalidValue {
    pub(crate) fn new(operation: &Operation, name: &str, value: &Value, rule: String) -> Self {
        Self { operation: operation.id, name: name.to_owned(), value: line(&value.to_string(), LONGEST_VALUE), rule }
    }
}

/// So many characters of a value are shown.
const LONGEST_VALUE: usize = 80;

/// A text that has its place in a line.
pub(crate) fn shortened(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(LONGEST_VALUE) {
        text.truncate(end);
        text.push('…');
    }
    text
}

impl InvalidValue {
    /// What is broken, in words that hold whether the call was made or not.
    pub(crate) fn broken(&self) -> String {
        let Self { name, value, rule, .. } = self;
        match value.as_str() {
            "" => format!("{name} is {rule}"),
            value => format!("{name} must be {rule}, but is {value}"),
        }
    }
}

impl fmt::Display for InvalidValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}; no request was made", self.operation, self.broken())
    }
}

impl std::error::Error for InvalidValue {}

/// What the API says when it refuses a call.
#[derive(Clone, Debug, PartialEq)]
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
}

/// What the API says about a single field.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    ) -> Self {
        let id = |header: &str| headers.get(header).and_then(|id| id.to_str().ok()).map(str::to_owned);
        let json: Value = serde_json::from_slice(body).unwrap_or_default();
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
            message if message.is_empty() => excerpt(body),
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

/// What the API says is shortened and kept on one line, as it may have come from anybody.
impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const WORD: usize = 80;
        const SENTENCE: usize = 500;
        const FIELDS: usize = 10;
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

/// The start of a body, on one line and without what looks like a secret.
pub(crate) fn excerpt(body: &[u8]) -> String {
    const LONGEST: usize = 200;
    let text = match serde_json::from_slice::<Value>(body) {
        Ok(mut json) if json.is_object() || json.is_array() => {
            hide(&mut json);
            json.to_string()
        }
        _ => String::from_utf8_lossy(body).into_owned(),
    };
    // Zoho's tokens begin alike, wherever they stand.
    let words = text.split_whitespace().map(|word| if word.contains("1000.") { "(hidden)" } else { word });
    line(&words.collect::<Vec<_>>().join(" "), LONGEST)
}

/// Hides the values of keys that name secrets.
fn hide(json: &mut Value) {
    const NAMES: [&str; 4] = ["token", "secret", "password", "authorization"];
    match json {
        Value::Object(map) => {
            for (key, value) in map {
                let key = key.to_lowercase();
                if NAMES.iter().any(|name| key.contains(name)) {
                    *value = "(hidden)".into();
                } else {
                    hide(value);
                }
            }
        }
        Value::Array(list) => list.iter_mut().for_each(hide),
        Value::String(text) if text.contains("1000.") => *text = "(hidden)".to_owned(),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_shows_no_secrets() {
        let body = br#"{"data": [{"accessToken": "abc", "note": "1000.aa.bb", "id": 7}]}"#;
        assert_eq!(excerpt(body), r#"{"data":[{"accessToken":"(hidden)","id":7,"note":"(hidden)"}]}"#);
        assert_eq!(excerpt(b"<p>  token=1000.aa.bb \n is bad"), "<p> (hidden) is bad");
        assert_eq!(excerpt("ä".repeat(300).as_bytes()).chars().count(), 201);
        assert_eq!(excerpt(b"a\n\x1b[2Jb"), "a \\u{1b}[2Jb");
    }

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
        };
        let shown = Error::from(Box::new(error)).to_string();
        assert!(!shown.contains(|c: char| c.is_control() || c == '\u{2028}'), "{shown:?}");
        assert!(shown.len() < 30_000, "{}", shown.len());
        assert!(shown.contains("; and 990 more fields"), "{shown}");
    }
}
