//! From a code to tokens.

use serde_json::{Value, json};

use super::form::Form;
use super::refresh::RefreshToken;
use super::{Accounts, Around, Denied, LIFE, pkce};
use crate::accounts::tokens::Grant;

impl Accounts {
    pub(super) fn exchange(&mut self, client: &str, form: &Form, around: Around<'_>) -> Result<Value, Denied> {
        let code = form.get("code").ok_or(Denied::InvalidCode)?;
        let pending = self.pending.get(code).filter(|pending| pending.client == client && around.now < pending.ends);
        let pending = pending.ok_or(Denied::InvalidCode)?;
        if form.get("redirect_uri") != pending.redirect_uri.as_deref() {
            return Err(Denied::InvalidRedirectUri);
        }
        if !pkce::suits(pending.challenge.as_deref(), form.get("code_verifier")) {
            return Err(Denied::InvalidCode);
        }
        let pending = self.pending.remove(code).ok_or(Denied::InvalidCode)?;
        let scope = pending.scopes.join(" ");
        let mut answer = json!({
            "scope": scope,
            "api_domain": around.url,
            "token_type": "Bearer",
            "expires_in": LIFE.as_secs(),
        });
        let (now, tokens) = (around.now, around.tokens);
        if pending.offline {
            let mut token = RefreshToken::new(pending.client, pending.scopes);
            answer["access_token"] = Value::String(token.issue(now, tokens));
            answer["refresh_token"] = Value::String(token.text().to_owned());
            self.keep(token, tokens);
        } else {
            let grant = Grant { scopes: pending.scopes };
            answer["access_token"] = Value::String(tokens.issue_until(grant, now.saturating_add(LIFE)));
        }
        Ok(answer)
    }
}
