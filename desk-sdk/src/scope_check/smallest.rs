//! The smallest set of scopes for several operations: what an integration should ask for.

use std::collections::BTreeSet;

use crate::generated::ORGANIZATION_DISCOVERY;
use crate::operation::Operation;
use crate::scope::Scope;

/// How many steps the search for the smallest set may take; after that, the best set found so far is used. Even all
/// operations together take fewer.
const STEPS: usize = 200_000;

/// The smallest set of scopes that allows all of these operations. If several sets are equally small, the one that
/// comes first in the API's description is chosen.
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
pub fn smallest_scopes<'a>(operations: impl IntoIterator<Item = &'a Operation>) -> Vec<Scope> {
    let mut needs: Vec<&[&[Scope]]> = Vec::new();
    for operation in operations {
        if !operation.scopes.is_empty() && !needs.contains(&operation.scopes) {
            needs.push(operation.scopes);
        }
    }
    // The most constrained operations are settled first.
    needs.sort_by_key(|need| need.len());
    let mut search = Search { needs, best: None, steps: 0 };
    search.settle(0, &mut BTreeSet::new());
    search.best.unwrap_or_default().into_iter().collect()
}

/// What a consent should ask for: the smallest set for these operations and for finding the organization.
pub(crate) fn scopes_to_ask_for<'a>(operations: impl IntoIterator<Item = &'a Operation>) -> Vec<String> {
    let discovery: &Operation = &ORGANIZATION_DISCOVERY;
    smallest_scopes(operations.into_iter().chain([discovery])).iter().map(Scope::to_string).collect()
}

struct Search<'a> {
    needs: Vec<&'a [&'a [Scope]]>,
    best: Option<BTreeSet<Scope>>,
    steps: usize,
}

impl Search<'_> {
    fn settle(&mut self, position: usize, chosen: &mut BTreeSet<Scope>) {
        self.steps += 1;
        let found = self.best.as_ref().map(BTreeSet::len);
        if found.is_some_and(|found| chosen.len() >= found || self.steps > STEPS) {
            return;
        }
        let met = |need: &&[&[Scope]]| need.iter().any(|set| set.iter().all(|scope| covers(chosen, *scope)));
        let Some(next) = self.needs[position..].iter().position(|need| !met(need)) else {
            self.best = Some(chosen.clone());
            return;
        };
        let next = position + next;
        for set in self.needs[next] {
            let added: Vec<Scope> = set.iter().copied().filter(|scope| chosen.insert(*scope)).collect();
            self.settle(next + 1, chosen);
            for scope in added {
                chosen.remove(&scope);
            }
        }
    }
}

fn covers(chosen: &BTreeSet<Scope>, scope: Scope) -> bool {
    let verbs = chosen.iter().filter(|other| other.area == scope.area).fold(0, |verbs, other| verbs | other.verbs);
    verbs & scope.verbs == scope.verbs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generated::scopes::*;
    use crate::scope::GrantedScopes;

    static AGENTS: Operation =
        Operation { scopes: &[&[AGENTS_READ], &[BASIC_READ], &[SETTINGS_READ]], ..Operation::of("") };
    static RULES: Operation = Operation { scopes: &[&[AUTOMATIONS_READ], &[SETTINGS_READ]], ..Operation::of("") };
    static SEARCH: Operation = Operation { scopes: &[&[TASKS_READ, SEARCH_READ]], ..Operation::of("") };
    static FREE: Operation = Operation::of("");

    #[test]
    fn one_scope_may_serve_several_operations() {
        assert_eq!(smallest_scopes([&AGENTS, &RULES, &FREE]), [SETTINGS_READ]);
        assert_eq!(smallest_scopes([&AGENTS]), [AGENTS_READ]);
        assert_eq!(smallest_scopes([&SEARCH, &RULES]).len(), 3);
        assert!(smallest_scopes([&FREE]).is_empty());
    }

    #[test]
    fn the_set_allows_whatever_it_was_made_for() {
        let all: Vec<_> = crate::operations().collect();
        for few in all.chunks(40).chain([all.as_slice()]) {
            let scopes = smallest_scopes(few.iter().copied());
            let granted = GrantedScopes::new(scopes.iter().map(ToString::to_string));
            let refused: Vec<_> = few.iter().filter(|operation| !granted.allow(operation)).collect();
            assert!(refused.is_empty(), "{refused:?}");
        }
    }
}
