//! A program registered with the accounts server.

use std::fmt;
use std::sync::{Arc, OnceLock};

use reqwest::Url;
use secrecy::SecretString;

use super::accounts::LONGEST;
use super::{AuthError, DataCentre};
use crate::address::{refuse_plain_http, shown};
use crate::generated::api::NAME;
use crate::http_defaults::http_client;

/// A client registered with the accounts server, and how to reach that server. Debug shows neither its secret nor a
/// password in an address.
#[derive(Clone)]
pub struct OauthClient {
    pub(super) id: String,
    pub(super) secret: SecretString,
    pub(crate) redirect_uri: String,
    accounts_url: String,
    pub(crate) plain_http: bool,
    /// The caller's, or one that is created when first needed.
    http: Arc<OnceLock<reqwest::Client>>,
}

impl OauthClient {
    /// A registered client, by default in the data centre of the United States.
    pub fn new(id: impl Into<String>, secret: impl Into<SecretString>) -> Self {
        Self {
            id: id.into(),
            secret: secret.into(),
            redirect_uri: "http://localhost:8080/".to_owned(),
            accounts_url: DataCentre::default().accounts_url(),
            plain_http: false,
            http: Arc::default(),
        }
    }

    /// Sets the registered redirect address for codes; the default is `http://localhost:8080/`.
    #[must_use]
    pub fn redirect_uri(mut self, address: impl Into<String>) -> Self {
        self.redirect_uri = address.into();
        self
    }

    /// Sets the data centre that the client is registered in.
    #[must_use]
    pub fn data_centre(self, centre: DataCentre) -> Self {
        self.accounts_url(centre.accounts_url())
    }

    /// Sets another accounts server, for tests and gateways. `http://` is accepted only for this computer, unless
    /// [`allow_plain_http`](Self::allow_plain_http) is set.
    #[must_use]
    pub fn accounts_url(mut self, url: impl Into<String>) -> Self {
        self.accounts_url = url.into();
        self
    }

    /// Allows tokens and the client's secret to be sent unencrypted to an `http://` address on another computer, for a
    /// gateway on a network of your own.
    #[must_use]
    pub fn allow_plain_http(mut self) -> Self {
        self.plain_http = true;
        self
    }

    /// Sets the HTTP client used to reach the accounts server wherever this registration is used: for sign-in,
    /// exchange, refresh and revocation. It should not follow redirects. Each request ends after half a minute,
    /// regardless of the client's settings, because others wait while someone refreshes.
    #[must_use]
    pub fn http_client(mut self, http: reqwest::Client) -> Self {
        self.http = Arc::new(OnceLock::from(http));
        self
    }

    pub(crate) fn http(&self) -> Result<reqwest::Client, AuthError> {
        if let Some(http) = self.http.get() {
            return Ok(http.clone());
        }
        let made = http_client(|defaults| defaults.timeout(LONGEST)).map_err(AuthError::Other)?;
        Ok(self.http.get_or_init(|| made).clone())
    }

    /// An address on the accounts server, if it has that one. An invalid one is not repeated, because it may contain a password.
    pub(super) fn endpoint(&self, path: Option<&str>) -> Result<Url, AuthError> {
        let path = path.ok_or_else(|| AuthError::Other(format!("{NAME} has no such request for tokens")))?;
        let refused = |reason: &str| {
            let usual = DataCentre::default().accounts_url();
            let advice = format!("set `accounts_url` to one such as {usual}");
            AuthError::Other(format!("the address of the accounts server {reason}; {advice}"))
        };
        let base = self.accounts_url.trim_end_matches('/');
        let url: Url = format!("{base}{path}").parse().map_err(|_| refused("is invalid"))?;
        if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
            return Err(refused("is not http:// or https://"));
        }
        let plain = refuse_plain_http(&url, self.plain_http, "OauthClient::allow_plain_http");
        plain.map_err(|reason| AuthError::Other(format!("the address of the accounts server {reason}")))?;
        Ok(url)
    }
}

impl fmt::Debug for OauthClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OauthClient")
            .field("id", &self.id)
            .field("redirect_uri", &shown(&self.redirect_uri))
            .field("accounts_url", &shown(&self.accounts_url))
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_in_an_address_is_not_shown() {
        for address in ["https://person:hidden@accounts.example", "ftp://:hidden@x", "http://:hidden@x", "hidden"] {
            let client = OauthClient::new("1000.ID", "hidden").accounts_url(address).redirect_uri(address);
            let shown =
                format!("{client:?} {:?}", client.endpoint(Some("/hidden")).map_err(|error| error.to_string()).err());
            assert!(!shown.contains("hidden"), "{shown}");
        }
    }

    #[test]
    fn plain_http_to_another_computer_needs_a_word() {
        let client = OauthClient::new("1000.ID", "x").accounts_url("http://accounts.example");
        let error = client.endpoint(Some("/oauth")).map_err(|error| error.to_string()).err().unwrap_or_default();
        assert!(error.contains("accounts.example") && error.contains("`OauthClient::allow_plain_http`"), "{error}");
        assert!(client.allow_plain_http().endpoint(Some("/oauth")).is_ok());
        assert!(OauthClient::new("1000.ID", "x").accounts_url("http://127.0.0.1:80").endpoint(Some("/oauth")).is_ok());
    }
}
