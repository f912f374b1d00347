//! What single operations need, and with which scopes that can be met.

use std::collections::BTreeSet;

use crate::generated::scopes::AREAS;
use crate::operation::Operation;
use crate::scope::{Scope, ScopeSet};

/// What one operation needs: one of several sets.
#[derive(Clone, Debug)]
pub(super) struct Need {
    pub(super) operation: &'static str,
    /// The scopes that the operation names.
    pub(super) named: Vec<Scope>,
    /// The sets, without what is granted already. The verbs that remain of a scope may have no name.
    pub(super) sets: Vec<Vec<Scope>>,
}

impl Need {
    pub(super) fn of(operation: &Operation) -> Self {
        let sets: Vec<Vec<Scope>> = operation.scopes.iter().map(|set| set.to_vec()).collect();
        Self { operation: operation.id, named: sets.iter().flatten().copied().collect(), sets }
    }

    /// What is needed in addition to what is granted.
    pub(super) fn beside(mut self, granted: &ScopeSet) -> Self {
        let rest = |scope: Scope| {
            let verbs = (0..u8::BITS).map(|bit| 1 << bit).filter(|verb| scope.verbs & verb != 0);
            let lacking = verbs.filter(|verb| !granted.covers(Scope { verbs: *verb, ..scope }));
            Scope { verbs: lacking.fold(0, |all, verb| all | verb), ..scope }
        };
        for set in &mut self.sets {
            *set = set.iter().map(|scope| rest(*scope)).filter(|scope| scope.verbs != 0).collect();
        }
        if self.sets.iter().any(Vec::is_empty) {
            self.sets.clear();
        }
        self
    }

    /// Whether nothing is needed.
    pub(super) fn is_met(&self) -> bool {
        self.sets.is_empty()
    }

    pub(super) fn is_met_by(&self, chosen: &[Scope]) -> bool {
        self.is_met() || self.sets.iter().any(|set| set.iter().all(|scope| covers(chosen, *scope)))
    }

    /// The ways to meet it with scopes of a choice, none of which contains another.
    pub(super) fn options(&self, choice: &BTreeSet<Scope>) -> Vec<Vec<Scope>> {
        let mut options: Vec<Vec<Scope>> = Vec::new();
        for set in &self.sets {
            let mut together = vec![Vec::new()];
            for scope in set {
                let ways = ways(*scope, choice);
                let joined = |before: &Vec<Scope>| -> Vec<Vec<Scope>> {
                    ways.iter().map(|way| [before.as_slice(), way].concat()).collect()
                };
                together = together.iter().flat_map(joined).collect();
            }
            for mut option in together {
                option.sort_unstable();
                option.dedup();
                if !options.contains(&option) {
                    options.push(option);
                }
            }
        }
        options
    }
}

/// The smallest sets of a choice that cover one scope: itself, broader ones, or several narrower ones.
fn ways(scope: Scope, choice: &BTreeSet<Scope>) -> Vec<Vec<Scope>> {
    let of_use = |other: &&Scope| other.area == scope.area && other.grants() & scope.verbs != 0;
    // There are few actions, and so there are few sets of them.
    let there: Vec<Scope> = choice.iter().filter(of_use).copied().collect();
    let mut found: Vec<Vec<Scope>> = Vec::new();
    let sets = (1..1_u32 << there.len()).map(|bits| {
        let chosen = there.iter().enumerate().filter(|(index, _)| bits & (1 << index) != 0);
        chosen.map(|(_, scope)| *scope).collect::<Vec<_>>()
    });
    let sets: Vec<Vec<Scope>> = sets.filter(|set| covers(set, scope)).collect();
    let smallest_first = (1..=there.len()).flat_map(|size| sets.iter().filter(move |set| set.len() == size));
    for set in smallest_first {
        if !found.iter().any(|smaller| smaller.iter().all(|scope| set.contains(scope))) {
            found.push(set.clone());
        }
    }
    found
}

fn covers(chosen: &[Scope], scope: Scope) -> bool {
    let there = chosen.iter().filter(|other| other.area == scope.area);
    there.fold(0, |verbs, other| verbs | other.grants()) & scope.verbs == scope.verbs
}

/// The verbs of each area that some scopes have.
#[derive(Debug)]
pub(super) struct Reach([u8; AREAS.len()]);

impl Reach {
    pub(super) fn of<'s>(scopes: impl IntoIterator<Item = &'s Scope>) -> Self {
        let mut reach = Self([0; AREAS.len()]);
        for scope in scopes {
            reach.0[usize::from(scope.area)] |= scope.verbs;
        }
        reach
    }

    pub(super) fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).any(|(one, other)| one & other != 0)
    }

    pub(super) fn join(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(one, other)| *one |= other);
    }
}
