//! The next lock: what is there now, and what was there before.

use std::collections::BTreeMap;

use super::{Block, Item, ItemKind, Lock};
use crate::model::Model;

impl Lock {
    /// The lock that belongs to a model which was made with this one: what is new is added, what is no longer there is
    /// marked as gone.
    #[must_use]
    pub fn updated(&self, model: &Model) -> Self {
        let mut next = Self::of(model);
        for (kind, blocks) in &self.blocks {
            for (name, before) in blocks {
                match next.blocks.get_mut(kind).and_then(|present| present.get_mut(name)) {
                    Some(block) => keep(block, before),
                    None => next.add(*kind, name, Block { gone: true, ..before.clone() }),
                }
            }
        }
        next
    }

    /// The lock without what the spec has no longer.
    #[must_use]
    pub fn pruned(&self) -> Self {
        let mut pruned = self.clone();
        for blocks in pruned.blocks.values_mut() {
            blocks.retain(|_, block| !block.gone);
            let items = blocks.values_mut().flat_map(|block| block.items.values_mut());
            items.for_each(|items| items.retain(|_, item| !item.gone));
        }
        pruned
    }
}

/// Keeps the items that a block had before.
fn keep(block: &mut Block, before: &Block) {
    for (kind, items) in &before.items {
        // A shape is a fact about what is there, not a name.
        if *kind == ItemKind::Shape {
            continue;
        }
        let present: &mut BTreeMap<String, Item> = block.items.entry(*kind).or_default();
        for (wire, item) in items.iter().filter(|(wire, _)| !present.contains_key(*wire)).collect::<Vec<_>>() {
            present.insert(wire.clone(), Item { gone: true, ..item.clone() });
        }
    }
}
