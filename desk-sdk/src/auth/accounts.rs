//! The accounts server: the exchange of codes and refresh tokens for access tokens.

use std::fmt;
use std::time::Duration;

use reqwest::Url;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;

use super::{AuthError, OauthClient, TokenType};
use crate::generated::api::{ACCOUNTS, NAME};
use crate::http_body::{BodyError, read_limited};
use crate::scope::ScopeSet;
use crate::secrets::Secrets;

/// The time limit of a request: others wait while someone refreshes.
pub(super) const LONGEST: Duration = Duration::from_secs(30);

/// The largest answer that is read; a real one has a few hundred bytes.
const LARGEST: usize = 1024 * 1024;

/// The result of a successful exchange.
pub(super) struct Issued {
    pub(super) access_token: SecretString,
    pub(super) refresh_token: Option<SecretString>,
    pub(super) scopes: Option<ScopeSet>,
    pub(super) api_domain: Option<String>,
    pub(super) expires_in: Option<Duration>,
    pub(super) token_type: TokenType,
}

impl fmt::Debug for Issued {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Issued(hidden)")
    }
}

/// Exchanges a grant code, once. One that came back from a consent belongs to a redirect address, and to the verifier
/// that was made for it; one from the API console to neither.
pub(super) async fn exchange(
    client: &OauthClient,
    code: &SecretString,
    verifier: Option<&SecretString>,
) -> Result<Issued, AuthError> {
    let mut form = vec![("grant_type", "authorization_code"), ("code", code.expose_secret())];
    if let Some(verifier) = verifier {
        form.extend([("redirect_uri", client.redirect_uri.as_str()), ("code_verifier", verifier.expose_secret())]);
    }
    issue(client, form).await
}

/// Gets another access token.
pub(super) async fn refresh(client: &OauthClient, token: &SecretString) -> Result<Issued, AuthError> {
    issue(client, vec![("grant_type", "refresh_token"), ("refresh_token", token.expose_secret())]).await
}

/// Gets a permit to ask for more scopes.
pub(super) async fn enhance(client: &OauthClient, token: &SecretString) -> Result<SecretString, AuthError> {
    let form = [
        ("grant_type", "update_scopes_token"),
        ("refresh_token", token.expose_secret()),
        ("client_id", &client.id),
        ("client_secret", client.secret.expose_secret()),
    ];
    let (status, answer) = post(client, client.endpoint(ACCOUNTS.and_then(|server| server.enhance))?, &form).await?;
    let permit = answer.get("access_token").and_then(Value::as_str).map(SecretString::from);
    permit.ok_or_else(|| AuthError::Refused { status, message: "the answer has no permit".to_owned() })
}

/// Revokes a token.
pub(super) async fn revoke(client: &OauthClient, token: &SecretString) -> Result<(), AuthError> {
    let url = client.endpoint(ACCOUNTS.and_then(|server| server.revoke))?;
    // The token goes in the body, because addresses end up in logs.
    post(client, url, &[("token", token.expose_secret())]).await.map(|_| ())
}

async fn issue(client: &OauthClient, mut form: Vec<(&str, &str)>) -> Result<Issued, AuthError> {
    form.extend([("client_id", client.id.as_str()), ("client_secret", client.secret.expose_secret())]);
    let url = client.endpoint(ACCOUNTS.map(|server| server.token))?;
    let known = secrets(&url, &form);
    let (status, answer) = post(client, url, &form).await?;
    let text = |key: &str| answer.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
    let Some(access_token) = text("access_token") else {
        let message = "the answer has no access token".to_owned();
        return Err(AuthError::Refused { status, message });
    };
    // These are shown, so the new token must not be among them.
    let known = known.and(access_token.into());
    let shown = |key: &str| text(key).map(|text| known.text(text.to_owned()));
    let seconds = match answer.get("expires_in") {
        Some(Value::Number(number)) => number.as_u64(),
        Some(Value::String(text)) => text.parse().ok(),
        _ => None,
    };
    Ok(Issued {
        access_token: access_token.into(),
        refresh_token: text("refresh_token").map(SecretString::from),
        scopes: shown("scope").as_deref().map(ScopeSet::parse),
        api_domain: shown("api_domain"),
        expires_in: seconds.map(Duration::from_secs),
        token_type: text("token_type").map(token_type).unwrap_or_default(),
    })
}

/// An unknown type is not shown: the answer may come from anybody.
fn token_type(name: &str) -> TokenType {
    TokenType::from_name(name).unwrap_or_else(|| {
        tracing::warn!(
            "the accounts server issued a token of a type that {NAME} does not accept; it is used as its own type"
        );
        TokenType::default()
    })
}

/// Posts a form and reads the answer. Most errors come with status 200.
async fn post(client: &OauthClient, url: Url, form: &[(&str, &str)]) -> Result<(u16, Value), AuthError> {
    let known = secrets(&url, form);
    let request = client.http()?.post(url).timeout(LONGEST).body(form_body(form));
    let request = request.header("Content-Type", "application/x-www-form-urlencoded");
    let mut response = request.send().await.map_err(lost)?;
    let status = response.status();
    let body = read_limited(&mut response, LARGEST).await.map_err(|error| match error {
        BodyError::Lost(error) => lost(error),
        BodyError::TooLarge => AuthError::Refused {
            status: status.as_u16(),
            message: format!("the answer is larger than {LARGEST} bytes"),
        },
    })?;
    let answer: Value = serde_json::from_slice(&body).unwrap_or_default();
    let refused = |body: &[u8]| AuthError::Refused { status: status.as_u16(), message: known.excerpt(body) };
    match answer.get("error").and_then(Value::as_str) {
        Some("invalid_code") => Err(AuthError::InvalidCode),
        Some("invalid_client") => Err(AuthError::InvalidClient),
        Some("invalid_client_secret") => Err(AuthError::InvalidClientSecret),
        Some(denied) if denied.eq_ignore_ascii_case("access denied") => Err(AuthError::Throttled),
        Some(other) => Err(refused(other.as_bytes())),
        None if status.is_success() && answer.is_object() => Ok((status.as_u16(), answer)),
        None => Err(refused(&body)),
    }
}

/// The secrets that are sent to the accounts server and may come back.
fn secrets(url: &Url, form: &[(&str, &str)]) -> Secrets {
    const FIELDS: [&str; 5] = ["client_secret", "code", "code_verifier", "refresh_token", "token"];
    let sent = form.iter().filter(|(name, _)| FIELDS.contains(name)).map(|(_, value)| *value);
    Secrets::new(sent.chain(url.password()).map(SecretString::from))
}

fn lost(error: reqwest::Error) -> AuthError {
    AuthError::Transport(error.into())
}

fn form_body(form: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish()
}
