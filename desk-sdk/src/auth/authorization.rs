//! Consent: the address where a person gives it, and the exchange of the code that comes back.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::SecretString;
use sha2::{Digest as _, Sha256};

use super::accounts::Issued;
use super::{AuthError, Clock, DataCentre, OauthClient, StoredToken, SystemClock, TokenStore, accounts};
use crate::address::shown;
use crate::generated::api::ACCOUNTS;
use crate::operation::Operation;
use crate::random::random_text;
use crate::scope_check::scopes_to_ask_for;

/// A request for consent, and what is required once the person comes back.
pub struct AuthorizationRequest {
    url: String,
    state: String,
    verifier: SecretString,
}

impl AuthorizationRequest {
    /// Requests these scopes, with a refresh token, a new consent, and PKCE.
    ///
    /// # Errors
    ///
    /// If the accounts server's address is invalid, or the system provides no random numbers.
    pub fn new<S: AsRef<str>>(client: &OauthClient, scopes: impl IntoIterator<Item = S>) -> Result<Self, AuthError> {
        let state = random_text().map_err(AuthError::Other)?;
        let verifier = random_text().map_err(AuthError::Other)?;
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
        let scopes: Vec<String> = scopes.into_iter().map(|scope| scope.as_ref().to_owned()).collect();
        let mut url = client.endpoint(ACCOUNTS.map(|server| server.authorize))?;
        let (parameters, separator) =
            ACCOUNTS.map_or((&[][..], " "), |server| (server.parameters, server.scope_separator));
        url.query_pairs_mut()
            .extend_pairs([
                ("scope", scopes.join(separator).as_str()),
                ("client_id", &client.id),
                ("response_type", "code"),
                ("redirect_uri", &client.redirect_uri),
            ])
            .extend_pairs(parameters)
            .extend_pairs([
                ("state", state.as_str()),
                ("code_challenge", &challenge),
                ("code_challenge_method", "S256"),
            ]);
        Ok(Self { url: url.into(), state, verifier: verifier.into() })
    }

    /// Requests the smallest set of scopes that allows these operations and finding the organization. Otherwise like
    /// [`new`](Self::new).
    ///
    /// ```
    /// use desk_sdk::auth::{AuthorizationRequest, OauthClient};
    /// use desk_sdk::operation;
    ///
    /// let client = OauthClient::new("1000.ID", "secret");
    /// let used = ["get_tickets", "update_ticket"].into_iter().filter_map(operation);
    /// let request = AuthorizationRequest::for_operations(&client, used)?;
    /// println!("Please open {}", request.url());
    /// # Ok::<(), desk_sdk::auth::AuthError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new).
    pub fn for_operations<O: AsRef<Operation>>(
        client: &OauthClient,
        operations: impl IntoIterator<Item = O>,
    ) -> Result<Self, AuthError> {
        Self::new(client, scopes_to_ask_for(operations))
    }

    /// Where the person gives consent.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The value that must come back with the code.
    pub fn state(&self) -> &str {
        &self.state
    }

    /// Exchanges the code that came back and stores the result. This must happen within a minute.
    ///
    /// # Errors
    ///
    /// If `state` is not the one that was sent, so that the code belongs to somebody else's request; and if the
    /// accounts server or the store refuses.
    pub async fn exchange(
        self,
        client: &OauthClient,
        code: impl Into<SecretString>,
        state: &str,
        store: &dyn TokenStore,
    ) -> Result<StoredToken, AuthError> {
        if state != self.state {
            let reason = "the state differs from the one sent: the code belongs to another request; start again";
            return Err(AuthError::Other(reason.to_owned()));
        }
        let issued = accounts::exchange(client, &code.into(), Some(&self.verifier)).await?;
        keep(issued, store).await
    }
}

/// Exchanges a code that the API console made for a *self client*, a program whose owner consents there rather than in
/// a browser on the way, and stores the result. The console says how long the code is valid; it can be used once.
///
/// # Errors
///
/// If the accounts server or the store refuses.
pub async fn exchange_console_code(
    client: &OauthClient,
    code: impl Into<SecretString>,
    store: &dyn TokenStore,
) -> Result<StoredToken, AuthError> {
    let issued = accounts::exchange(client, &code.into(), None).await?;
    keep(issued, store).await
}

/// Stores what was issued. The organization stays the one that was found before.
async fn keep(issued: Issued, store: &dyn TokenStore) -> Result<StoredToken, AuthError> {
    let now = SystemClock.now();
    let mut lock = store.lock().await?;
    let before = lock.load().await?.unwrap_or_default();
    let api_domain = issued.api_domain;
    let token = StoredToken {
        refresh_token: issued.refresh_token.or(before.refresh_token),
        access_token: Some(issued.access_token),
        token_type: issued.token_type,
        expires_at: issued.expires_in.and_then(|life| now.saturating_add(life).ok()),
        scopes: issued.scopes,
        data_centre: api_domain.as_deref().and_then(DataCentre::from_api_domain),
        api_domain,
        organization: before.organization,
        refreshes: before.refreshes,
    };
    lock.save(&token).await?;
    Ok(token)
}

/// Revokes a refresh token and with it every access token made from it; the store forgets both.
///
/// # Errors
///
/// If the accounts server or the store refuses.
pub async fn revoke(client: &OauthClient, store: &dyn TokenStore) -> Result<(), AuthError> {
    let mut lock = store.lock().await?;
    let mut stored = lock.load().await?.unwrap_or_default();
    let token = stored.refresh_token.take().or(stored.access_token.take()).ok_or(AuthError::NotSignedIn)?;
    accounts::revoke(client, &token).await?;
    stored.access_token = None;
    stored.expires_at = None;
    stored.scopes = None;
    lock.save(&stored).await?;
    Ok(())
}

/// Leaves out what is meant only for the person.
impl fmt::Debug for AuthorizationRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthorizationRequest").field("url", &shown(&self.url)).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret as _;

    use super::*;

    #[test]
    fn the_address_has_all_that_consent_needs_and_no_secret() {
        let client = OauthClient::new("1000.ID", "the-secret").data_centre(DataCentre::Europe);
        let Ok(request) = AuthorizationRequest::new(&client, ["Desk.tickets.READ", "Desk.basic.READ"]) else {
            panic!("it is made")
        };
        let start =
            "https://accounts.zoho.eu/oauth/v2/auth?scope=Desk.tickets.READ%2CDesk.basic.READ&client_id=1000.ID";
        assert!(request.url().starts_with(start), "{}", request.url());
        for part in ["access_type=offline", "prompt=consent", "code_challenge_method=S256", request.state()] {
            assert!(request.url().contains(part), "{part}");
        }
        let verifier = request.verifier.expose_secret();
        assert!(verifier.len() >= 43 && !request.url().contains(verifier));
        assert!(!format!("{request:?} {client:?}").contains("the-secret"));
        assert!(!format!("{request:?}").contains(verifier) && !format!("{request:?}").contains(request.state()));
        let client = client.accounts_url("https://person:hidden@accounts.example");
        let Ok(request) = AuthorizationRequest::new(&client, ["Desk.basic.READ"]) else { panic!("it is made") };
        assert!(!format!("{request:?}").contains("hidden"));
    }
}
