//! Records within other records: while a parent is in the recycle bin, they are hidden as well.

use super::Records;
use super::ids::{self, Id};
use super::store::{Store, Stored};

impl Records {
    /// A visible record: neither it nor its parent is trashed.
    pub(super) fn live(&self, place: usize, id: Id) -> Option<&Stored> {
        let stored = self.stores.get(place)?.live(id)?;
        (!self.is_within_trash(place, stored)).then_some(stored)
    }

    /// Whether one of a collection's records may be within a trashed one.
    pub(super) fn may_hide(&self, place: usize) -> bool {
        let mut parents = self.parents(place).iter().map(|(_, parent)| *parent);
        parents.any(|parent| self.stores.get(parent).is_some_and(Store::has_trashed) || self.may_hide(parent))
    }

    /// Whether a record without which this one would go is trashed, or within a trashed one itself.
    pub(super) fn is_within_trash(&self, place: usize, stored: &Stored) -> bool {
        let Some(store) = self.stores.get(place) else { return false };
        self.parents(place).iter().any(|(field, parent)| {
            let Some(parents) = self.stores.get(*parent) else { return false };
            let ids = store.value(stored, field).map(|value| ids::all(&value)).unwrap_or_default();
            let mut held = ids.into_iter().filter_map(|id| parents.get(id));
            held.any(|held| held.trashed || self.is_within_trash(*parent, held))
        })
    }

    /// The fields of a collection that hold its records' parents, each with the parent's collection.
    fn parents(&self, place: usize) -> &[(String, usize)] {
        self.within.get(place).map_or(&[], Vec::as_slice)
    }
}
