//! The search: the needs are split into groups that share no scope, and each group is settled by branch and bound.

use std::collections::BTreeSet;

use super::Prefer;
use super::need::{Need, Reach};
use crate::scope::Scope;

/// How many steps the search may take in a group; after that, the best set found so far is used.
const STEPS: usize = 200_000;

/// What a scope costs at least: more than all preferences together, so that the number of scopes counts first.
const ONE: u64 = 1 << 32;

/// More operations than any scope is named by.
const WIDEST: u64 = 1 << 20;

/// A need with the ways to meet it.
struct Open {
    options: Vec<Vec<Scope>>,
    reach: Reach,
}

/// The cheapest set that meets all needs, and whether that is certain.
pub(super) fn search(needs: &[Need], prefer: Prefer) -> (Vec<Scope>, bool) {
    let mut choice = BTreeSet::new();
    choice.extend(needs.iter().filter(|need| !need.is_met()).flat_map(|need| &need.named).copied());
    let mut seen = BTreeSet::new();
    let different = needs.iter().filter(|need| !need.is_met() && seen.insert(&need.sets));
    let open = different.map(|need| {
        let options = need.options(&choice);
        Open { reach: Reach::of(options.iter().flatten()), options }
    });
    let mut chosen = BTreeSet::new();
    let mut certain = true;
    for mut needs in groups(open) {
        // The most constrained needs are settled first.
        needs.sort_by_key(|need| need.options.len());
        let mut search = Search { needs, prefer, best: None, steps: 0 };
        search.settle(0, &mut Vec::new(), 0);
        certain &= search.steps <= STEPS;
        chosen.extend(search.best.map(|(_, best)| best).unwrap_or_default());
    }
    (chosen.into_iter().collect(), certain)
}

/// Needs that no scope serves together with those of another group.
fn groups(needs: impl Iterator<Item = Open>) -> Vec<Vec<Open>> {
    let mut groups: Vec<(Reach, Vec<Open>)> = Vec::new();
    for need in needs {
        let mut reach = Reach::of(need.options.iter().flatten());
        let (touched, apart): (Vec<_>, Vec<_>) = groups.into_iter().partition(|(other, _)| other.meets(&reach));
        groups = apart;
        let mut members = Vec::new();
        for (other, others) in touched {
            reach.join(&other);
            members.extend(others);
        }
        members.push(need);
        groups.push((reach, members));
    }
    groups.into_iter().map(|(_, members)| members).collect()
}

struct Search {
    needs: Vec<Open>,
    prefer: Prefer,
    best: Option<(u64, Vec<Scope>)>,
    steps: usize,
}

impl Search {
    fn settle(&mut self, position: usize, chosen: &mut Vec<Scope>, price: u64) {
        self.steps += 1;
        let is_open = |index: &usize| {
            !self.needs[*index].options.iter().any(|option| option.iter().all(|scope| chosen.contains(scope)))
        };
        let open: Vec<usize> = (position..self.needs.len()).filter(is_open).collect();
        let Some(&next) = open.first() else {
            if self.best.as_ref().is_none_or(|(best, _)| price < *best) {
                self.best = Some((price, chosen.clone()));
            }
            return;
        };
        if let Some((best, _)) = &self.best
            && (self.steps > STEPS || price + self.at_least(&open, chosen) >= *best)
        {
            return;
        }
        for option in 0..self.needs[next].options.len() {
            let before = chosen.len();
            let added = self.needs[next].options[option].iter().filter(|scope| !chosen.contains(scope));
            let added: Vec<Scope> = added.copied().collect();
            let more: u64 = added.iter().map(|scope| self.price(*scope)).sum();
            chosen.extend(added);
            self.settle(next + 1, chosen, price + more);
            chosen.truncate(before);
        }
    }

    /// What the open needs cost at least: the cheapest options of some that have nothing in common.
    fn at_least(&self, open: &[usize], chosen: &[Scope]) -> u64 {
        let mut together = Reach::of([]);
        let mut least = 0;
        for index in open {
            let Open { options, reach } = &self.needs[*index];
            if together.meets(reach) {
                continue;
            }
            together.join(reach);
            let price = |option: &Vec<Scope>| -> u64 {
                option.iter().filter(|scope| !chosen.contains(scope)).map(|scope| self.price(*scope)).sum()
            };
            least += options.iter().map(price).min().unwrap_or_default();
        }
        least
    }

    fn price(&self, scope: Scope) -> u64 {
        match self.prefer {
            Prefer::Narrow => ONE + scope.breadth(),
            Prefer::Broad => ONE + WIDEST - scope.breadth(),
        }
    }
}
