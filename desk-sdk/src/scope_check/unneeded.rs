//! Scopes that a token has, although the operations that it is used for need less.

use super::{Prefer, SmallestScopes};
use crate::operation::Operation;
use crate::scope::{Scope, ScopeSet};

/// What a token was granted beyond what some operations need.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ExcessScopes {
    /// The scopes that can all be given up together.
    pub unneeded: ScopeSet,
    /// The scopes of which a part is needed, each with the narrower ones that are enough.
    pub broader: Vec<(String, Vec<Scope>)>,
}

impl ScopeSet {
    /// What these scopes allow beyond some operations. No operation that they allow is refused without the unneeded
    /// ones, nor with the narrower scopes in place of broader ones. Where several scopes would do, the broadest is given
    /// up first.
    ///
    /// ```
    /// use desk_sdk::tickets::GetTickets;
    /// use desk_sdk::{Endpoint as _, ScopeSet};
    ///
    /// let excess = ScopeSet::parse("Desk.tickets.ALL Desk.basic.READ").excess([GetTickets::OPERATION]);
    /// assert_eq!(excess.unneeded.to_string(), "Desk.basic.READ");
    /// assert_eq!(excess.broader[0].0, "Desk.tickets.ALL");
    /// assert_eq!(excess.broader[0].1[0].to_string(), "Desk.tickets.READ");
    /// ```
    pub fn excess<O: AsRef<Operation>>(&self, operations: impl IntoIterator<Item = O>) -> ExcessScopes {
        let used: Vec<O> = operations.into_iter().filter(|operation| self.allow(operation.as_ref())).collect();
        let allowed = |scopes: &ScopeSet| used.iter().all(|operation| scopes.allow(operation.as_ref()));
        let named: Vec<Scope> = {
            let sets = used.iter().flat_map(|operation| operation.as_ref().scopes);
            sets.flat_map(|set| set.iter().copied()).collect()
        };
        // Only few can be of any use, however many there are.
        let of_use = |name: &&str| {
            let alone = ScopeSet::parse(name);
            named.iter().any(|scope| alone.shares(*scope))
        };
        let (mut kept, mut narrower) = (ScopeSet::new(self.iter().filter(of_use)), Vec::new());
        let mut order: Vec<(u64, String)> = kept.iter().map(|name| (breadth(name), name.to_owned())).collect();
        order.sort_by(|one, other| other.cmp(one));
        for (_, name) in &order {
            let without = kept.without(name);
            if allowed(&without) {
                kept = without;
            }
        }
        for (_, name) in order {
            if kept.iter().any(|other| *other == name) && name.parse::<Scope>().ok().is_none_or(is_several) {
                let without = kept.without(&name);
                let enough = SmallestScopes::beside(&without, &used, Prefer::Narrow).scopes();
                let parts = ScopeSet::from(enough.as_slice());
                if !parts.covers_named(&name) && ScopeSet::parse(&name).covers_all(&parts) {
                    kept = without.union(&parts);
                    narrower.push((name, enough));
                }
            }
        }
        narrower.sort();
        let needed =
            |name: &&str| kept.iter().any(|other| other == *name) || narrower.iter().any(|(broad, _)| broad == *name);
        ExcessScopes { unneeded: ScopeSet::new(self.iter().filter(|name| !needed(name))), broader: narrower }
    }
}

/// Whether a scope stands for several actions.
fn is_several(scope: Scope) -> bool {
    scope.grants().count_ones() > 1
}

/// How many operations name what a scope covers.
fn breadth(name: &str) -> u64 {
    let set = ScopeSet::parse(name);
    let scopes = set.covered();
    scopes.map(Scope::breadth).sum()
}
