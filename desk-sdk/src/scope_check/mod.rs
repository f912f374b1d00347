//! An operation's need of scopes, against what a token was granted.
//!
//! Where an operation names several alternatives, one of them is enough; of one alternative every scope is needed. The
//! module `scope` says which scope covers which.

mod missing;
mod smallest;
#[cfg(test)]
mod tests;

use std::fmt;

pub use self::missing::MissingScopes;
pub(crate) use self::smallest::scopes_to_ask_for;
pub use self::smallest::smallest_scopes;

use crate::operation::Operation;
use crate::scope::{GrantedScopes, Scope};

impl GrantedScopes {
    /// Whether these scopes are those that the operation names. A false answer does not always mean
    /// that the call is refused: where the operation's scopes are
    /// [in doubt](Operation::doubtful_scopes), a client lets it go out with a warning.
    /// [`Client::check`](crate::Client::check) judges as the call does.
    #[inline]
    pub fn allow(&self, operation: &Operation) -> bool {
        let covered = |set: &&[Scope]| set.iter().all(|scope| self.covers(*scope));
        operation.scopes.is_empty() || operation.scopes.iter().any(covered)
    }

    /// The smallest sets of scopes that would have to be added for the operation; empty where
    /// nothing is missing.
    pub fn missing(&self, operation: &Operation) -> Vec<Vec<Scope>> {
        if self.allow(operation) {
            return Vec::new();
        }
        let lacking = |set: &&'static [Scope]| -> Vec<Scope> {
            set.iter().copied().filter(|scope| !self.covers(*scope)).collect()
        };
        let mut sets: Vec<Vec<Scope>> = operation.scopes.iter().map(lacking).collect();
        let least = sets.iter().map(Vec::len).min().unwrap_or_default();
        sets.retain(|set| set.len() == least);
        sets.dedup();
        sets
    }
}

/// What is done about scopes before a call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ScopeCheck {
    /// A call whose scopes are known to be missing is refused. Where the operation's scopes are
    /// [in doubt](Operation::doubtful_scopes), it goes out with a warning, and where the token's
    /// are not known, every call goes out, which the client says once in its log.
    #[default]
    Enforce,
    /// A call whose scopes are missing goes out, and its [`Answer`](crate::Answer) says what is
    /// missing.
    Warn,
    /// Scopes are not looked at.
    Off,
}

/// Why [`Client::check`](crate::Client::check) lets a call go out.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Checked {
    /// The token has the scopes that the operation needs.
    Covered,
    /// The token lacks scopes, and the call goes out with a warning all the same: the operation's
    /// scopes are [in doubt](Operation::doubtful_scopes), or the client only
    /// [warns](ScopeCheck::Warn).
    InDoubt(Box<MissingScopes>),
    /// Nobody told the scopes of the token, so that the service alone decides.
    Unknown,
    /// The client does not look at scopes, with [`ScopeCheck::Off`].
    Off,
}

impl Checked {
    pub(crate) fn into_missing(self) -> Option<Box<MissingScopes>> {
        match self {
            Self::InDoubt(missing) => Some(missing),
            Self::Covered | Self::Unknown | Self::Off => None,
        }
    }
}

impl fmt::Display for Checked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Covered => f.write_str("the token has the scopes"),
            Self::InDoubt(missing) => write!(f, "in doubt: {}", missing.need()),
            Self::Unknown => f.write_str("the token's scopes are not known"),
            Self::Off => f.write_str("scopes are not checked"),
        }
    }
}

/// The scopes of a client's token.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TokenScopes {
    /// They are known: told to the client, or kept with the token.
    Granted(GrantedScopes),
    /// Nobody told them, so that calls are not checked against them.
    Unknown,
}

impl fmt::Display for TokenScopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Granted(scopes) if scopes.is_empty() => f.write_str("no scopes"),
            Self::Granted(scopes) => scopes.fmt(f),
            Self::Unknown => f.write_str("not known"),
        }
    }
}
