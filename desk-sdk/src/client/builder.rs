//! How a client is configured.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::credentials::Credentials;
use super::organization::Organization;
use super::{Client, Shared};
use crate::operation::Risk;
use crate::record::Decoding;
use crate::scope::{GrantedScopes, ScopeCheck};
use crate::value::Id;
use crate::{Error, Result};

const UNITED_STATES: &str = "https://desk.zoho.com";

/// Configures a [`Client`].
#[derive(Default)]
#[must_use]
pub struct ClientBuilder {
    access_token: Option<String>,
    base_url: Option<String>,
    organization: Option<Id>,
    granted: Option<GrantedScopes>,
    scope_check: ScopeCheck,
    max_risk: Option<Risk>,
    decoding: Decoding,
    http: Option<reqwest::Client>,
}

impl ClientBuilder {
    /// The access token that calls are made with. Needed.
    pub fn access_token(mut self, token: impl Into<String>) -> Self {
        self.access_token = Some(token.into());
        self
    }

    /// The organization that calls are made for. Without one, it is discovered at the first call
    /// that needs it: the first organization of the token's user.
    pub fn organization(mut self, id: impl Into<Id>) -> Self {
        self.organization = Some(id.into());
        self
    }

    /// The scopes that the token was granted, as its exchange told them. Without them the client
    /// cannot check scopes, and lets every call through.
    pub fn scopes<S: AsRef<str>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.granted = Some(GrantedScopes::new(scopes));
        self
    }

    /// What is done about missing scopes. By default such calls are refused.
    pub fn scope_check(mut self, check: ScopeCheck) -> Self {
        self.scope_check = check;
        self
    }

    /// The most that calls may do to data. By default everything is allowed;
    /// [`Risk::Safe`] makes a client that only reads.
    pub fn max_risk(mut self, risk: Risk) -> Self {
        self.max_risk = Some(risk);
        self
    }

    /// What is done with values that do not fit their declared type. By default such an answer
    /// is an error.
    pub fn decoding(mut self, decoding: Decoding) -> Self {
        self.decoding = decoding;
        self
    }

    /// The address of Desk, such as `https://desk.zoho.eu` for the European data centre. The
    /// default is `https://desk.zoho.com`.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// The HTTP client that calls go through, for proxies, timeouts and the like. It should not
    /// follow redirects to other hosts with the token.
    pub fn http_client(mut self, http: reqwest::Client) -> Self {
        self.http = Some(http);
        self
    }

    /// The client.
    ///
    /// # Errors
    ///
    /// [`Error::Configuration`] when the token is missing or the address is none.
    pub fn build(self) -> Result<Client> {
        let missing = || Error::Configuration("it needs an access token; give one with `access_token`".to_owned());
        let credentials = Credentials::access_token(&self.access_token.ok_or_else(missing)?)?;
        let address = self.base_url.as_deref().unwrap_or(UNITED_STATES);
        let base_url = address
            .parse::<reqwest::Url>()
            .ok()
            .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
            .ok_or_else(|| Error::Configuration(format!("{address:?} is no address such as {UNITED_STATES}")))?;
        let http = match self.http {
            Some(http) => http,
            None => default_http()?,
        };
        Ok(Client {
            shared: Arc::new(Shared {
                http,
                base_url,
                credentials,
                organization: Organization::new(self.organization),
                granted: self.granted,
                scope_check: self.scope_check,
                max_risk: self.max_risk.unwrap_or(Risk::Destructive),
                decoding: self.decoding,
            }),
        })
    }
}

fn default_http() -> Result<reqwest::Client> {
    reqwest::Client::builder()
        .user_agent(concat!("desk-sdk/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(Duration::from_secs(10))
        .read_timeout(Duration::from_secs(60))
        // Desk does not redirect calls; following one could carry the token to another host.
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .map_err(|error| Error::Configuration(error.to_string()))
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("access_token", &self.access_token.as_ref().map(|_| "hidden"))
            .field("base_url", &self.base_url)
            .field("organization", &self.organization)
            .field("scopes", &self.granted)
            .field("scope_check", &self.scope_check)
            .field("max_risk", &self.max_risk)
            .finish_non_exhaustive()
    }
}
