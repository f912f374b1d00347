//! The address where a person gives consent.

use desk_sdk::auth::DataCentre;
use desk_sdk::reqwest::Url;
use desk_sdk::{Operation, Prefer, Scope, SmallestScopes, organization_discovery};

use super::ScopesError;

/// What a consent is asked for, and where. There is no secret in it.
///
/// The address has no challenge (PKCE), since nobody could answer it after the program has ended: whoever exchanges the
/// code needs the client's secret.
#[derive(Clone, Debug)]
pub struct Consent<'c> {
    /// The id of the registered client.
    pub client_id: &'c str,
    /// The registered redirect address.
    pub redirect_uri: &'c str,
    /// Where the client is registered.
    pub data_centre: DataCentre,
    /// A value that comes back with the code.
    pub state: Option<&'c str>,
}

/// The smallest set of scopes for operations; also for finding the organization, unless it is known.
pub fn smallest(operations: &[&'static Operation], organization_known: bool, prefer: Prefer) -> SmallestScopes {
    let finds = !organization_known && operations.iter().any(|operation| operation.organization);
    let discovery = finds.then(organization_discovery);
    SmallestScopes::of(operations.iter().copied().chain(discovery), prefer)
}

impl Consent<'_> {
    /// The address.
    ///
    /// # Errors
    ///
    /// If the client's id or the redirect address cannot be right, or no scope is asked for.
    pub fn url(&self, scopes: &[Scope]) -> Result<String, ScopesError> {
        let Self { client_id, redirect_uri, data_centre, state } = *self;
        if client_id.is_empty() || client_id.chars().any(|c| !c.is_ascii_graphic()) {
            let problem = "--client-id is not an id, such as 1000.ABC: the API console shows it with the client";
            return Err(ScopesError::new(problem));
        }
        let redirect: Result<Url, _> = redirect_uri.parse();
        if !redirect.is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host()) {
            let problem = "--redirect-uri is not an address: give the registered one, such as http://localhost:8080/";
            return Err(ScopesError::new(problem));
        }
        if scopes.is_empty() {
            return Err(ScopesError::new("these operations need no scope, so there is nothing to consent to"));
        }
        let scopes: Vec<String> = scopes.iter().map(Scope::to_string).collect();
        let mut url: Url = format!("{}/oauth/v2/auth", data_centre.accounts_url())
            .parse()
            .map_err(|error| ScopesError::new(format!("the address cannot be made: {error}")))?;
        let pairs = [
            ("scope", scopes.join(",").as_str()),
            ("client_id", client_id),
            ("response_type", "code"),
            ("redirect_uri", redirect_uri),
            ("access_type", "offline"),
            ("prompt", "consent"),
        ]
        .map(|(name, value)| (name, value.to_owned()));
        let state = state.map(|state| ("state", state.to_owned()));
        url.query_pairs_mut().extend_pairs(pairs.into_iter().chain(state));
        Ok(url.into())
    }
}
