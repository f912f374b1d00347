//! What the API says when it refuses a call.

mod whole;

use std::fmt;

use http::HeaderMap;
use serde_json::Value;

use crate::api::{Meaning, at};
use crate::generated::api::ERRORS;
use crate::invalid_call::BrokenRule;
use crate::operation::Operation;
use crate::scope_check::MissingScopes;
use crate::secrets::Secrets;
use crate::shown::line;

pub(crate) use self::whole::is_error;

/// What the API says when it refuses a call.
///
/// Wherever the answer repeats the call's token, `(hidden)` is shown instead.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ApiError {
    /// The operation that was called.
    pub operation: &'static str,
    /// Set if the refused operation was only looking up the organization: the operation that needed it because none was
    /// set.
    pub organization_for: Option<&'static str>,
    /// The HTTP status.
    pub status: u16,
    /// The API's own code, such as `INVALID_DATA`; empty where the answer has none.
    pub code: String,
    /// The API's message.
    pub message: String,
    /// What is wrong with individual fields.
    pub errors: Vec<FieldError>,
    /// How many seconds to wait before repeating the call, if the API says so.
    pub retry_after: Option<u64>,
    /// The request's id, if the answer has one; Zoho's support asks for it.
    pub request_id: Option<String>,
    /// The whole answer; null if it is not JSON.
    pub body: Value,
    /// Rules that the call broke but that did not stop it, as in [`Meta::broken_rules`](crate::Meta::broken_rules): a
    /// likely reason for the refusal.
    pub broken_rules: Vec<BrokenRule>,
    /// Scopes that the token seemed to lack although the call was made, as in
    /// [`Meta::missing_scopes`](crate::Meta::missing_scopes).
    pub missing_scopes: Option<Box<MissingScopes>>,
}

/// What the API says about an individual field.
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
    /// A refusal with this status and nothing else, for tests.
    ///
    /// ```
    /// use desk_sdk::{ApiError, Error};
    ///
    /// let error = Error::from(ApiError::new("get_ticket", 404).code("URL_NOT_FOUND").message("no such ticket"));
    /// assert!(error.is_not_found());
    /// ```
    pub fn new(operation: &'static str, status: u16) -> Self {
        Self {
            operation,
            organization_for: None,
            status,
            code: String::new(),
            message: String::new(),
            errors: Vec::new(),
            retry_after: None,
            request_id: None,
            body: Value::Null,
            broken_rules: Vec::new(),
            missing_scopes: None,
        }
    }

    /// Sets the API's own code.
    #[must_use]
    pub fn code(mut self, code: impl Into<String>) -> Self {
        self.code = code.into();
        self
    }

    /// Sets the API's message.
    #[must_use]
    pub fn message(mut self, message: impl Into<String>) -> Self {
        self.message = message.into();
        self
    }

    /// Adds an error for an individual field.
    #[must_use]
    pub fn field_error(mut self, error: FieldError) -> Self {
        self.errors.push(error);
        self
    }

    /// Sets how many seconds to wait before repeating the call.
    #[must_use]
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// Sets the whole answer.
    #[must_use]
    pub fn body(mut self, body: Value) -> Self {
        self.body = body;
        self
    }

    /// Reads a refusal.
    pub(crate) fn read(
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
        let text = |value: &Value, path: &str| match at(value, path) {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Null) | None => String::new(),
            Some(other) => other.to_string(),
        };
        let errors = ERRORS.details.iter().flat_map(|keys| {
            let list = at(&json, keys.list).and_then(Value::as_array);
            list.into_iter().flatten().map(|error| FieldError {
                field: text(error, keys.field),
                kind: text(error, keys.kind),
                message: text(error, keys.message),
            })
        });
        let message = match text(&json, ERRORS.message) {
            message if message.is_empty() => secrets.excerpt(body),
            message => message,
        };
        Self {
            code: text(&json, ERRORS.code),
            message,
            errors: errors.collect(),
            retry_after,
            request_id: ERRORS.request_id.iter().find_map(|header| id(header)),
            body: json,
            ..Self::new(operation.id, status)
        }
    }

    /// Whether the token was refused, in which case another one may work. Where no code says so, any 401 does.
    pub(crate) fn refuses_token(&self) -> bool {
        let told = self.code.is_empty() || ERRORS.means(&self.code, Meaning::Token) || !ERRORS.tell(Meaning::Token);
        self.status == 401 && told
    }

    /// Whether the token lacks a scope.
    pub(crate) fn lacks_scope(&self) -> bool {
        ERRORS.means(&self.code, Meaning::Scope)
    }

    /// Whether there are no credits left.
    pub(crate) fn is_out_of_credits(&self) -> bool {
        ERRORS.means(&self.code, Meaning::Credits)
    }

    /// What a person can do about it, if the code tells.
    fn advice(&self) -> Option<&'static str> {
        if self.lacks_scope() && self.organization_for.is_some() {
            return Some(
                "the token lacks a scope: a new consent adds it, and `.organization(id)` on the client's builder avoids \
                 looking for one",
            );
        }
        ERRORS.code(&self.code).map(|known| known.advice)
    }
}

/// How many characters of the API's texts, and how many fields, are shown.
const WORD: usize = 80;
const SENTENCE: usize = 500;
const FIELDS: usize = 10;

/// The API's texts are shortened and kept on one line, because anybody may have written them.
impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.organization_for {
            write!(f, "{operation} needs an organization, and to find one, ")?;
        }
        write!(f, "{} was refused with {}", self.operation, self.status)?;
        if !self.code.is_empty() {
            write!(f, " {}", line(&self.code, WORD))?;
        }
        // More may follow in the same sentence.
        let message = self.message.trim_end();
        let message = message.strip_suffix('.').filter(|rest| !rest.ends_with('.')).unwrap_or(message);
        write!(f, ": {}", line(message, SENTENCE))?;
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
            write!(f, "; the call was made although {}", missing.need())?;
        }
        if let Some(seconds) = self.retry_after {
            write!(f, "; retry after {seconds} s")?;
        }
        if let Some(id) = &self.request_id {
            write!(f, "; request {}", line(id, WORD))?;
        }
        Ok(())
    }
}

impl std::error::Error for ApiError {}

/// As short as Display, because errors are often logged this way.
impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("operation", &self.operation)
            .field("organization_for", &self.organization_for)
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
            code: forged.clone(),
            message: forged.clone(),
            errors: vec![field(&forged); 1000],
            request_id: Some(forged.clone()),
            ..ApiError::new("get_tickets", 422)
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

    #[test]
    fn a_sentence_of_the_api_goes_on() {
        for (message, end) in [
            ("There is no such record.", "422: There is no such record; retry after 7 s"),
            ("Wait...", "422: Wait...; retry after 7 s"),
        ] {
            let message = message.to_owned();
            let error = ApiError { message, retry_after: Some(7), ..ApiError::new("get_tickets", 422) };
            assert!(error.to_string().ends_with(end), "{error}");
        }
    }
}
