//! More scopes for an existing token: Zoho's incremental authorization.

use std::fmt;

use secrecy::{ExposeSecret as _, SecretString};

use super::{AuthError, OauthClient, TokenStore, accounts};
use crate::address::query_value;
use crate::generated::api::ACCOUNTS;
use crate::scope::ScopeSet;
use crate::secrets::Secrets;

/// A request for scopes in addition to those granted before. The refresh token stays the same, and the person only has
/// to consent to the new scopes. Running clients learn of the new scopes when their access token is renewed; new
/// clients know them at once.
///
/// [`MissingScopes::missing`](crate::MissingScopes::missing) says which scopes a call lacks.
pub struct ScopeAddition {
    url: String,
    permit: SecretString,
    scopes: Vec<String>,
}

impl ScopeAddition {
    /// Requests these scopes for the token in the store.
    ///
    /// # Errors
    ///
    /// If no refresh token is stored, and if the accounts server or the store refuses.
    pub async fn begin<S: AsRef<str>>(
        client: &OauthClient,
        store: &dyn TokenStore,
        scopes: impl IntoIterator<Item = S>,
    ) -> Result<Self, AuthError> {
        let stored = store.load().await?.unwrap_or_default();
        let refresh_token = stored.refresh_token.ok_or(AuthError::NotSignedIn)?;
        let permit = accounts::enhance(client, &refresh_token).await?;
        let scopes: Vec<String> = scopes.into_iter().map(|scope| scope.as_ref().to_owned()).collect();
        let mut url = client.endpoint(ACCOUNTS.and_then(|server| server.add_scopes))?;
        url.query_pairs_mut().extend_pairs([
            ("response_type", "update_scopes"),
            ("client_id", &client.id),
            ("redirect_uri", &client.redirect_uri),
            ("scope", &scopes.join(ACCOUNTS.map_or(" ", |server| server.scope_separator))),
            ("enhance_token", permit.expose_secret()),
            ("logout", "true"),
        ]);
        Ok(Self { url: url.into(), permit, scopes })
    }

    /// Where the person gives consent, within ten minutes. The address contains a permit that is valid for that time,
    /// so show it only to that person.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Stores what was granted, from the address that the person was redirected to. The access token in use does not
    /// have the new scopes yet, so the next call gets another one.
    ///
    /// # Errors
    ///
    /// If the address says that the person did not consent, and if the store fails.
    pub async fn finish(self, back: &str, store: &dyn TokenStore) -> Result<ScopeSet, AuthError> {
        let address: reqwest::Url =
            back.parse().map_err(|_| AuthError::NoConsent { reason: "no valid address came back".to_owned() })?;
        let value = |key: &str| query_value(&address, key);
        if value("status").as_deref() != Some("success") || value("scope_enhanced").as_deref() != Some("true") {
            let reason = value("error").or(value("status")).unwrap_or_else(|| "no confirmation came back".to_owned());
            return Err(AuthError::NoConsent { reason: Secrets::new([self.permit]).excerpt(reason.as_bytes()) });
        }
        let mut lock = store.lock().await?;
        let mut stored = lock.load().await?.unwrap_or_default();
        let before = stored.scopes.take();
        let before = before.iter().flat_map(ScopeSet::iter);
        let granted = ScopeSet::new(before.chain(self.scopes.iter().map(String::as_str)));
        stored.scopes = Some(granted.clone());
        stored.access_token = None;
        stored.expires_at = None;
        lock.save(&stored).await?;
        Ok(granted)
    }
}

/// Leaves out the address, which contains the permit.
impl fmt::Debug for ScopeAddition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ScopeAddition").field("scopes", &self.scopes).finish_non_exhaustive()
    }
}
