//! Sends requests through a transport of the caller's own.

use std::error::Error;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::BoxFuture;
use http_body::{Frame, SizeHint};
use reqwest::{Body, Request, Response};
use tokio::time::{Sleep, sleep};

use crate::operation::Operation;
use crate::transport::{Transport, TransportError};

/// Passes on a request with its operation. Boxed, so that ordinary calls do not reserve space for it.
pub(super) fn by<'a>(
    transport: &'a dyn Transport,
    operation: &'static Operation,
    request: Request,
    timeout: Option<Duration>,
) -> BoxFuture<'a, Result<Response, TransportError>> {
    Box::pin(async move {
        let mut request = http::Request::try_from(request)?;
        request.extensions_mut().insert(operation);
        let answer = transport.send(request);
        let Some(limit) = timeout else { return answer.await.map(Response::from) };
        let mut time = Box::pin(sleep(limit));
        let answer = tokio::select! {
            answer = answer => answer?,
            () = &mut time => return Err(TransportError::new(late()).timeout()),
        };
        Ok(answer.map(|body| Body::wrap(Timed { body, time })).into())
    })
}

/// A body that arrives in time, or is cut short.
struct Timed {
    body: Body,
    time: Pin<Box<Sleep>>,
}

impl http_body::Body for Timed {
    type Data = Bytes;
    type Error = Box<dyn Error + Send + Sync>;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        if let Poll::Ready(piece) = Pin::new(&mut self.body).poll_frame(context) {
            return Poll::Ready(piece.map(|piece| piece.map_err(Into::into)));
        }
        self.time.as_mut().poll(context).map(|()| Some(Err(late().into())))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

fn late() -> io::Error {
    io::Error::new(io::ErrorKind::TimedOut, "operation timed out")
}
