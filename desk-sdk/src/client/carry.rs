//! The way of a request through a transport of the caller's own.

use std::time::Duration;

use futures_util::future::BoxFuture;
use reqwest::{RequestBuilder, Response};

use crate::operation::Operation;
use crate::transport::{Transport, TransportError};

/// Hands a request on with its operation. Boxed, so that calls that go the usual way keep no room for it.
pub(super) fn by<'a>(
    transport: &'a dyn Transport,
    operation: &'static Operation,
    request: RequestBuilder,
    timeout: Option<Duration>,
) -> BoxFuture<'a, Result<Response, TransportError>> {
    Box::pin(async move {
        let mut request = http::Request::try_from(request.build()?)?;
        request.extensions_mut().insert(operation);
        let answer = transport.send(request);
        let answer = match timeout {
            Some(limit) => tokio::time::timeout(limit, answer).await.map_err(|_| late(limit))?,
            None => answer.await,
        };
        answer.map(Response::from)
    })
}

fn late(limit: Duration) -> TransportError {
    TransportError::new(format!("no answer began within {} s", limit.as_secs_f64())).timeout()
}
