//! Sign-in on a desktop: a person consents in a browser, which redirects back to this program.

mod redirect;

use std::fmt;
use std::time::Duration;

use self::redirect::Redirect;
use crate::address::shown;
use crate::auth::{AuthError, AuthorizationRequest, OauthClient, RefreshingToken, StoredToken, TokenStore};
use crate::client::{Client, ClientBuilder};
use crate::operation::Operation;
use crate::scope_check::scopes_to_ask_for;

/// Signs a person in: shows where to consent, waits for the browser to be redirected to a loopback port, exchanges the
/// code, keeps the token, and finds the organization.
///
/// The redirect address registered for the client must lead here: `http://localhost:8080/`, or whatever
/// [`OauthClient::redirect_uri`] says, with a port of this computer.
///
/// ```no_run
/// use desk_sdk::auth::{FileStore, OauthClient};
/// use desk_sdk::{SignIn, operation};
///
/// # async fn example() -> Result<(), desk_sdk::auth::AuthError> {
/// let used = ["get_tickets", "update_ticket"].into_iter().filter_map(operation);
/// let client = OauthClient::new("1000.ID", "secret");
/// let token = SignIn::new(client)
///     .for_operations(used)
///     .run(FileStore::new("desk-token.json"), |address| println!("Please open {address}"))
///     .await?;
/// println!("signed in for organization {:?}", token.organization);
/// # Ok(())
/// # }
/// ```
#[must_use = "sign-in starts with `run`"]
pub struct SignIn {
    client: OauthClient,
    scopes: Vec<String>,
    desk_url: Option<String>,
    timeout: Duration,
}

impl SignIn {
    /// Signs in to a registered client. Without further scopes, the token only allows finding the organization.
    pub fn new(client: OauthClient) -> Self {
        Self { client, scopes: Vec::new(), desk_url: None, timeout: Duration::from_secs(300) }
    }

    /// Requests the smallest set of scopes that allows these operations and finding the organization.
    pub fn for_operations<O: AsRef<Operation>>(self, operations: impl IntoIterator<Item = O>) -> Self {
        self.scopes(scopes_to_ask_for(operations))
    }

    /// Also requests these scopes.
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scopes.extend(scopes.into_iter().map(Into::into));
        self.scopes.sort();
        self.scopes.dedup();
        self
    }

    /// Sets another address of Desk to look up the organization, for tests and gateways.
    pub fn desk_url(mut self, url: impl Into<String>) -> Self {
        self.desk_url = Some(url.into());
        self
    }

    /// Sets how long to wait for the person; the default is five minutes.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Signs in. `show` receives the address that the person must open. Requests to the accounts server and to Desk use
    /// the registration's [HTTP client](OauthClient::http_client).
    ///
    /// # Errors
    ///
    /// If the port is in use, if the person declines or does not come back, and if the accounts server, the store or
    /// Desk refuses.
    pub async fn run(
        self,
        store: impl TokenStore + Clone + 'static,
        show: impl FnOnce(&str),
    ) -> Result<StoredToken, AuthError> {
        let redirect = Redirect::listen(&self.client.redirect_uri).await?;
        let request = AuthorizationRequest::new(&self.client, &self.scopes)?;
        show(request.url());
        let code = tokio::time::timeout(self.timeout, redirect.code(request.state())).await.map_err(|_| {
            AuthError::NoConsent { reason: format!("nobody came back within {} s", self.timeout.as_secs()) }
        })??;
        let state = request.state().to_owned();
        request.exchange(&self.client, code, &state, &store).await?;
        self.find_organization(store.clone()).await?;
        store.load().await?.ok_or(AuthError::NotSignedIn)
    }

    async fn find_organization(&self, store: impl TokenStore + 'static) -> Result<(), AuthError> {
        let failed = |error: crate::error::Error| AuthError::Other(format!("signed in, but {error}"));
        let desk = self.desk(store)?.build().map_err(failed)?;
        desk.organization().await.map(|_| ()).map_err(failed)
    }

    /// The settings for the client of Desk.
    fn desk(&self, store: impl TokenStore + 'static) -> Result<ClientBuilder, AuthError> {
        let tokens = RefreshingToken::new(self.client.clone(), store);
        let mut builder = Client::builder().token_provider(tokens).http_client(self.client.http()?);
        if let Some(url) = &self.desk_url {
            builder = builder.base_url(url);
        }
        if self.client.plain_http {
            builder = builder.allow_plain_http();
        }
        Ok(builder)
    }
}

impl fmt::Debug for SignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignIn")
            .field("client", &self.client)
            .field("scopes", &self.scopes)
            .field("desk_url", &self.desk_url.as_deref().map(shown))
            .field("timeout", &self.timeout)
            .finish()
    }
}
