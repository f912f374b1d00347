//! The accounts server: the exchange of codes and refresh tokens for access tokens.

use std::fmt;
use std::time::Duration;

use reqwest::Url;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;

use super::{AuthError, DataCentre};
use crate::http_defaults::http_defaults;
use crate::scope::GrantedScopes;

/// A client as it is registered with the accounts server.
#[derive(Clone, Debug)]
pub struct OauthClient {
    pub(super) id: String,
    pub(super) secret: SecretString,
    pub(super) redirect_uri: String,
    pub(super) accounts_url: String,
}

impl OauthClient {
    /// A registered client, in the data centre of the United States unless told otherwise.
    pub fn new(id: impl Into<String>, secret: impl Into<SecretString>) -> Self {
        Self {
            id: id.into(),
            secret: secret.into(),
            redirect_uri: "http://localhost:8080/".to_owned(),
            accounts_url: DataCentre::default().accounts_url(),
        }
    }

    /// The address that was registered for codes; `http://localhost:8080/` unless told otherwise.
    #[must_use]
    pub fn redirect_uri(mut self, address: impl Into<String>) -> Self {
        self.redirect_uri = address.into();
        self
    }

    /// The data centre that the client is registered in.
    #[must_use]
    pub fn data_centre(self, centre: DataCentre) -> Self {
        self.accounts_url(centre.accounts_url())
    }

    /// Another accounts server, for tests and gateways.
    #[must_use]
    pub fn accounts_url(mut self, url: impl Into<String>) -> Self {
        self.accounts_url = url.into();
        self
    }

    /// An address on the accounts server.
    pub(super) fn endpoint(&self, path: &str) -> Result<Url, AuthError> {
        let base = self.accounts_url.trim_end_matches('/');
        format!("{base}{path}")
            .parse()
            .map_err(|_| AuthError::Other(format!("{base:?} is no address of an accounts server")))
    }
}

/// What a successful exchange gives.
pub(super) struct Issued {
    pub(super) access_token: SecretString,
    pub(super) refresh_token: Option<SecretString>,
    pub(super) scopes: Option<GrantedScopes>,
    pub(super) api_domain: Option<String>,
    pub(super) expires_in: Option<Duration>,
}

impl fmt::Debug for Issued {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Issued(hidden)")
    }
}

/// An HTTP client that gives up in time: whoever refreshes keeps others waiting.
pub(super) fn default_http() -> reqwest::Client {
    // Without TLS there is no client at all; the default one then says so in its own words.
    http_defaults().timeout(Duration::from_secs(30)).build().unwrap_or_default()
}

/// Exchanges a grant code, once.
pub(super) async fn exchange(
    http: &reqwest::Client,
    client: &OauthClient,
    code: &SecretString,
    verifier: Option<&SecretString>,
) -> Result<Issued, AuthError> {
    let mut form = vec![
        ("grant_type", "authorization_code"),
        ("redirect_uri", &client.redirect_uri),
        ("code", code.expose_secret()),
    ];
    form.extend(verifier.map(|verifier| ("code_verifier", verifier.expose_secret())));
    issue(http, client, form).await
}

/// Makes another access token.
pub(super) async fn refresh(
    http: &reqwest::Client,
    client: &OauthClient,
    token: &SecretString,
) -> Result<Issued, AuthError> {
    issue(http, client, vec![("grant_type", "refresh_token"), ("refresh_token", token.expose_secret())]).await
}

/// Gets a permit to ask for more scopes.
pub(super) async fn enhance(
    http: &reqwest::Client,
    client: &OauthClient,
    token: &SecretString,
) -> Result<SecretString, AuthError> {
    let form = [
        ("grant_type", "update_scopes_token"),
        ("refresh_token", token.expose_secret()),
        ("client_id", &client.id),
        ("client_secret", client.secret.expose_secret()),
    ];
    let (status, answer) = post(http, client.endpoint("/oauth/v2/token/scopeenhance")?, &form).await?;
    let permit = answer.get("access_token").and_then(Value::as_str).map(SecretString::from);
    permit.ok_or_else(|| AuthError::Refused { status, message: "the answer has no permit".to_owned() })
}

/// Ends a token.
pub(super) async fn revoke(
    http: &reqwest::Client,
    client: &OauthClient,
    token: &SecretString,
) -> Result<(), AuthError> {
    let url = client.endpoint("/oauth/v2/token/revoke")?;
    // The token goes into the body, because addresses end up in logs.
    post(http, url, &[("token", token.expose_secret())]).await.map(|_| ())
}

async fn issue(http: &reqwest::Client, client: &OauthClient, mut form: Vec<(&str, &str)>) -> Result<Issued, AuthError> {
    form.extend([("client_id", client.id.as_str()), ("client_secret", client.secret.expose_secret())]);
    let (status, answer) = post(http, client.endpoint("/oauth/v2/token")?, &form).await?;
    let text = |key: &str| answer.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
    let Some(access_token) = text("access_token") else {
        let message = "the answer has no access token".to_owned();
        return Err(AuthError::Refused { status, message });
    };
    let seconds = match answer.get("expires_in") {
        Some(Value::Number(number)) => number.as_u64(),
        Some(Value::String(text)) => text.parse().ok(),
        _ => None,
    };
    Ok(Issued {
        access_token: access_token.into(),
        refresh_token: text("refresh_token").map(SecretString::from),
        scopes: text("scope").map(GrantedScopes::parse),
        api_domain: text("api_domain").map(str::to_owned),
        expires_in: seconds.map(Duration::from_secs),
    })
}

/// Posts a form and reads the answer. Most errors come with status 200.
async fn post(http: &reqwest::Client, url: Url, form: &[(&str, &str)]) -> Result<(u16, Value), AuthError> {
    let body = form_body(form);
    let request = http.post(url).header("Content-Type", "application/x-www-form-urlencoded").body(body);
    let response = request.send().await.map_err(lost)?;
    let status = response.status();
    let body = response.bytes().await.map_err(lost)?;
    let answer: Value = serde_json::from_slice(&body).unwrap_or_default();
    match answer.get("error").and_then(Value::as_str) {
        Some("invalid_code") => Err(AuthError::InvalidCode),
        Some("invalid_client") => Err(AuthError::InvalidClient),
        Some("invalid_client_secret") => Err(AuthError::InvalidClientSecret),
        Some(denied) if denied.eq_ignore_ascii_case("access denied") => Err(AuthError::Throttled),
        Some(other) => {
            Err(AuthError::Refused { status: status.as_u16(), message: crate::error::excerpt(other.as_bytes()) })
        }
        None if status.is_success() && answer.is_object() => Ok((status.as_u16(), answer)),
        None => Err(AuthError::Refused { status: status.as_u16(), message: crate::error::excerpt(&body) }),
    }
}

/// A value that an address carries behind its question mark.
pub(super) fn query_value(address: &Url, key: &str) -> Option<String> {
    address.query_pairs().find(|(name, _)| name == key).map(|(_, value)| value.into_owned())
}

fn lost(error: reqwest::Error) -> AuthError {
    AuthError::Transport(error.without_url())
}

/// Pairs as a form; the encoding is that of a query.
fn form_body(form: &[(&str, &str)]) -> String {
    let mut url = Url::parse("http://form").unwrap_or_else(|_| unreachable!("a constant address"));
    url.query_pairs_mut().extend_pairs(form);
    url.query().unwrap_or_default().to_owned()
}
