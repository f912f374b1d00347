//! Access tokens and what each was granted.

use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::incoming::Incoming;
use crate::refusal::{Code, Refusal};

const SCHEME: &str = "Zoho-oauthtoken";

/// What a token carries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Grant {
    /// Scopes as they were granted.
    pub(crate) scopes: Vec<String>,
}

/// The tokens that are live.
#[derive(Default)]
pub(crate) struct Tokens(HashMap<String, Grant>);

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tokens({} live)", self.0.len())
    }
}

impl Tokens {
    /// A new token, unlike any other of this process.
    pub(crate) fn issue(&mut self, grant: Grant) -> String {
        static ISSUED: AtomicU64 = AtomicU64::new(1);
        let number = ISSUED.fetch_add(1, Ordering::Relaxed);
        let token = format!("1000.{:016x}{:016x}.{:016x}", mix(number), mix(!number), mix(number << 32));
        self.0.insert(token.clone(), grant);
        token
    }

    pub(crate) fn revoke(&mut self, token: &str) {
        self.0.remove(token);
    }

    /// What the request's token was granted.
    pub(crate) fn grant(&self, incoming: &Incoming) -> Result<Grant, Refusal> {
        let given = incoming.header("authorization").and_then(|value| value.split_once(' '));
        let Some((_, token)) = given.filter(|(scheme, token)| *scheme == SCHEME && !token.is_empty()) else {
            let message =
                format!("The header `Authorization: {SCHEME} <access token>` is missing or has another form.");
            return Err(Refusal::new(Code::Unauthorized, message));
        };
        let unknown = || Refusal::new(Code::InvalidOauth, "The access token is unknown, expired or revoked.");
        self.0.get(token).cloned().ok_or_else(unknown)
    }
}

/// splitmix64: spreads a counter, so that tokens look like tokens and are found when they leak.
fn mix(number: u64) -> u64 {
    let mut z = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
