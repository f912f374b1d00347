//! The public items of two surfaces compared: what rustc makes of each difference.

use std::collections::{BTreeMap, HashMap};

use super::change::{ItemChange, Level};
use crate::surface::{EXHAUSTIVE_ENUMS, Item, Kind, LITERAL_RECORDS, Owner, Surface};

/// Differences between two surfaces, from which each change of the spec takes those that it explains.
#[derive(Debug, Default)]
pub(super) struct Items<'m> {
    changes: BTreeMap<String, ItemChange>,
    owners: HashMap<Owner<'m>, Vec<String>>,
}

impl<'m> Items<'m> {
    pub(super) fn between(old: &Surface<'m>, new: &Surface<'m>) -> Self {
        let mut items = Self::default();
        for item in old.items() {
            match new.get(&item.path) {
                Some(now) => items.push(item.owner, changed(item, now, old, new)),
                None if new.get(item.parent()).is_none() && old.get(item.parent()).is_some() => items.count(item),
                None => items.push(item.owner, Some(removed(item))),
            }
        }
        for item in new.items().filter(|item| old.get(&item.path).is_none()) {
            match (old.get(item.parent()), new.get(item.parent())) {
                (None, Some(_)) => items.count(item),
                (parent, _) => items.push(item.owner, Some(added(item, parent.is_some()))),
            }
        }
        items
    }

    fn push(&mut self, owner: Owner<'m>, change: Option<ItemChange>) {
        let Some(change) = change else { return };
        self.owners.entry(owner).or_default().push(change.path.clone());
        self.changes.insert(change.path.clone(), change);
    }

    /// An item that came or went with the type that it is a part of, which sorts before it.
    fn count(&mut self, item: &Item<'_>) {
        if let Some(parent) = self.changes.get_mut(item.parent()) {
            parent.parts += 1;
        }
    }

    /// The change of the item with this path, unless it has been taken.
    pub(super) fn get(&self, path: &str) -> Option<&ItemChange> {
        self.changes.get(path)
    }

    /// Takes it.
    pub(super) fn take(&mut self, path: &str) -> Option<ItemChange> {
        self.changes.remove(path)
    }

    /// All changes of an owner's items that are left.
    pub(super) fn take_all(&mut self, owner: Owner<'_>) -> Vec<ItemChange> {
        let paths = self.owners.get(&owner).into_iter().flatten();
        paths.filter_map(|path| self.changes.remove(path)).collect()
    }

    /// The owners of changes that are left.
    pub(super) fn owners(&self) -> Vec<Owner<'m>> {
        let left = |paths: &[String]| paths.iter().any(|path| self.changes.contains_key(path));
        let mut owners: Vec<_> = self.owners.iter().filter(|(_, paths)| left(paths)).map(|(owner, _)| *owner).collect();
        owners.sort();
        owners
    }

    /// Keeps only the changes for which this holds.
    pub(super) fn retain(&mut self, mut keep: impl FnMut(&ItemChange) -> bool) {
        self.changes.retain(|_, change| keep(change));
    }
}

fn removed(item: &Item<'_>) -> ItemChange {
    ItemChange { path: item.path.clone(), old: Some(item.to_string()), new: None, rust: Level::Breaking, parts: 0 }
}

/// Whether the type was there before decides: others may have written down all of its parts.
fn added(item: &Item<'_>, was_there: bool) -> ItemChange {
    let rust = match item.kind {
        Kind::Field if was_there && LITERAL_RECORDS => Level::Breaking,
        Kind::Variant if was_there && EXHAUSTIVE_ENUMS => Level::Breaking,
        _ => Level::Compatible,
    };
    ItemChange { path: item.path.clone(), old: None, new: Some(item.to_string()), rust, parts: 0 }
}

/// An item that both have.
fn changed(old: &Item<'_>, new: &Item<'_>, before: &Surface<'_>, now: &Surface<'_>) -> Option<ItemChange> {
    let other_type = old.kind != new.kind || parted(old, new, now) || parted(new, old, before);
    let rust = if other_type || !same_call(&now.up_to_date(&old.signature), &new.signature) {
        Level::Breaking
    } else if old.feature != new.feature {
        if new.feature.is_some() { Level::Breaking } else { Level::Compatible }
    } else if new.deprecated && !old.deprecated {
        Level::Compatible
    } else if old != new {
        Level::Documentation
    } else {
        return None;
    };
    let (old, now) = (Some(old.to_string()), Some(new.to_string()));
    Some(ItemChange { path: new.path.clone(), old, new: now, rust, parts: 0 })
}

/// Whether a name of this type is there in the other surface, but as a type of its own: then values of the one are no
/// longer values of the other, or what is implemented for both is implemented twice.
fn parted(one: &Item<'_>, other: &Item<'_>, surface: &Surface<'_>) -> bool {
    let home = one.path.rsplit_once("::").map_or("", |(home, _)| home);
    let is_there = |twin: &&&str| surface.get(&format!("{home}::{twin}")).is_some();
    one.twins.iter().filter(is_there).any(|twin| !other.twins.contains(twin))
}

/// Whether whoever calls the one can call the other: the arguments are of the same types, and none has changed places
/// with another.
fn same_call(old: &str, new: &str) -> bool {
    if old == new {
        return true;
    }
    let (Some(before), Some(now)) = (arguments(old), arguments(new)) else { return false };
    let types = |list: &[(&str, &str)]| list.iter().map(|(_, ty)| (*ty).to_owned()).collect::<Vec<_>>();
    let moved = |(at, (name, _)): (usize, &(&str, &str))| {
        now.iter().position(|(other, _)| other == name).is_some_and(|found| found != at)
    };
    types(&before) == types(&now) && !before.iter().enumerate().any(moved)
}

/// The arguments of `new`, each with its type: `(ticket_id: impl Into<Id>, …)`.
fn arguments(signature: &str) -> Option<Vec<(&str, &str)>> {
    let inside = signature.strip_prefix('(')?.strip_suffix(')')?;
    inside.split(", ").map(|argument| argument.split_once(": ")).collect()
}
