//! How requests reach the API and answers come back.
//!
//! A client uses its own HTTP client, or [one given to it](crate::ClientBuilder::http_client). A [`Transport`] replaces
//! either: to add something to each request, to use something other than HTTP, or to test a program without a server,
//! for which [`testing`](crate::testing) has a ready-made one.

mod error;

use std::fmt;

/// A boxed future: the return type of [`Transport::send`].
pub use futures_util::future::BoxFuture;
/// The body of a request or an answer: text or bytes by `from`, a stream by `wrap_stream`.
pub use reqwest::Body;

pub use self::error::TransportError;

/// Carries requests. Pass it to a client with [`ClientBuilder::transport`](crate::ClientBuilder::transport).
///
/// Everything else remains the client's job: it checks values, risk and scopes before a request is made, adds token and
/// organization, repeats failed calls, and reads the answers. Timeouts and deadlines apply: when one expires, the
/// future or the body is dropped.
///
/// The request's extensions contain the operation, as [`&'static Operation`](crate::Operation). Its `Authorization`
/// header contains the token, and is marked as sensitive.
///
/// [`reqwest::Client`] is a transport too, so that yours can pass requests on:
///
/// ```
/// use desk_sdk::transport::{Body, BoxFuture, Transport, TransportError};
/// use desk_sdk::{Operation, http, reqwest};
///
/// /// Adds a header that names the operation of each request.
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
/// // A redirect could leak the token.
/// let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
/// let client = desk_sdk::Client::builder().access_token("1000.…").transport(Named(http)).build()?;
/// # Ok(())
/// # }
/// ```
pub trait Transport: fmt::Debug + Send + Sync {
    /// Sends a request and returns the answer as soon as its headers have arrived; the body may follow piece by piece.
    ///
    /// # Errors
    ///
    /// If there is no answer. [`TransportError`] says whether the request may have arrived, which determines whether
    /// the client repeats it. A refusal is not an error here, but an answer with its status.
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>>;
}

impl Transport for reqwest::Client {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move { Ok(self.execute(request.try_into()?).await?.into()) })
    }
}
