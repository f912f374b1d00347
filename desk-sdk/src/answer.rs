//! The answers to calls.

use std::fmt;
use std::ops::{Deref, DerefMut};

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};
use secrecy::SecretString;
use serde_json::Value;

use crate::credits;
use crate::invalid_call::BrokenRule;
use crate::operation::Operation;
use crate::record::Mismatches;
use crate::scope_check::MissingScopes;
use crate::secrets::Secrets;

/// What every answer has in addition to its content.
#[derive(Clone)]
pub struct Meta {
    pub(crate) operation: &'static Operation,
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    /// The call's token, which the answer may repeat but nobody should see. It is moved here, because copying it would
    /// slow down each call.
    pub(crate) token: Option<SecretString>,
    pub(crate) missing_scopes: Option<Box<MissingScopes>>,
    pub(crate) broken_rules: Vec<BrokenRule>,
}

impl Meta {
    /// Metadata of an answer with status 200, for tests.
    ///
    /// ```
    /// use desk_sdk::tickets::GetTicket;
    /// use desk_sdk::{Endpoint, Meta};
    /// use desk_sdk::http::{HeaderName, HeaderValue};
    ///
    /// let left = (HeaderName::from_static("x-rate-limit-remaining-v3"), HeaderValue::from_static("100"));
    /// let meta = Meta::new(GetTicket::OPERATION).with_headers([left]);
    /// assert_eq!(meta.credits_left(), Some(100));
    /// ```
    pub fn new(operation: &'static Operation) -> Self {
        Self {
            operation,
            status: 200,
            headers: HeaderMap::new(),
            token: None,
            missing_scopes: None,
            broken_rules: Vec::new(),
        }
    }

    /// For an answer without an operation.
    pub(crate) fn unnamed() -> Self {
        static UNNAMED: Operation = Operation { id: "unnamed", ..Operation::of("") };
        Self::new(&UNNAMED)
    }

    /// Sets the HTTP status.
    #[must_use]
    pub fn with_status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// Adds HTTP headers.
    #[must_use]
    pub fn with_headers(mut self, headers: impl IntoIterator<Item = (HeaderName, HeaderValue)>) -> Self {
        self.headers.extend(headers);
        self
    }

    /// Adds scopes that the token seemed to lack.
    #[must_use]
    pub fn with_missing_scopes(mut self, missing: MissingScopes) -> Self {
        self.missing_scopes = Some(Box::new(missing));
        self
    }

    /// Adds rules that the call broke.
    #[must_use]
    pub fn with_broken_rules(mut self, broken: impl IntoIterator<Item = BrokenRule>) -> Self {
        self.broken_rules.extend(broken);
        self
    }

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
        credits::spent(&self.headers)
    }

    /// How many credits are left today, if the API said so.
    pub fn credits_left(&self) -> Option<u64> {
        credits::left(&self.headers)
    }

    /// The scopes that the token seems to lack although the call was made: with
    /// [`ScopeCheck::Warn`](crate::ScopeCheck::Warn), or because the operation's scopes are [in
    /// doubt](Operation::doubtful_scopes).
    pub fn missing_scopes(&self) -> Option<&MissingScopes> {
        self.missing_scopes.as_deref()
    }

    pub(crate) fn secrets(&self) -> Secrets {
        Secrets::new(self.token.clone())
    }

    /// The first twenty rules that the call broke although it was made: because it was
    /// [unchecked](crate::Pending::unchecked), or because they are in doubt.
    pub fn broken_rules(&self) -> &[BrokenRule] {
        &self.broken_rules
    }
}

/// Leaves out cookies, the token and other secrets.
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

/// A typed answer, which dereferences to its value. Debug hides the call's token, even if the API repeats it.
#[derive(Clone)]
pub struct Answer<T> {
    pub(crate) value: T,
    pub(crate) meta: Meta,
    pub(crate) raw: Bytes,
    pub(crate) mismatches: Mismatches,
}

impl<T> Answer<T> {
    /// An answer with this value and status 200, for tests. Its body is empty and its operation unnamed, unless set
    /// with the methods below.
    ///
    /// ```
    /// use desk_sdk::Answer;
    /// use desk_sdk::types::Ticket;
    ///
    /// let mut ticket = Ticket::default();
    /// ticket.subject = Some("Kaput".into());
    /// let answer = Answer::new(ticket).with_raw(r#"{"subject": "Kaput"}"#);
    /// assert_eq!(answer.subject.as_deref(), Some("Kaput"));
    /// assert_eq!(answer.json()["subject"], "Kaput");
    /// ```
    pub fn new(value: T) -> Self {
        Self { value, meta: Meta::unnamed(), raw: Bytes::new(), mismatches: Mismatches::default() }
    }

    /// Sets another status, other headers, or another operation.
    #[must_use]
    pub fn with_meta(mut self, meta: Meta) -> Self {
        self.meta = meta;
        self
    }

    /// Sets the body. The value does not change.
    #[must_use]
    pub fn with_raw(mut self, body: impl Into<Bytes>) -> Self {
        self.raw = body.into();
        self
    }

    /// The value alone.
    pub fn into_inner(self) -> T {
        self.value
    }

    /// Status, headers and credits.
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// The body as received.
    pub fn raw(&self) -> &Bytes {
        &self.raw
    }

    /// The body as JSON, including undeclared keys; null if there was no body.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.raw).unwrap_or_default()
    }

    /// The body as a type of your own.
    ///
    /// # Errors
    ///
    /// What does not fit, and where in the body. An answer without a body is read as null.
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

/// An answer with everything it contains.
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

/// The records of a list.
impl<T: IntoIterator> IntoIterator for Answer<T> {
    type Item = T::Item;
    type IntoIter = T::IntoIter;

    fn into_iter(self) -> T::IntoIter {
        self.value.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Answer<T>
where
    &'a T: IntoIterator,
{
    type Item = <&'a T as IntoIterator>::Item;
    type IntoIter = <&'a T as IntoIterator>::IntoIter;

    fn into_iter(self) -> Self::IntoIter {
        (&self.value).into_iter()
    }
}

impl<T> DerefMut for Answer<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}
