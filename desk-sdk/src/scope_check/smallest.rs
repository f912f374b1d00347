//! The smallest set of scopes for several operations: what an integration should ask for.

mod need;
mod search;

use std::fmt;

use self::need::Need;
use self::search::search;
use crate::generated::ORGANIZATION_DISCOVERY;
use crate::operation::Operation;
use crate::scope::{Scope, ScopeSet};

/// The smallest set of scopes that allows all of these operations. If several sets are equally small, the narrowest is
/// chosen: that with the scopes that the fewest operations name. [`SmallestScopes`] says what else would do.
///
/// The set is made of scopes that the operations name: a `CREATE` and an `UPDATE` are never replaced by a `WRITE`, which
/// no operation asks for.
///
/// A client that is not given its [organization](crate::ClientBuilder::organization) has to look for it, which takes an
/// operation with a scope of its own (`get_organizations`); [`SignIn`](crate::SignIn) and
/// [`AuthorizationRequest::for_operations`](crate::auth::AuthorizationRequest::for_operations) ask for that as well.
///
/// ```
/// use desk_sdk::{Operation, operations, smallest_scopes};
///
/// let ids = ["get_tickets", "get_contacts", "get_departments"];
/// let used = operations().filter(|operation| ids.contains(&operation.id));
/// let scopes: Vec<String> = smallest_scopes(used).iter().map(ToString::to_string).collect();
/// assert_eq!(scopes.len(), 3);
/// assert!(scopes.contains(&"Desk.tickets.READ".to_owned()));
/// ```
pub fn smallest_scopes<O: AsRef<Operation>>(operations: impl IntoIterator<Item = O>) -> Vec<Scope> {
    SmallestScopes::of(operations, Prefer::Narrow).scopes()
}

/// What a consent should ask for: the smallest set for these operations and for finding the organization.
pub(crate) fn scopes_to_ask_for<O: AsRef<Operation>>(operations: impl IntoIterator<Item = O>) -> Vec<String> {
    let mut needs: Vec<Need> = operations.into_iter().map(|operation| Need::of(operation.as_ref())).collect();
    needs.push(Need::of(&ORGANIZATION_DISCOVERY));
    search(&needs, Prefer::Narrow).0.iter().map(Scope::to_string).collect()
}

/// Which set is preferred among those that are equally small.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Prefer {
    /// Scopes that few operations name, such as `Desk.agents.READ`: the token can do little else.
    #[default]
    Narrow,
    /// Scopes that many operations name, such as `Desk.settings.READ`: further operations may need no new consent.
    Broad,
}

/// The smallest set of scopes that allows some operations, and why each is in it.
///
/// ```
/// use desk_sdk::organization::GetDepartments;
/// use desk_sdk::{Endpoint as _, Prefer, SmallestScopes};
///
/// let smallest = SmallestScopes::of([GetDepartments::OPERATION], Prefer::Narrow);
/// assert_eq!(
///     smallest.to_string(),
///     "Desk.departments.READ for get_departments; or instead, Desk.basic.READ or Desk.settings.READ"
/// );
/// let broad = SmallestScopes::of([GetDepartments::OPERATION], Prefer::Broad);
/// assert_eq!(broad.scopes()[0].to_string(), "Desk.settings.READ");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SmallestScopes {
    /// The scopes, in their order, each with its reason.
    pub reasons: Vec<ScopeReason>,
    /// Whether it is certain that no smaller set would do, and none that is preferred to it. The search ends after many
    /// steps, though all operations of the API together take fewer.
    pub certain: bool,
}

/// Why a scope is in the smallest set.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ScopeReason {
    /// The scope.
    pub scope: Scope,
    /// The operations that would be refused without it.
    pub operations: Vec<&'static str>,
    /// The scopes that could each take its place.
    pub instead: Vec<Scope>,
}

impl SmallestScopes {
    /// The smallest set that allows all of these operations.
    pub fn of<O: AsRef<Operation>>(operations: impl IntoIterator<Item = O>, prefer: Prefer) -> Self {
        Self::beside(&ScopeSet::default(), operations, prefer)
    }

    /// The smallest set to add to scopes that are granted already, so that all of these operations are allowed.
    pub fn beside<O: AsRef<Operation>>(
        granted: &ScopeSet,
        operations: impl IntoIterator<Item = O>,
        prefer: Prefer,
    ) -> Self {
        let needs = operations.into_iter().map(|operation| Need::of(operation.as_ref()).beside(granted));
        let needs: Vec<Need> = needs.collect();
        let (scopes, certain) = search(&needs, prefer);
        let reasons = scopes.iter().map(|scope| reason(&needs, &scopes, *scope)).collect();
        Self { reasons, certain }
    }

    /// The scopes, in their order.
    pub fn scopes(&self) -> Vec<Scope> {
        self.reasons.iter().map(|reason| reason.scope).collect()
    }
}

fn reason(needs: &[Need], chosen: &[Scope], scope: Scope) -> ScopeReason {
    let rest: Vec<Scope> = chosen.iter().copied().filter(|other| *other != scope).collect();
    let lacking: Vec<&Need> = needs.iter().filter(|need| !need.is_met_by(&rest)).collect();
    let would_do = |other: &Scope| {
        let with: Vec<Scope> = rest.iter().copied().chain([*other]).collect();
        *other != scope && lacking.iter().all(|need| need.is_met_by(&with))
    };
    let mut instead: Vec<Scope> = lacking.iter().flat_map(|need| &need.named).copied().filter(would_do).collect();
    instead.sort_unstable();
    instead.dedup();
    ScopeReason { scope, operations: lacking.iter().map(|need| need.operation).collect(), instead }
}

impl fmt::Display for SmallestScopes {
    /// One line for each scope.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.reasons.is_empty() {
            return f.write_str("no scope is needed");
        }
        for (position, reason) in self.reasons.iter().enumerate() {
            let line = if position == 0 { "" } else { "\n" };
            write!(f, "{line}{} for {}", reason.scope, reason.operations.join(", "))?;
            if !reason.instead.is_empty() {
                let instead: Vec<_> = reason.instead.iter().map(Scope::to_string).collect();
                write!(f, "; or instead, {}", instead.join(" or "))?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
