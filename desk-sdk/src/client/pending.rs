//! Calls that are ready to be made.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::pin::Pin;
use std::time::Duration;

use super::reading::read;
use super::send::Options;
use super::{Client, send};
use crate::answer::Answer;
use crate::call::Call;
use crate::record::{Leaf, decode};
use crate::{Error, Result};

pub(super) type Boxed<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>;

/// A call that is made when it is awaited.
#[must_use = "a call is made only when it is awaited"]
pub struct Pending<'a, T> {
    client: &'a Client,
    call: Call,
    options: Options,
    answer: PhantomData<fn() -> T>,
}

impl<'a, T> Pending<'a, T> {
    pub(crate) fn new(client: &'a Client, call: Call) -> Self {
        Self::with(client, call, Options::default())
    }

    pub(crate) fn with(client: &'a Client, call: Call, options: Options) -> Self {
        Self { client, call, options, answer: PhantomData }
    }

    /// Says that making this call twice does no more than making it once, so that it may be
    /// repeated even if it may have been carried out.
    pub fn repeatable(mut self) -> Self {
        self.options.repeatable = true;
        self
    }

    /// Sends what was given although a documented rule says no: a value out of its limits, one that
    /// is not listed, a field that is missing. What is broken is a warning in the log, and in the
    /// answer's [`broken_rules`](crate::Meta::broken_rules). `query` on the parameters then takes
    /// declared names as well.
    ///
    /// Risk and scopes have [settings](crate::ClientBuilder::max_risk) of their own, and what stands
    /// in the path keeps to its rules: another path is for [`Client::request`].
    pub fn unchecked(mut self) -> Self {
        self.options.unchecked = true;
        self
    }

    /// How long one attempt may take, instead of what the client has set.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = Some(timeout);
        self
    }

    /// How long the call may take with all its attempts, instead of the client's
    /// [`Retry::deadline`](crate::Retry::deadline).
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.options.deadline = Some(deadline);
        self
    }
}

impl<'a, T: Content> IntoFuture for Pending<'a, T> {
    type Output = Result<Answer<T>>;
    type IntoFuture = Boxed<'a, Answer<T>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let shared = &self.client.shared;
            let operation = self.call.operation();
            let raw = send::send(self.client, self.call, self.options).await?;
            let read = read(&raw.body, shared.decoding, &raw.meta).await;
            let (value, mismatches) = read.map_err(|(reason, excerpt)| Error::Decode {
                operation: operation.id,
                status: raw.meta.status,
                reason,
                excerpt,
            })?;
            Ok(Answer { value, meta: raw.meta, raw: raw.body, mismatches })
        })
    }
}

impl<T> fmt::Debug for Pending<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Pending").field(&self.call).finish()
    }
}

/// What a typed answer may hold. A type of one's own is read with [`Answer::parse`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no type that an answer is read into",
    note = "answers hold the records of `desk_sdk::types`, lists of them, and `serde_json::Value`; \
            a type of one's own with serde's `Deserialize` is read with `answer.parse::<T>()`"
)]
pub trait Content: Sized + Send + 'static {
    #[doc(hidden)]
    fn read(
        body: &[u8],
        decoding: crate::Decoding,
    ) -> std::result::Result<(Self, crate::Mismatches), crate::DecodeError>;
}

impl<T: Leaf + Default + Send + 'static> Content for T {
    fn read(
        body: &[u8],
        decoding: crate::Decoding,
    ) -> std::result::Result<(Self, crate::Mismatches), crate::DecodeError> {
        decode(body, decoding)
    }
}

/// An answer without a body; one that comes all the same is not looked at.
impl Content for () {
    fn read(_: &[u8], _: crate::Decoding) -> std::result::Result<(Self, crate::Mismatches), crate::DecodeError> {
        Ok(((), crate::Mismatches::default()))
    }
}
