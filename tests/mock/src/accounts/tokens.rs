//! Access tokens and their grants.

use std::collections::HashMap;
use std::fmt;
use std::time::Duration;

use crate::common::mint::mint;
use crate::exchange::incoming::Incoming;
use crate::exchange::refusal::{Code, Refusal};

/// The scheme in Desk's own documentation, and the other one that Desk accepts.
const SCHEMES: [&str; 2] = ["Zoho-oauthtoken", "Bearer"];

/// The contents of a token.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Grant {
    /// Scopes as granted.
    pub(crate) scopes: Vec<String>,
}

#[derive(Debug)]
struct Access {
    grant: Grant,
    /// On the server's clock; none: it does not end by itself.
    ends: Option<Duration>,
}

/// The access tokens that were made and not revoked.
#[derive(Default)]
pub(crate) struct Tokens(HashMap<String, Access>);

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tokens({} live)", self.0.len())
    }
}

impl Tokens {
    /// A new token that lives until it is revoked.
    pub(crate) fn issue(&mut self, grant: Grant) -> String {
        self.add(grant, None)
    }

    /// A new token that ends by itself.
    pub(crate) fn issue_until(&mut self, grant: Grant, ends: Duration) -> String {
        self.add(grant, Some(ends))
    }

    fn add(&mut self, grant: Grant, ends: Option<Duration>) -> String {
        let token = mint();
        self.0.insert(token.clone(), Access { grant, ends });
        token
    }

    /// Whether there was such a token.
    pub(crate) fn revoke(&mut self, token: &str) -> bool {
        self.0.remove(token).is_some()
    }

    pub(crate) fn revoke_all(&mut self) {
        self.0.clear();
    }

    /// Gives a token other scopes.
    pub(crate) fn regrant(&mut self, token: &str, scopes: &[String]) {
        if let Some(access) = self.0.get_mut(token) {
            access.grant.scopes = scopes.to_vec();
        }
    }

    /// The grant of the request's token.
    pub(crate) fn grant(&self, incoming: &Incoming, now: Duration) -> Result<Grant, Refusal> {
        let given = incoming.header("authorization").and_then(|value| value.split_once(' '));
        let Some((_, token)) = given.filter(|(scheme, token)| SCHEMES.contains(scheme) && !token.is_empty()) else {
            let message =
                format!("The header `Authorization: {} <access token>` is missing or has another form.", SCHEMES[0]);
            return Err(Refusal::new(Code::Unauthorized, message));
        };
        let live = self.0.get(token).filter(|access| access.ends.is_none_or(|ends| now < ends));
        live.map(|access| access.grant.clone()).ok_or_else(Refusal::dead_token)
    }
}
