//! The accounts server: sign-in, tokens and their ends.

mod client;
mod consent;
mod enhance;
mod exchange;
mod form;
mod log;
mod pkce;
mod refresh;
pub(crate) mod tokens;

use std::collections::HashMap;
use std::fmt;
use std::time::Duration;

use serde_json::{Value, json};

use crate::accounts::tokens::Tokens;
use crate::exchange::incoming::Incoming;
use crate::exchange::reply::Reply;

pub use client::OauthClient;
pub(crate) use consent::Decision;
use consent::{Enhancement, Pending};
use form::Form;
pub use log::TokenRequest;
use refresh::RefreshToken;

/// How long an access token lives.
const LIFE: Duration = Duration::from_secs(3600);

/// The path under which everything here lies.
const BASE: &str = "/oauth/";

/// The accounts server's state.
#[derive(Default)]
pub(crate) struct Accounts {
    clients: HashMap<String, OauthClient>,
    pending: HashMap<String, Pending>,
    enhancements: HashMap<String, Enhancement>,
    /// In the order of their making.
    refresh_tokens: Vec<RefreshToken>,
    refreshes: usize,
}

/// Shows only numbers: everything else is secret.
impl fmt::Debug for Accounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (clients, tokens) = (self.clients.len(), self.refresh_tokens.len());
        write!(f, "Accounts({clients} clients, {tokens} refresh tokens, {} refreshes)", self.refreshes)
    }
}

/// The data used to serve a request.
pub(crate) struct Around<'a> {
    pub(crate) now: Duration,
    /// The server's own address.
    pub(crate) url: &'a str,
    pub(crate) tokens: &'a mut Tokens,
}

/// Why no token is given: the texts are Zoho's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Denied {
    TooManyTokens,
    InvalidClient,
    InvalidClientSecret,
    InvalidCode,
    InvalidRedirectUri,
    InvalidScope,
    InvalidToken,
    UnsupportedGrantType,
}

impl Denied {
    fn text(self) -> &'static str {
        match self {
            Self::TooManyTokens => "Access Denied",
            Self::InvalidClient => "invalid_client",
            Self::InvalidClientSecret => "invalid_client_secret",
            Self::InvalidCode => "invalid_code",
            Self::InvalidRedirectUri => "invalid_redirect_uri",
            Self::InvalidScope => "invalid_scope",
            Self::InvalidToken => "invalid_token",
            Self::UnsupportedGrantType => "unsupported_grant_type",
        }
    }
}

/// The kinds of requests to the accounts server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Endpoint {
    Auth,
    Token,
    Revoke,
    ScopeEnhance,
    AddExtraScope,
}

impl Endpoint {
    /// Whether a path belongs to the accounts server.
    pub(crate) fn has(path: &str) -> bool {
        path.starts_with(BASE)
    }

    /// None for a path that leads nowhere.
    pub(crate) fn of(path: &str) -> Option<Self> {
        match path {
            "/oauth/v2/auth" => Some(Self::Auth),
            "/oauth/v2/token" => Some(Self::Token),
            "/oauth/v2/token/revoke" => Some(Self::Revoke),
            "/oauth/v2/token/scopeenhance" => Some(Self::ScopeEnhance),
            "/oauth/v2/token/addextrascope" => Some(Self::AddExtraScope),
            _ => None,
        }
    }

    fn method(self) -> &'static str {
        match self {
            Self::Auth | Self::AddExtraScope => "GET",
            Self::Token | Self::Revoke | Self::ScopeEnhance => "POST",
        }
    }
}

impl Accounts {
    /// Answers a request; if a person would be asked, this is their decision.
    pub(crate) fn serve(&mut self, incoming: &Incoming, decision: Decision, around: Around<'_>) -> Reply {
        let Some(endpoint) = Endpoint::of(&incoming.path) else { return Reply::page(404, "Not Found") };
        if incoming.method != endpoint.method() {
            return Reply::page(400, "Bad Request");
        }
        let form = Form::of(incoming);
        let answer = match endpoint {
            Endpoint::Auth => return shown(self.authorize(&form, decision, &around)),
            Endpoint::AddExtraScope => return shown(self.add_scopes(&form, decision, around)),
            Endpoint::Token => self.token(&form, around),
            Endpoint::ScopeEnhance => self.enhancement(&form, &around),
            Endpoint::Revoke => match form.get("token").is_some_and(|token| self.revoke(token, around.tokens)) {
                true => Ok(json!({ "status": "success" })),
                false => Err(Denied::InvalidToken),
            },
        };
        Reply::json(200, &answer.unwrap_or_else(|denied| json!({ "error": denied.text() })))
    }

    fn token(&mut self, form: &Form, around: Around<'_>) -> Result<Value, Denied> {
        let client = self.client(form)?;
        match form.get("grant_type") {
            Some("authorization_code") => self.exchange(&client, form, around),
            Some("refresh_token") => self.refresh(&client, form, around),
            Some("update_scopes_token") => self.widen(&client, form, around),
            _ => Err(Denied::UnsupportedGrantType),
        }
    }

    /// The number of refreshes that returned a token.
    pub(crate) fn refreshes(&self) -> usize {
        self.refreshes
    }
}

/// A person is redirected, or sees an error.
fn shown(outcome: Result<String, &'static str>) -> Reply {
    match outcome {
        Ok(location) => Reply::redirect(&location),
        Err(problem) => Reply::page(200, problem),
    }
}
