//! A page on its way, in a task of its own where there is a runtime.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::runtime::Handle;
use tokio::task::JoinHandle;

use super::fetch::{Fetched, Fetching};
use crate::error::{Error, Result};

/// A page on its way. Dropping it ends the call.
pub(super) enum Running<R> {
    /// It gets on while somebody waits for it.
    Here(Fetching<R>),
    /// It gets on by itself.
    There(JoinHandle<Result<Fetched<R>>>),
}

impl<R: Send + 'static> Running<R> {
    /// A page that is read while the one before is worked on.
    pub(super) fn aside(fetching: Fetching<R>) -> Self {
        match Handle::try_current() {
            Ok(runtime) => Self::There(runtime.spawn(fetching)),
            Err(_) => Self::Here(fetching),
        }
    }

    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Result<Fetched<R>>> {
        match self {
            Self::Here(fetching) => fetching.as_mut().poll(context),
            Self::There(task) => Poll::Ready(match ready!(Pin::new(task).poll(context)) {
                Ok(fetched) => fetched,
                Err(ended) => match ended.try_into_panic() {
                    Ok(panic) => std::panic::resume_unwind(panic),
                    Err(_) => Err(Error::Configuration("the runtime was shut down".to_owned())),
                },
            }),
        }
    }
}

impl<R> Drop for Running<R> {
    fn drop(&mut self) {
        if let Self::There(task) = self {
            task.abort();
        }
    }
}
