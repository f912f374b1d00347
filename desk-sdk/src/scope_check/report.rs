//! Whether a token allows all that a program does, judged at once.

use std::fmt;

use super::{MissingScopes, Prefer, SmallestScopes, TokenScopes};
use crate::operation::Operation;
use crate::scope::Scope;

/// Whether a token allows a list of operations: what a program needs, against what its token has.
///
/// [`Client::require`](crate::Client::require) makes one for the client's token. In a test, make one for the scopes that
/// the program asks for:
///
/// ```
/// use desk_sdk::tickets::{GetTickets, UpdateTicket};
/// use desk_sdk::{Endpoint as _, Operation, ScopeReport, ScopeSet};
///
/// const NEEDS: &[&Operation] = &[GetTickets::OPERATION, UpdateTicket::OPERATION];
///
/// let report = ScopeReport::new(NEEDS, ScopeSet::parse("Desk.tickets.READ"));
/// assert!(!report.is_covered());
/// assert_eq!(report.missing[0].operation.id, "update_ticket");
/// assert_eq!(report.to_add()[0].to_string(), "Desk.tickets.UPDATE");
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ScopeReport {
    /// The token's scopes.
    pub granted: TokenScopes,
    /// The operations that lack scopes, so that they are refused.
    pub missing: Vec<MissingScopes>,
    /// The operations that seem to lack scopes, but whose scopes are [in doubt](Operation::doubtful_scopes): calls are
    /// made, with a warning.
    pub in_doubt: Vec<MissingScopes>,
    /// The operations that any token may call.
    pub unscoped: Vec<&'static str>,
    /// The operations that are described [for browsers, or for another key that is not sent](Operation::cookie_only): no scope is known to be enough.
    pub cookie_only: Vec<&'static str>,
}

impl ScopeReport {
    /// Compares what operations need with what a token was granted.
    pub fn new(operations: &[&'static Operation], granted: impl Into<TokenScopes>) -> Self {
        let mut report = Self {
            granted: granted.into(),
            missing: Vec::new(),
            in_doubt: Vec::new(),
            unscoped: Vec::new(),
            cookie_only: Vec::new(),
        };
        for (position, operation) in operations.iter().enumerate() {
            if !operations[..position].iter().any(|before| before.id == operation.id) {
                report.add(operation);
            }
        }
        report
    }

    fn add(&mut self, operation: &'static Operation) {
        if operation.cookie_only {
            self.cookie_only.push(operation.id);
        } else if operation.scopes.is_empty() {
            self.unscoped.push(operation.id);
        }
        let TokenScopes::Granted(granted) = &self.granted else { return };
        if granted.allow(operation) {
            return;
        }
        let missing = MissingScopes::new(operation, granted);
        if operation.doubtful_scopes { self.in_doubt.push(missing) } else { self.missing.push(missing) }
    }

    /// Whether the token is known to allow all operations, as far as scopes decide.
    pub fn is_covered(&self) -> bool {
        self.granted != TokenScopes::Unknown && self.missing.is_empty() && self.in_doubt.is_empty()
    }

    /// The smallest set of scopes to add for everything that is missing or in doubt. Empty if the token's scopes are
    /// unknown.
    pub fn to_add(&self) -> Vec<Scope> {
        let TokenScopes::Granted(granted) = &self.granted else { return Vec::new() };
        let lacking = self.missing.iter().chain(&self.in_doubt).map(|missing| missing.operation);
        SmallestScopes::beside(granted, lacking, Prefer::Narrow).scopes()
    }
}

impl fmt::Display for ScopeReport {
    /// In a paragraph of sentences.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.granted == TokenScopes::Unknown {
            return f.write_str("the token's scopes are unknown, so nothing can be said about what it allows");
        }
        if self.missing.is_empty() && self.in_doubt.is_empty() {
            f.write_str("the token has the scopes")?;
        } else if self.missing.is_empty() {
            f.write_str("the token has the scopes that are certain to be needed")?;
        } else {
            let needs: Vec<String> = self.missing.iter().map(MissingScopes::need).collect();
            f.write_str(&needs.join("; "))?;
        }
        let add: Vec<String> = self.to_add().iter().map(Scope::to_string).collect();
        if !add.is_empty() {
            write!(f, ". The token was granted {}; a new consent has to add {}", self.granted, add.join(" and "))?;
        }
        let ids = |missing: &[MissingScopes]| -> Vec<&str> { missing.iter().map(|one| one.operation.id).collect() };
        for (operations, what) in [
            (ids(&self.in_doubt), "in doubt, and called with a warning"),
            (self.cookie_only.clone(), "described for a browser's cookie or another key only"),
        ] {
            if !operations.is_empty() {
                write!(f, ". {}: {what}", operations.join(", "))?;
            }
        }
        Ok(())
    }
}
