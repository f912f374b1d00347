//! A call as a future that can still be adjusted.

use std::task::{Context, Poll};

use futures_util::future::BoxFuture;

use crate::error::{Error, Result};

/// A call that can be changed until it is first polled. Later changes have no effect.
pub(crate) struct Lazy<P, A> {
    prepared: Option<P>,
    made: Option<BoxFuture<'static, Result<A>>>,
}

impl<P, A> Lazy<P, A> {
    pub(crate) fn new(prepared: P) -> Self {
        Self { prepared: Some(prepared), made: None }
    }

    pub(crate) fn prepared(&self) -> Option<&P> {
        self.prepared.as_ref()
    }

    #[must_use]
    pub(crate) fn change(mut self, change: impl FnOnce(&mut P)) -> Self {
        if let Some(prepared) = &mut self.prepared {
            change(prepared);
        }
        self
    }

    /// The settings so far, for a call of another kind.
    pub(crate) fn into_prepared(self) -> Option<P> {
        self.prepared
    }

    /// The same call with another answer.
    pub(crate) fn answering<B>(self) -> Lazy<P, B> {
        Lazy { prepared: self.prepared, made: None }
    }

    pub(crate) fn poll(
        &mut self,
        context: &mut Context<'_>,
        make: impl FnOnce(P) -> BoxFuture<'static, Result<A>>,
    ) -> Poll<Result<A>> {
        if let Some(prepared) = self.prepared.take() {
            self.made = Some(make(prepared));
        }
        match &mut self.made {
            Some(made) => made.as_mut().poll(context),
            None => Poll::Ready(Err(begun())),
        }
    }
}

/// The error if a call can no longer be converted.
pub(crate) fn begun() -> Error {
    Error::Configuration("the call was already polled, so it cannot be changed".to_owned())
}
