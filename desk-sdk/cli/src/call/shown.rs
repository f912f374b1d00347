//! The request that a call would make.
//!
//! The real client makes it, over a transport that keeps it instead of sending it: what is shown is what would be sent.

use std::sync::{Arc, Mutex, PoisonError};

use super::{Problem, Shown};
use crate::access::{Access, AccessError};
use desk_sdk::transport::{Body, BoxFuture, Transport, TransportError};
use desk_sdk::{Client, ClientBuilder, Error, Operation, http, organization_discovery, reqwest};

/// Stands for the token, so that none is needed.
const NO_TOKEN: &str = "the-token";
/// Stands for an organization that would be looked for.
const NO_ORGANIZATION: &str = "1";

/// Keeps the request that a call would make. `call` gets a client that sends nothing.
///
/// # Errors
///
/// If the call would not be made.
pub async fn show<F, T>(access: &Access, call: impl FnOnce(Client) -> F) -> Result<Shown, Problem>
where
    F: Future<Output = Result<T, Problem>>,
{
    let kept = Keeper::default();
    let adjust = |builder: ClientBuilder| builder.access_token(NO_TOKEN).transport(kept.clone());
    let client = match access.connect(adjust) {
        Ok(connection) => connection.client,
        // No token is needed to say what would be sent.
        Err(AccessError::NoToken) => tokenless(access, adjust)?,
        Err(error) => return Err(error.into()),
    };
    let ended = call(client).await;
    let shown = kept.0.lock().unwrap_or_else(PoisonError::into_inner).take();
    match (shown, ended) {
        (Some(shown), _) => Ok(shown),
        (None, Err(problem)) => Err(problem),
        (None, Ok(_)) => Err(Problem::failed("the call makes no request")),
    }
}

/// A client for the address that is meant, without any token.
fn tokenless(access: &Access, adjust: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Result<Client, Problem> {
    let address = access.against.clone().unwrap_or_else(|| access.data_centre.unwrap_or_default().desk_url());
    let builder = adjust(Client::builder()).base_url(address);
    let builder = match &access.organization {
        Some(organization) => builder.organization(organization.as_str()),
        None => builder,
    };
    builder.build().map_err(|error: Error| error.into())
}

#[derive(Clone, Debug, Default)]
struct Keeper(Arc<Mutex<Option<Shown>>>);

impl Transport for Keeper {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let operation = parts.extensions.get::<&'static Operation>().map(|operation| operation.id);
            let is_discovery = operation == Some(organization_discovery().id);
            // The HTTP library only reads the bodies of responses.
            let body = reqwest::Response::from(http::Response::new(body)).bytes().await?;
            let headers = parts.headers.iter().filter(|(name, _)| **name != http::header::AUTHORIZATION);
            let headers = headers.map(|(name, value)| (name.as_str().to_owned(), text(value.as_bytes())));
            let mut shown = Shown {
                method: parts.method.to_string(),
                address: parts.uri.to_string(),
                headers: headers.collect(),
                body: body.to_vec(),
                is_search: false,
            };
            let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if kept.as_ref().is_some_and(|earlier| earlier.is_search) {
                shown.forget_organization();
            }
            shown.is_search = is_discovery;
            *kept = Some(shown);
            match is_discovery {
                // The call itself comes next, unless this is it.
                true => Ok(http::Response::new(format!("{{\"data\": [{{\"id\": \"{NO_ORGANIZATION}\"}}]}}").into())),
                false => Err(TransportError::new("nothing is sent").permanent()),
            }
        })
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
