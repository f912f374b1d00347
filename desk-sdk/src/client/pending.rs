//! Calls that are ready to be made.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_util::future::BoxFuture;

use super::lazy::Lazy;
use super::options::Options;
use super::reading::read;
use super::{Client, send};
use crate::answer::Answer;
use crate::call::Call;
use crate::error::{Error, Result};
use crate::record::{DecodeError, Decoding, Leaf, Mismatches, decode};

/// A call, made when it is awaited.
///
/// It is a future that borrows nothing: it can be joined with others, selected, timed or spawned as it is. Nothing
/// happens before it is first polled; what is set after that has no effect. When it is dropped, the call ends where it
/// is.
///
/// ```no_run
/// # async fn example(client: desk_sdk::Client, ids: Vec<desk_sdk::Id>) -> desk_sdk::Result<()> {
/// use desk_sdk::tickets::GetTicket;
/// use futures_util::future::try_join_all;
///
/// // As many at once as the client makes; the others wait for their turn.
/// let tickets = try_join_all(ids.iter().map(|id| client.get_ticket(GetTicket::new(id)))).await?;
/// let later = tokio::spawn(client.get_ticket(GetTicket::new(&ids[0])));
/// # Ok(())
/// # }
/// ```
#[must_use = "a call is made only when it is awaited"]
pub struct Pending<T>(Lazy<Prepared, Answer<T>>);

/// A call before it is made.
pub(super) struct Prepared {
    pub(super) client: Client,
    pub(super) call: Call,
    pub(super) options: Options,
}

impl<T> Pending<T> {
    pub(crate) fn new(client: &Client, call: Call) -> Self {
        Self::with(client.clone(), call, Options::default())
    }

    pub(crate) fn with(client: Client, call: Call, options: Options) -> Self {
        Self(Lazy::new(Prepared { client, call, options }))
    }

    /// Says that making this call twice does no more than making it once, so that it may be
    /// repeated even if it may have been carried out.
    pub fn repeatable(self) -> Self {
        Self(self.0.change(|prepared| prepared.options.repeatable = true))
    }

    /// Sends what was given although a documented rule says no: a value out of its limits, one that
    /// is not listed, a field that is missing. What is broken is a warning in the log, and in the
    /// answer's [`broken_rules`](crate::Meta::broken_rules). `query` on the parameters then takes
    /// declared names as well.
    ///
    /// Risk and scopes have [settings](crate::ClientBuilder::max_risk) of their own, and what stands
    /// in the path keeps to its rules: another path is for [`Client::request`].
    pub fn unchecked(self) -> Self {
        Self(self.0.change(|prepared| prepared.options.unchecked = true))
    }

    /// How long one attempt may take, instead of what the client has set.
    pub fn timeout(self, timeout: Duration) -> Self {
        Self(self.0.change(|prepared| prepared.options.timeout = Some(timeout)))
    }

    /// How long the call may take with all its attempts, instead of the client's
    /// [`Retry::deadline`](crate::Retry::deadline).
    pub fn deadline(self, deadline: Duration) -> Self {
        Self(self.0.change(|prepared| prepared.options.deadline = Some(deadline)))
    }
}

impl<T: Content> Pending<T> {
    /// The call as a future and nothing more: `.send().await` is the same as `.await`.
    pub fn send(self) -> impl Future<Output = Result<Answer<T>>> + Send + Unpin {
        self
    }
}

impl<T: Content> Future for Pending<T> {
    type Output = Result<Answer<T>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.poll(context, made)
    }
}

/// The call as it is made, in the one box that it costs.
pub(super) fn made<T: Content>(prepared: Prepared) -> BoxFuture<'static, Result<Answer<T>>> {
    let Prepared { client, call, options } = prepared;
    Box::pin(async move {
        let (operation, decoding) = (call.operation(), client.shared.decoding);
        let raw = send::send(client, call, options).await?;
        let read = read(&raw.body, decoding, &raw.meta).await;
        let (value, mismatches) = read.map_err(|(reason, excerpt)| Error::Decode {
            operation: operation.id,
            status: raw.meta.status,
            reason,
            excerpt,
        })?;
        Ok(Answer { value, meta: raw.meta, raw: raw.body, mismatches })
    })
}

impl<T> fmt::Debug for Pending<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Pending").field(&self.0.prepared().map(|prepared| &prepared.call)).finish()
    }
}

/// What a typed answer may hold. A type of one's own is read with [`Answer::parse`].
#[diagnostic::on_unimplemented(
    message = "an answer cannot be read into `{Self}`",
    note = "answers hold the records of `desk_sdk::types`, lists of them, and `serde_json::Value`; \
            a type of your own with serde's `Deserialize` is read with `answer.parse::<T>()`"
)]
pub trait Content: Sized + Send + 'static {
    #[doc(hidden)]
    fn read(body: &[u8], decoding: Decoding) -> Result<(Self, Mismatches), DecodeError>;
}

impl<T: Leaf + Default + Send + 'static> Content for T {
    fn read(body: &[u8], decoding: Decoding) -> Result<(Self, Mismatches), DecodeError> {
        decode(body, decoding)
    }
}

/// An answer without a body; one that comes all the same is not looked at.
impl Content for () {
    fn read(_: &[u8], _: Decoding) -> Result<(Self, Mismatches), DecodeError> {
        Ok(((), Mismatches::default()))
    }
}
