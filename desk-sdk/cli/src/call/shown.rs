//! The request that a call would make.
//!
//! The real client makes it, over a transport that keeps it instead of sending it: what is shown is what would be sent.

use std::sync::{Arc, Mutex, PoisonError};

use super::Shown;
use crate::access::Access;
use crate::problem::Problem;
use desk_sdk::transport::{Body, BoxFuture, Transport, TransportError};
use desk_sdk::{Client, ClientBuilder, Operation, http, organization_discovery, reqwest};

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
    let client = match access.connect(|builder| kept.client(builder)) {
        Ok(connection) => connection.client,
        // No token is needed to say what would be sent.
        Err(error) if error.is_token_missing() => kept.tokenless(access)?,
        Err(error) => return Err(error.into()),
    };
    kept.of(call(client)).await
}

/// The same for nobody in particular: whatever the environment and profiles say.
///
/// # Errors
///
/// If the call would not be made.
pub async fn show_anywhere<F, T>(call: impl FnOnce(Client) -> F) -> Result<Shown, Problem>
where
    F: Future<Output = Result<T, Problem>>,
{
    let kept = Keeper::default();
    let client = kept.client(Client::builder()).build()?;
    kept.of(call(client)).await
}

#[derive(Clone, Debug, Default)]
struct Keeper(Arc<Mutex<Option<Shown>>>);

impl Keeper {
    fn client(&self, builder: ClientBuilder) -> ClientBuilder {
        builder.access_token(NO_TOKEN).transport(self.clone())
    }

    /// A client for the address and the organization that are meant.
    fn tokenless(&self, access: &Access) -> Result<Client, Problem> {
        // Without a token there may be a profile all the same, which is not signed in.
        let profile = access.chosen().ok().flatten().map(|chosen| chosen.profile);
        let of_profile = || profile.as_ref().map(|profile| profile.desk_address());
        let address = access.against.clone().or_else(|| access.data_centre.map(|centre| centre.desk_url()));
        let mut builder = self.client(Client::builder());
        if let Some(address) = address.or_else(of_profile) {
            builder = builder.base_url(address);
        }
        let organization = access.organization.clone();
        if let Some(organization) = organization.or_else(|| profile.as_ref()?.organization.clone()) {
            builder = builder.organization(organization);
        }
        Ok(builder.build()?)
    }

    /// The request that a call has made.
    async fn of<T>(&self, call: impl Future<Output = Result<T, Problem>>) -> Result<Shown, Problem> {
        let ended = call.await;
        let shown = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        match (shown, ended) {
            (Some(shown), _) => Ok(shown),
            (None, Err(problem)) => Err(problem),
            (None, Ok(_)) => Err(Problem::failed("the call makes no request")),
        }
    }
}

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
