//! More scopes for a refresh token: Zoho's incremental authorization.
//!
//! Zoho's way has two steps: a program gets a token for asking (`scopeenhance`), and sends the person to a page with it
//! (`addextrascope`); the refresh token stays the same and has the scopes once they accept.

use std::time::Duration;

use serde_json::{Value, json};

use super::consent::Enhancement;
use super::form::Form;
use super::{Accounts, Around, Denied};
use crate::common::mint::mint;

/// How long the person may be asked.
const LIFE: Duration = Duration::from_secs(600);

impl Accounts {
    /// The token for asking.
    pub(super) fn enhancement(&mut self, form: &Form, around: &Around<'_>) -> Result<Value, Denied> {
        let client = self.client(form)?;
        if form.get("grant_type") != Some("update_scopes_token") {
            return Err(Denied::InvalidCode);
        }
        let refresh_token = self.named(&client, form)?.text().to_owned();
        let token = mint();
        let ends = around.now.saturating_add(LIFE);
        self.enhancements.insert(token.clone(), Enhancement { client, refresh_token, ends });
        Ok(json!({ "access_token": token, "token_type": "Bearer", "expires_in": LIFE.as_secs() }))
    }

    /// The short way, for tests that do not care for the person: the scopes are added at once.
    pub(super) fn widen(&mut self, client: &str, form: &Form, around: Around<'_>) -> Result<Value, Denied> {
        let scopes = form.scopes().ok_or(Denied::InvalidScope)?;
        let token = self.named(client, form)?;
        token.widen(scopes, around.tokens);
        Ok(json!({
            "access_token": token.issue(around.now, around.tokens),
            "scope": token.scope(),
            "api_domain": around.url,
            "token_type": "Bearer",
            "expires_in": super::LIFE.as_secs(),
        }))
    }
}
