//! A call as a future that can still be adjusted.

use std::task::{Context, Poll};

use futures_util::future::BoxFuture;

use crate::error::{Error, Result};

/// A call that is put together until it is first polled, and made from then on. What is changed after that has no
/// effect.
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

    /// What was put together, for a call of another kind.
    pub(crate) fn into_prepared(self) -> Option<P> {
        self.prepared
    }

    /// The same for another answer.
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

/// Why nothing can be made of a call any more.
pub(crate) fn begun() -> Error {
    Error::Configuration("the call was polled before, so that it cannot become another".to_owned())
}
