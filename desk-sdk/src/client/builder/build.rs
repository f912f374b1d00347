//! Builds a client, if its settings are valid.

use std::sync::Arc;

use reqwest::Url;
use secrecy::{ExposeSecret as _, SecretString};

use super::{ClientBuilder, Http, Tokens};
use crate::address::refuse_plain_http;
use crate::auth::{AccessToken, DataCentre, FixedToken, TokenProvider};
use crate::client::authorization::Authorization;
use crate::client::credits::CreditMeter;
use crate::client::limit::Limiter;
use crate::client::organization::Organization;
use crate::client::{Carrier, Client, Shared};
use crate::error::{Error, Result};
use crate::generated::api::ORGANIZATION;
use crate::http_defaults::http_client;

impl ClientBuilder {
    /// Builds the client.
    ///
    /// # Errors
    ///
    /// [`Error::Configuration`] if the token is missing or the address is invalid.
    pub fn build(self) -> Result<Client> {
        let provider: Arc<dyn TokenProvider> = match self.tokens {
            Some(Tokens::Provider(provider)) => provider,
            Some(Tokens::Given(token)) => Arc::new(FixedToken::new(AccessToken::new(checked(&token)?))),
            None => {
                let reason = "it needs a token; set `access_token` or `token_provider`";
                return Err(Error::Configuration(reason.to_owned()));
            }
        };
        let base_url = self.base_url.as_deref().map(address).transpose()?;
        if let Some(url) = &base_url {
            let plain = refuse_plain_http(url, self.plain_http, "ClientBuilder::allow_plain_http");
            plain.map_err(|reason| Error::Configuration(format!("the base address {reason}")))?;
        }
        let digits = ORGANIZATION.is_some_and(|named| named.digits);
        if digits && self.organization.as_ref().is_some_and(|id| !id.is_digits()) {
            return Err(Error::Configuration("the organization's id must consist of digits".to_owned()));
        }
        // Making an HTTP client reads the system's certificates, which takes longer than some programs run.
        let carrier = match (self.transport, self.http) {
            (Some(transport), _) => Carrier::Transport(transport),
            (None, Http::Given(http)) => Carrier::Http(http),
            (None, Http::Adjusted(adjust)) => Carrier::Http(http_client(adjust).map_err(Error::Configuration)?),
        };
        Ok(Client {
            organization: Arc::new(Organization::new(self.organization)),
            shared: Arc::new(Shared {
                carrier,
                base_url,
                provider,
                authorization: Authorization::default(),
                clock: self.clock,
                granted: self.granted,
                scope_check: self.scope_check,
                max_risk: self.max_risk,
                unchecked: self.unchecked,
                said_unknown: std::sync::Once::new(),
                decoding: self.decoding,
                largest_answer: self.largest_answer,
                retry: self.retry,
                limiter: Limiter::new(self.simultaneous_calls),
                credits: CreditMeter::new(),
                credit_floor: self.credit_floor,
                wait_for_credits: self.wait_for_credits,
            }),
        })
    }
}

/// A token that can be sent in a header.
fn checked(token: &SecretString) -> Result<SecretString> {
    let text = token.expose_secret().trim();
    if text.is_empty() {
        return Err(Error::Configuration("the access token is empty".to_owned()));
    }
    if !text.chars().all(|c| c.is_ascii_graphic()) {
        return Err(Error::Configuration("the access token has invalid characters".to_owned()));
    }
    Ok(text.into())
}

/// An address of Desk. An invalid one is not repeated, because it may contain a password.
pub(super) fn address(text: &str) -> Result<Url> {
    let refused = |reason: &str| {
        let usual = DataCentre::default().desk_url();
        Error::Configuration(format!("the base address {reason}; use one such as {usual}"))
    };
    let url: Url = text.parse().map_err(|_| refused("is invalid"))?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return Err(refused("is not http:// or https://"));
    }
    if !url.username().is_empty() || url.password().is_some() || url.query().is_some() || url.fragment().is_some() {
        return Err(refused("has a user, a password, a query or a fragment"));
    }
    Ok(url)
}
