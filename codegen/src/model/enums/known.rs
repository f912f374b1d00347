//! Which uses belong to enums that the lock knows.

use std::collections::{BTreeMap, BTreeSet};

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
        let (mut joining, mut apart) = (Vec::new(), Vec::new());
        for index in free {
            match self.joins(index, &locked) {
                Some(name) => joining.push((index, name)),
                None => apart.push(index),
            }
        }
        for (index, name) in joining {
            locked.entry(name).or_default().push(index);
        }
        (locked, apart)
    }

    /// The known enum that a new use belongs to: one of the same name and module with most of its values, else one with
    /// the same values.
    fn joins(&self, index: usize, locked: &BTreeMap<String, Vec<usize>>) -> Option<String> {
        let used = &self.uses[index];
        let alike = |known: &Use| known.name == used.name && known.module == used.module;
        let shared = |known: &Use| known.values.intersection(&used.values).count();
        let most = |uses: &Vec<usize>| {
            let alike = uses.iter().map(|known| &self.uses[*known]).filter(|known| alike(known));
            alike.map(shared).max().filter(|shared| *shared > 0)
        };
        let near = locked.iter().filter_map(|(name, uses)| Some((most(uses)?, std::cmp::Reverse(name))));
        let equal = |uses: &Vec<usize>| {
            let values: BTreeSet<&String> = uses.iter().flat_map(|known| &self.uses[*known].values).collect();
            values.len() > 1 && values.into_iter().eq(&used.values)
        };
        let same = || locked.iter().find(|(_, uses)| equal(uses)).map(|(name, _)| name.clone());
        near.max().map(|(_, name)| name.0.clone()).or_else(same)
    }
}
