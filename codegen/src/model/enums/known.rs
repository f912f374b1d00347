//! Which uses belong to enums that the lock knows.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{EnumId, Enums, Use};
use crate::lock::{BlockKind, ItemKind, Lock};
use crate::model::locked::Want;

impl Enums {
    /// The uses of each enum of the lock, and those that the lock says nothing about.
    pub(super) fn known(&self, lock: &Lock) -> (BTreeMap<String, Vec<usize>>, Vec<usize>) {
        let mut locked: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut free = Vec::new();
        for index in 0..self.uses.len() {
            match self.wants.get(&EnumId(index)) {
                Some(Want::Enum(name)) => locked.entry(name.clone()).or_default().push(index),
                Some(Want::Text) => {}
                None => free.push(index),
            }
        }
        // What has no value in common with an enum any more leaves it, as long as others stay.
        for (name, uses) in &mut locked {
            let known = |index: &usize| {
                let block = lock.block(BlockKind::Enum, name);
                let mut values = self.uses[*index].values.iter();
                block.is_some_and(|block| values.any(|value| block.item(ItemKind::Value, value).is_some()))
            };
            let (stay, leave): (Vec<usize>, Vec<usize>) = uses.iter().partition(|index| known(index));
            if !stay.is_empty() {
                *uses = stay;
                free.extend(leave);
            }
        }
        let standing = Standing::of(self, &locked);
        let (mut joining, mut apart) = (Vec::new(), Vec::new());
        for index in free {
            match standing.joined_by(&self.uses[index]) {
                Some(name) => joining.push((index, name.to_owned())),
                None => apart.push(index),
            }
        }
        for (index, name) in joining {
            locked.entry(name).or_default().push(index);
        }
        (locked, apart)
    }
}

/// The enums that the lock knows, by what a new use is recognised by.
struct Standing<'u> {
    /// Their uses, by name and module.
    alike: HashMap<(&'u str, &'u str), Vec<(&'u str, &'u Use)>>,
    /// The first that has exactly these values.
    equal: HashMap<BTreeSet<&'u String>, &'u str>,
}

impl<'u> Standing<'u> {
    fn of(enums: &'u Enums, locked: &'u BTreeMap<String, Vec<usize>>) -> Self {
        let mut standing = Self { alike: HashMap::new(), equal: HashMap::new() };
        for (name, uses) in locked {
            let uses = || uses.iter().map(|index| &*enums.uses[*index]);
            for known in uses() {
                standing.alike.entry((&known.name, &known.module)).or_default().push((name, known));
            }
            let values: BTreeSet<&String> = uses().flat_map(|known| &known.values).collect();
            if values.len() > 1 {
                standing.equal.entry(values).or_insert(name);
            }
        }
        standing
    }

    /// The known enum that a new use belongs to: one of the same name and module with most of its values, else one with
    /// the same values.
    fn joined_by(&self, used: &Use) -> Option<&'u str> {
        let alike = self.alike.get(&(used.name.as_str(), used.module.as_str())).into_iter().flatten();
        let shared = |known: &Use| known.values.intersection(&used.values).count();
        let near = alike.map(|(name, known)| (shared(known), Reverse(*name))).filter(|(shared, _)| *shared > 0);
        let same = || self.equal.get(&used.values.iter().collect::<BTreeSet<_>>()).copied();
        near.max().map(|(_, name)| name.0).or_else(same)
    }
}
