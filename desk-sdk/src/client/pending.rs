//! Calls that are ready to be made.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::BoxFuture;

use super::attempt::Opened;
use super::lazy::{Lazy, begun};
use super::options::Options;
use super::reading::{Filled, read};
use super::{Client, send};
use crate::answer::Answer;
use crate::call::Call;
use crate::error::{Error, Result};
use crate::record::{DecodeError, Decoding, Leaf, Mismatches, decode_into};

/// A call, made when it is awaited.
///
/// It is a future that borrows nothing: it can be joined with others, selected, timed out or spawned. Nothing happens
/// before it is first polled; later settings have no effect. Dropping it ends the call at once.
///
/// ```no_run
/// # async fn example(client: desk_sdk::Client, ids: Vec<desk_sdk::Id>) -> desk_sdk::Result<()> {
/// use desk_sdk::tickets::GetTicket;
/// use futures_util::future::try_join_all;
///
/// // The client limits how many are made at once; the others wait for their turn.
/// let tickets = try_join_all(ids.iter().map(|id| client.get_ticket(GetTicket::new(id)))).await?;
/// let later = tokio::spawn(client.get_ticket(GetTicket::new(&ids[0])));
/// # Ok(())
/// # }
/// ```
#[must_use = "a call is made only when it is awaited"]
pub struct Pending<T>(Lazy<Prepared, Answer<T>>);

/// A call before it is made.
pub(crate) struct Prepared {
    pub(crate) client: Client,
    pub(crate) call: Call,
    pub(crate) options: Options,
}

impl<T> Pending<T> {
    pub(crate) fn new(client: &Client, call: Call) -> Self {
        Self::with(client.clone(), call, Options::default())
    }

    /// The call with its settings, for something else than making it once.
    pub(crate) fn into_prepared(self) -> Result<Prepared> {
        self.0.into_prepared().ok_or_else(begun)
    }

    pub(crate) fn with(client: Client, call: Call, options: Options) -> Self {
        Self(Lazy::new(Prepared { client, call, options }))
    }

    /// Declares that making this call twice has the same effect as making it once, so that it may be repeated even if
    /// it may have been carried out.
    pub fn repeatable(self) -> Self {
        Self(self.0.change(|prepared| prepared.options.repeatable = true))
    }

    /// Sends the values as given even if they break a documented rule: a value out of range, an unlisted one, a missing
    /// field. Broken rules are logged as a warning, and reported in the answer's
    /// [`broken_rules`](crate::Meta::broken_rules). `query` on the parameters then accepts declared names as well.
    ///
    /// Risk and scopes have their own [settings](crate::ClientBuilder::max_risk), and path parameters must still follow
    /// their rules: use [`Client::request`] for other paths.
    pub fn unchecked(self) -> Self {
        Self(self.0.change(|prepared| prepared.options.unchecked = true))
    }

    /// Sets how long one attempt may take, overriding the client's setting.
    pub fn timeout(self, timeout: Duration) -> Self {
        Self(self.0.change(|prepared| prepared.options.timeout = Some(timeout)))
    }

    /// Sets how long the call may take including all its attempts, overriding the client's
    /// [`Retry::deadline`](crate::Retry::deadline).
    pub fn deadline(self, deadline: Duration) -> Self {
        Self(self.0.change(|prepared| prepared.options.deadline = Some(deadline)))
    }
}

impl<T: Content> Pending<T> {
    /// The call as a plain future: `.send().await` is the same as `.await`.
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

/// The call in progress, in the only box that it needs.
pub(super) fn made<T: Content>(prepared: Prepared) -> BoxFuture<'static, Result<Answer<T>>> {
    Box::pin(async move {
        let mut value = T::default();
        let (Opened { meta, body: raw }, mismatches) = answered(prepared, &mut value).await?;
        Ok(Answer { value, meta, raw, mismatches })
    })
}

/// Makes a call and reads its answer: everything that is the same for all types of answers, and so compiled once.
async fn answered(prepared: Prepared, value: &mut dyn Filled) -> Result<(Opened<Bytes>, Mismatches)> {
    let Prepared { client, call, options } = prepared;
    let (operation, decoding) = (call.operation(), client.shared.decoding);
    let opened = send::send::<Bytes>(client, call, options).await?;
    let read = read(value, &opened.body, decoding, &opened.meta).await;
    let mismatches = read.map_err(|(reason, excerpt)| Error::Decode {
        operation: operation.id,
        status: opened.meta.status,
        reason,
        excerpt,
    })?;
    Ok((opened, mismatches))
}

impl<T> fmt::Debug for Pending<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Pending").field(&self.0.prepared().map(|prepared| &prepared.call)).finish()
    }
}

/// The types that a typed answer may have. Read your own types with [`Answer::parse`].
#[diagnostic::on_unimplemented(
    message = "an answer cannot be read into `{Self}`",
    note = "answers hold the records of `desk_sdk::types`, lists of them, and `serde_json::Value`; \
            a type of your own with serde's `Deserialize` is read with `answer.parse::<T>()`"
)]
pub trait Content: Default + Send + 'static {
    /// Reads a body in place, since some records are large.
    #[doc(hidden)]
    fn read(&mut self, body: &[u8], decoding: Decoding) -> Result<Mismatches, DecodeError>;
}

impl<T: Leaf + Default + Send + 'static> Content for T {
    fn read(&mut self, body: &[u8], decoding: Decoding) -> Result<Mismatches, DecodeError> {
        decode_into(self, body, decoding)
    }
}

/// An answer without a body; any body is ignored.
impl Content for () {
    fn read(&mut self, _: &[u8], _: Decoding) -> Result<Mismatches, DecodeError> {
        Ok(Mismatches::default())
    }
}
