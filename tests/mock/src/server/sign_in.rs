//! The accounts server as tests see it.

use bytes::Bytes;
use http::HeaderMap;

use crate::MockDesk;
use crate::accounts::{Decision, OauthClient, TokenRequest};
use crate::exchange::incoming::Incoming;
use crate::orders::fault::TokenFault;

/// What desktop programs register.
const REDIRECT_URI: &str = "http://localhost:8080/callback";

impl MockDesk {
    /// Registers a program whose redirect address is `http://localhost:8080/callback`.
    pub fn register_client(&self) -> OauthClient {
        self.register_client_at(REDIRECT_URI)
    }

    /// Registers a program with this redirect address; requests must use exactly that.
    pub fn register_client_at(&self, redirect_uri: impl Into<String>) -> OauthClient {
        self.desk().accounts().register(redirect_uri.into())
    }

    /// A refresh token with these scopes, without a person's consent.
    ///
    /// As with Zoho, a program has at most 20 of them: the 21st invalidates the first.
    pub fn refresh_token(&self, client: &OauthClient, scopes: impl IntoIterator<Item = impl Into<String>>) -> String {
        let scopes = scopes.into_iter().map(Into::into).collect();
        self.desk().accounts().grant(&client.id, scopes, &mut self.desk().tokens())
    }

    /// A code with these scopes for a self client, as its owner makes it in the API console; valid for three minutes.
    pub fn console_code(&self, client: &OauthClient, scopes: impl IntoIterator<Item = impl Into<String>>) -> String {
        let (scopes, now) = (scopes.into_iter().map(Into::into).collect(), self.desk().clock().now());
        self.desk().accounts().console_code(client.id.clone(), scopes, now)
    }

    /// Acts as a person who opens the address in a browser and clicks "accept". Returns the address they are redirected
    /// to, with `code` and `state` in its query. Addresses that ask for more scopes (`addextrascope`) work too.
    ///
    /// The request is recorded in [`token_requests`](Self::token_requests) as the browser's would be.
    ///
    /// # Panics
    ///
    /// When the person would see an error page; the message has it.
    #[track_caller]
    pub fn consent(&self, authorization_url: &str) -> String {
        self.open(authorization_url, Decision::Accept)
    }

    /// The same for a person who clicks "reject": the address has `error=access_denied`.
    ///
    /// # Panics
    ///
    /// When the person would see an error page; the message has it.
    #[track_caller]
    pub fn refuse_consent(&self, authorization_url: &str) -> String {
        self.open(authorization_url, Decision::Refuse)
    }

    #[track_caller]
    fn open(&self, address: &str, decision: Decision) -> String {
        let target = address.strip_prefix(self.url());
        let target = target.unwrap_or_else(|| panic!("{address:?} is not an address of {}", self.url()));
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let query = query.split('#').next().unwrap_or_default();
        let reply = self.desk().sign_in(&Incoming::new("GET", path, query, HeaderMap::new(), Bytes::new()), decision);
        let location = reply.headers.iter().find(|(name, _)| *name == "location");
        match location {
            Some((_, location)) => location.clone(),
            None => panic!("the person sees no page to accept, but an error: {}", reply.text()),
        }
    }

    /// How many refreshes (`grant_type=refresh_token`) have returned an access token so far.
    pub fn refreshes(&self) -> usize {
        self.desk().accounts().refreshes()
    }

    /// Every request under `/oauth/`, in order, including refused ones.
    pub fn token_requests(&self) -> Vec<TokenRequest> {
        self.desk().log().token_requests().clone()
    }

    /// Makes the next request to `/oauth/v2/token` fail. If called several times, one fault after the other.
    pub fn token_fault(&self, fault: TokenFault) {
        self.token_fault_times(1, fault);
    }

    /// Makes the next `times` requests to `/oauth/v2/token` fail.
    pub fn token_fault_times(&self, times: usize, fault: TokenFault) {
        self.desk().orders().fault_tokens(times, fault);
    }

    /// Expires every access token at once, including those of [`token`](Self::token). Refresh tokens remain valid.
    pub fn expire_tokens(&self) {
        self.desk().accounts().forget_access_tokens();
        self.desk().tokens().revoke_all();
    }
}
