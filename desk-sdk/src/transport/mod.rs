//! What carries requests to the API and brings back the answers.
//!
//! A client goes through an HTTP client of its own, or through
//! [one that was given](crate::ClientBuilder::http_client). A [`Transport`] stands in the place of either: to add
//! something to each request, to go another way than HTTP, or to test a program without a server, for which
//! [`testing`](crate::testing) has one that is ready.

mod error;

use std::fmt;

/// A future in a box: what [`Transport::send`] gives.
pub use futures_util::future::BoxFuture;
/// The body of a request or an answer: text or bytes by `from`, a stream by `wrap_stream`.
pub use reqwest::Body;

pub use self::error::TransportError;

/// Something that carries requests. A client takes it with [`ClientBuilder::transport`](crate::ClientBuilder::transport).
///
/// Everything else stays the client's: it judges values, risk and scopes before a request is made, puts token and
/// organization into it, repeats what failed, and reads what comes. Timeouts and deadlines hold: when one ends, the
/// future or the body is dropped.
///
/// The request's extensions have the operation, as [`&'static Operation`](crate::Operation). Its `Authorization` header
/// has the token, and is marked as sensitive.
///
/// [`reqwest::Client`] is a transport too, so that another one can hand requests on:
///
/// ```
/// use desk_sdk::transport::{Body, BoxFuture, Transport, TransportError};
/// use desk_sdk::{Operation, http, reqwest};
///
/// /// Says which operation each request belongs to.
/// #[derive(Debug)]
/// struct Named(reqwest::Client);
///
/// impl Transport for Named {
///     fn send(
///         &self,
///         mut request: http::Request<Body>,
///     ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
///         if let Some(operation) = request.extensions().get::<&'static Operation>() {
///             let name = http::HeaderValue::from_static(operation.id);
///             request.headers_mut().insert("X-Operation", name);
///         }
///         self.0.send(request)
///     }
/// }
///
/// # fn example() -> Result<(), Box<dyn std::error::Error>> {
/// // The token would follow a redirect.
/// let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
/// let client = desk_sdk::Client::builder().access_token("1000.…").transport(Named(http)).build()?;
/// # Ok(())
/// # }
/// ```
pub trait Transport: fmt::Debug + Send + Sync {
    /// Carries a request, and gives back the answer as soon as its head is there; the body may follow piece by piece.
    ///
    /// # Errors
    ///
    /// Where no answer comes. [`TransportError`] says whether the request may have arrived, by which the client judges
    /// whether to make it again. A refusal is no error here, but an answer with its status.
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>>;
}

impl Transport for reqwest::Client {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move { Ok(self.execute(request.try_into()?).await?.into()) })
    }
}
