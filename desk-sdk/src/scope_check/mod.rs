//! Compares the scopes that an operation needs with those that a token was granted.
//!
//! If an operation names several alternatives, one of them is enough, and every scope of that alternative is required.
//! The module `scope` determines which scope covers which.

mod missing;
mod report;
mod smallest;
#[cfg(test)]
mod tests;
mod unneeded;

use std::fmt;

pub use self::missing::MissingScopes;
pub use self::report::ScopeReport;
pub(crate) use self::smallest::scopes_to_ask_for;
pub use self::smallest::{Prefer, ScopeReason, SmallestScopes, smallest_scopes};
pub use self::unneeded::ExcessScopes;

use crate::operation::Operation;
use crate::scope::{Scope, ScopeSet};

impl ScopeSet {
    /// Whether these scopes cover what the operation names. `false` does not always mean that the call is refused: if
    /// the operation's scopes are [in doubt](Operation::doubtful_scopes), the client makes the call with a warning.
    /// [`Client::check`](crate::Client::check) judges exactly as the call does.
    #[inline]
    pub fn allow(&self, operation: &Operation) -> bool {
        let covered = |set: &&[Scope]| set.iter().all(|scope| self.covers(*scope));
        operation.scopes.is_empty() || operation.scopes.iter().any(covered)
    }

    /// The smallest sets of scopes that would have to be added for the operation; empty if nothing is missing.
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

/// How scopes are checked before a call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ScopeCheck {
    /// Refuses calls that are known to lack scopes. If the operation's scopes are [in
    /// doubt](Operation::doubtful_scopes), the call is made with a warning. If the token's scopes are unknown, every
    /// call is made, and the client logs this once.
    #[default]
    Enforce,
    /// Makes calls that lack scopes, and reports the missing ones in the [`Answer`](crate::Answer).
    Warn,
    /// Does not check scopes.
    Off,
}

/// Why [`Client::check`](crate::Client::check) allows a call.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Checked {
    /// The token has the scopes that the operation needs.
    Covered,
    /// The token lacks scopes, but the call is made with a warning: the operation's scopes are [in
    /// doubt](Operation::doubtful_scopes), or the client only [warns](ScopeCheck::Warn).
    InDoubt(Box<MissingScopes>),
    /// The token's scopes are unknown, so Desk alone decides.
    Unknown,
    /// The client does not check scopes, because of [`ScopeCheck::Off`].
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
    /// They are known: set on the client, or kept with the token.
    Granted(ScopeSet),
    /// They are unknown, so calls are not checked against them.
    Unknown,
}

impl From<ScopeSet> for TokenScopes {
    fn from(scopes: ScopeSet) -> Self {
        Self::Granted(scopes)
    }
}

impl From<Option<ScopeSet>> for TokenScopes {
    fn from(scopes: Option<ScopeSet>) -> Self {
        scopes.map_or(Self::Unknown, Self::Granted)
    }
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
