//! Programs that were registered in the API console.

use std::fmt;

use super::form::Form;
use super::{Accounts, Denied};
use crate::common::mint::mint;

/// A registered program.
#[derive(Clone, PartialEq, Eq)]
pub struct OauthClient {
    /// The client id.
    pub id: String,
    /// The client secret.
    pub secret: String,
    /// The one address that people are sent back to.
    pub redirect_uri: String,
}

/// The secret is left out.
impl fmt::Debug for OauthClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OauthClient")
            .field("id", &self.id)
            .field("secret", &"***")
            .field("redirect_uri", &self.redirect_uri)
            .finish()
    }
}

impl Accounts {
    pub(crate) fn register(&mut self, redirect_uri: String) -> OauthClient {
        // An id is no secret, and has another form than one.
        let minted = mint().to_uppercase();
        let id = minted.rsplit_once('.').map_or_else(|| minted.clone(), |(start, end)| format!("{start}{end}"));
        let client = OauthClient { id, secret: mint(), redirect_uri };
        self.clients.insert(client.id.clone(), client.clone());
        client
    }

    /// The id of the program that sent a form, once its secret has been checked.
    pub(super) fn client(&self, form: &Form) -> Result<String, Denied> {
        let known = form.get("client_id").and_then(|id| self.clients.get(id)).ok_or(Denied::InvalidClient)?;
        match form.get("client_secret") {
            Some(secret) if secret == known.secret => Ok(known.id.clone()),
            _ => Err(Denied::InvalidClientSecret),
        }
    }
}
