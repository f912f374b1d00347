//! What a call gives back.

use std::fmt;
use std::ops::{Deref, DerefMut};

use bytes::Bytes;
use http::{HeaderMap, HeaderName};
use secrecy::SecretString;
use serde_json::Value;

pub use crate::download::Download;
use crate::error::{Error, MissingScopes};
use crate::invalid_call::BrokenRule;
use crate::operation::Operation;
use crate::record::Mismatches;
use crate::secrets::Secrets;

/// What every answer carries beside its content.
#[derive(Clone)]
pub struct Meta {
    pub(crate) operation: &'static Operation,
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    /// The call's token, which the answer may repeat and nobody is to see. It is moved here, as copies cost each call.
    pub(crate) token: Option<SecretString>,
    pub(crate) missing_scopes: Option<Box<MissingScopes>>,
    pub(crate) broken_rules: Vec<BrokenRule>,
}

impl Meta {
    /// The operation that was called.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The HTTP headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// How many credits the call cost, if the API said so.
    pub fn credits_spent(&self) -> Option<u64> {
        number(&self.headers, "X-Rate-Limit-Request-Weight-v3")
    }

    /// How many credits are left today, if the API said so.
    pub fn credits_left(&self) -> Option<u64> {
        number(&self.headers, "X-Rate-Limit-Remaining-v3")
    }

    /// The scopes that the token seems to lack although the call went out: with
    /// [`ScopeCheck::Warn`](crate::ScopeCheck::Warn), or because the operation's scopes are
    /// [in doubt](Operation::doubtful_scopes).
    pub fn missing_scopes(&self) -> Option<&MissingScopes> {
        self.missing_scopes.as_deref()
    }

    pub(crate) fn secrets(&self) -> Secrets {
        Secrets::new(self.token.clone())
    }

    /// The rules that the call broke although it went out, twenty at most: because it was
    /// [unchecked](crate::Pending::unchecked), or because they are in doubt.
    pub fn broken_rules(&self) -> &[BrokenRule] {
        &self.broken_rules
    }
}

/// Headers without cookies, the token and the like, which are secrets.
impl fmt::Debug for Meta {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let secrets = self.secrets();
        let secret = |name: &HeaderName| matches!(name.as_str(), "set-cookie" | "cookie" | "authorization");
        let headers = self.headers.iter().map(|(name, value)| {
            let shown = if secret(name) { "hidden".into() } else { String::from_utf8_lossy(value.as_bytes()) };
            (name.as_str(), secrets.text(shown.into_owned()))
        });
        let headers: Vec<_> = headers.collect();
        f.debug_struct("Meta")
            .field("operation", &self.operation.id)
            .field("status", &self.status)
            .field("headers", &headers)
            .finish_non_exhaustive()
    }
}

/// A header that is a number.
pub(crate) fn number(headers: &HeaderMap, header: &str) -> Option<u64> {
    headers.get(header)?.to_str().ok()?.trim().parse().ok()
}

/// A typed answer. It can be used like the value it holds. Its Debug hides the call's token, should
/// the API repeat it.
#[derive(Clone)]
pub struct Answer<T> {
    pub(crate) value: T,
    pub(crate) meta: Meta,
    pub(crate) raw: Bytes,
    pub(crate) mismatches: Mismatches,
}

impl<T> Answer<T> {
    /// The value alone.
    pub fn into_inner(self) -> T {
        self.value
    }

    /// Status, headers and credits.
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// The body as it came.
    pub fn raw(&self) -> &Bytes {
        &self.raw
    }

    /// The body as JSON, with every key that nobody declared; null where there was no body.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.raw).unwrap_or_default()
    }

    /// The body as a type of one's own.
    ///
    /// # Errors
    ///
    /// What of the body does not fit, and where. An answer without a body reads as null.
    pub fn parse<'de, U: serde::Deserialize<'de>>(&'de self) -> Result<U, serde_json::Error> {
        let body: &[u8] = if self.raw.is_empty() { b"null" } else { &self.raw };
        serde_json::from_slice(body)
    }

    /// What did not fit its declared type, with [`Decoding::Lenient`](crate::Decoding::Lenient).
    pub fn mismatches(&self) -> &Mismatches {
        &self.mismatches
    }
}

impl<T: fmt::Debug> fmt::Debug for Answer<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = Plain(self);
        let shown = if f.alternate() { format!("{plain:#?}") } else { format!("{plain:?}") };
        f.write_str(&self.meta.secrets().text(shown))
    }
}

/// An answer with all that came.
struct Plain<'a, T>(&'a Answer<T>);

impl<T: fmt::Debug> fmt::Debug for Plain<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Answer { value, meta, raw, mismatches } = self.0;
        f.debug_struct("Answer")
            .field("value", value)
            .field("meta", meta)
            .field("raw", raw)
            .field("mismatches", mismatches)
            .finish()
    }
}

impl<T> Deref for Answer<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for Answer<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}

pub(crate) fn transport(operation: &'static Operation, source: reqwest::Error) -> Error {
    // Addresses may carry what nobody should read in a log.
    Error::Transport { operation: operation.id, source: source.without_url() }
}
