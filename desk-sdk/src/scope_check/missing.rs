//! Scopes that a token lacks.

use std::fmt;

use crate::operation::Operation;
use crate::scope::{Scope, ScopeSet};
use crate::shown::line;

/// A token that lacks scopes.
#[derive(Clone)]
#[non_exhaustive]
pub struct MissingScopes {
    /// The operation that needs them.
    pub operation: &'static Operation,
    /// Set if the operation that lacks scopes was only looking up the organization: the operation that needed it
    /// because none was set.
    pub organization_for: Option<&'static str>,
    /// The scopes that the token was granted.
    pub granted: ScopeSet,
    /// The smallest sets of scopes to add; any one of them is enough.
    pub missing: Vec<Vec<Scope>>,
}

impl MissingScopes {
    /// What the next consent should ask for: everything already granted, plus the first of the smallest missing sets.
    /// Pass it to an [`AuthorizationRequest`](crate::auth::AuthorizationRequest); if the refresh token can be kept, a
    /// [`ScopeAddition`](crate::auth::ScopeAddition) only has to ask for the missing scopes.
    pub fn to_ask_for(&self) -> Vec<String> {
        let missing = self.missing.first().into_iter().flatten().map(Scope::to_string);
        self.granted.iter().map(str::to_owned).chain(missing).collect()
    }

    /// Which of these scopes the operation lacks.
    pub fn new(operation: &'static Operation, granted: &ScopeSet) -> Self {
        Self { operation, organization_for: None, granted: granted.clone(), missing: granted.missing(operation) }
    }

    /// What is missing, in words that fit whether or not the call was made.
    pub fn need(&self) -> String {
        let set = |set: &[Scope]| set.iter().map(Scope::to_string).collect::<Vec<_>>().join(" and ");
        let sets: Vec<_> = self.missing.iter().map(|missing| set(missing)).collect();
        let need = format!("{} needs {}, which the token lacks", self.operation, sets.join(", or "));
        match self.organization_for {
            Some(operation) => format!("{operation} needs an organization, and to find one, {need}"),
            None => need,
        }
    }

    /// What was granted, and what to do.
    pub(crate) fn advice(&self) -> String {
        let granted =
            if self.granted.is_empty() { "no scopes".to_owned() } else { line(&self.granted.to_string(), 2000) };
        let way = match self.organization_for {
            Some(_) => "Set `.organization(id)` on the client's builder to avoid looking for one. ",
            None => "",
        };
        format!(
            "{way}The token was granted {granted}. \
             A new consent that includes the missing scope adds it; refreshing the token does not"
        )
    }
}

impl fmt::Display for MissingScopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}. {}", self.need(), self.advice())
    }
}

/// Kept short, because errors and answers are logged this way: the operation's id, and scopes.
impl fmt::Debug for MissingScopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("MissingScopes");
        debug.field("operation", &self.operation.id);
        if let Some(operation) = self.organization_for {
            debug.field("organization_for", &operation);
        }
        debug.field("granted", &self.granted).field("missing", &self.missing).finish()
    }
}

impl PartialEq for MissingScopes {
    fn eq(&self, other: &Self) -> bool {
        let whole = |one: &Self| (one.operation.id, one.organization_for);
        whole(self) == whole(other) && self.granted == other.granted && self.missing == other.missing
    }
}

impl std::error::Error for MissingScopes {}
