//! The pages that a person sees: the consent form, and the redirect that follows.

use std::time::Duration;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::form::Form;
use super::{Accounts, Around};
use crate::common::mint::mint;

/// How long a code may be exchanged.
const CODE_LIFE: Duration = Duration::from_secs(60);

/// The same for one that was made in the API console, where three minutes are the usual choice.
const CONSOLE_CODE_LIFE: Duration = Duration::from_secs(3 * 60);

/// The location of the data centre.
const LOCATION: &str = "us";

/// The person's decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Decision {
    Accept,
    Refuse,
}

/// A consent that was given; its code is not exchanged yet.
pub(super) struct Pending {
    pub(super) client: String,
    /// None: it was given in the API console.
    pub(super) redirect_uri: Option<String>,
    pub(super) scopes: Vec<String>,
    /// Whether a refresh token comes with the access token.
    pub(super) offline: bool,
    /// Of S256.
    pub(super) challenge: Option<String>,
    pub(super) ends: Duration,
}

/// A person may be asked for more scopes of a refresh token.
pub(super) struct Enhancement {
    pub(super) client: String,
    pub(super) refresh_token: String,
    pub(super) ends: Duration,
}

impl Accounts {
    /// Where the person is redirected after deciding, or the fault in the request.
    pub(super) fn authorize(
        &mut self,
        form: &Form,
        decision: Decision,
        around: &Around<'_>,
    ) -> Result<String, &'static str> {
        let (client, redirect_uri) = self.registered(form)?;
        if form.get("response_type") != Some("code") {
            return Err("Invalid Response Type");
        }
        let scopes = form.scopes().ok_or("Invalid OAuth Scope")?;
        let offline = match form.get("access_type") {
            Some("offline") => true,
            None | Some("online") => false,
            Some(_) => return Err("Invalid Access Type"),
        };
        let challenge = form.get("code_challenge").map(str::to_owned);
        if challenge.is_some() && form.get("code_challenge_method") != Some("S256") {
            return Err("Invalid Code Challenge Method");
        }
        let state = form.get("state").map(|state| ("state", state));
        if decision == Decision::Refuse {
            return Ok(address(&redirect_uri, [("error", "access_denied")].into_iter().chain(state)));
        }
        let code = mint();
        let fields = [("code", code.as_str()), ("location", LOCATION), ("accounts-server", around.url)];
        let location = address(&redirect_uri, state.into_iter().chain(fields));
        let ends = around.now.saturating_add(CODE_LIFE);
        let redirect_uri = Some(redirect_uri);
        self.pending.insert(code, Pending { client, redirect_uri, scopes, offline, challenge, ends });
        Ok(location)
    }

    /// A code as the API console makes it for a self client.
    pub(crate) fn console_code(&mut self, client: String, scopes: Vec<String>, now: Duration) -> String {
        let (code, ends) = (mint(), now.saturating_add(CONSOLE_CODE_LIFE));
        let pending = Pending { client, redirect_uri: None, scopes, offline: true, challenge: None, ends };
        self.pending.insert(code.clone(), pending);
        code
    }

    /// The same for more scopes of a refresh token; its live access tokens get them too.
    pub(super) fn add_scopes(
        &mut self,
        form: &Form,
        decision: Decision,
        around: Around<'_>,
    ) -> Result<String, &'static str> {
        let (client, redirect_uri) = self.registered(form)?;
        if form.get("response_type") != Some("update_scopes") {
            return Err("Invalid Response Type");
        }
        let scopes = form.scopes().ok_or("Invalid OAuth Scope")?;
        let known = form.get("enhance_token").and_then(|token| self.enhancements.remove(token));
        let usable = known.filter(|known| known.client == client && around.now < known.ends);
        let enhancement = usable.ok_or("Invalid Enhance Token")?;
        if decision == Decision::Refuse {
            return Ok(address(&redirect_uri, [("error", "access_denied")]));
        }
        let token = self.refresh_token_mut(&client, &enhancement.refresh_token).ok_or("Invalid Enhance Token")?;
        token.widen(scopes, around.tokens);
        Ok(address(&redirect_uri, [("status", "success"), ("scope_enhanced", "true")]))
    }

    /// The program and its address, which must be the registered one.
    fn registered(&self, form: &Form) -> Result<(String, String), &'static str> {
        let client = form.get("client_id").and_then(|id| self.clients.get(id)).ok_or("Invalid Client")?;
        if form.get("redirect_uri") != Some(client.redirect_uri.as_str()) {
            return Err("Invalid Redirect Uri");
        }
        Ok((client.id.clone(), client.redirect_uri.clone()))
    }
}

/// An address with fields added to its query.
fn address<'a>(base: &str, fields: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut address = base.to_owned();
    for (name, value) in fields {
        address.push(if address.contains('?') { '&' } else { '?' });
        address.push_str(name);
        address.push('=');
        address.extend(utf8_percent_encode(value, NON_ALPHANUMERIC));
    }
    address
}
