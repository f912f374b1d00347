//! One collection's records in memory.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use serde_json::Value;

use super::fields::Fields;
use super::ids::{ID, Id};
use super::indexes::Indexes;
use super::key::Key;
use super::sorted::Sorted;
use super::timeline::Timeline;
use crate::seed::{Collection, Record};

/// A record: its differences from the one it was made from, which differs from the collection's defaults.
#[derive(Clone, Debug)]
pub(super) struct Stored {
    pub(super) id: Id,
    pub(super) trashed: bool,
    base: Option<Arc<Fields>>,
    own: Fields,
}

/// The records in the order in which they were added, with their indexes.
#[derive(Clone, Debug)]
pub(super) struct Store {
    pub(super) form: Arc<Collection>,
    /// Names of the fields that the collection knows.
    pub(super) known: Arc<HashSet<String>>,
    names: BTreeSet<Arc<str>>,
    /// A removed record leaves its place empty.
    slots: Vec<Option<Stored>>,
    by_id: HashMap<Id, usize>,
    indexes: Indexes,
    last_number: u64,
    /// The highest id so far.
    highest: Id,
    /// The number of trashed records.
    trashed: usize,
}

impl Stored {
    /// Its value in a field.
    fn value<'a>(&'a self, form: &'a Collection, field: &str) -> Option<Cow<'a, Value>> {
        if field == ID {
            return Some(Cow::Owned(Value::String(self.id.to_string())));
        }
        let base = || self.base.as_ref().and_then(|base| base.get(field));
        self.own.get(field).or_else(base).or_else(|| form.defaults.get(field)).map(Cow::Borrowed)
    }
}

impl Store {
    /// An empty one.
    pub(super) fn new(form: Arc<Collection>) -> Self {
        let shown = form.always.iter().filter_map(|word| form.include.get(word)).map(|include| &include.field);
        let known = (form.defaults.keys())
            .chain(&form.internal)
            .chain(&form.within)
            .chain(&form.indexed)
            .chain([&form.created, &form.modified, &form.numbered].into_iter().flatten())
            .chain(form.counts.keys())
            .chain(form.made.keys())
            .chain(form.shows.keys())
            .chain(form.mirrors.keys())
            .chain(shown);
        Self {
            known: Arc::new(known.cloned().collect()),
            indexes: Indexes::new(&form),
            names: BTreeSet::new(),
            slots: Vec::new(),
            by_id: HashMap::new(),
            last_number: 0,
            highest: 0,
            trashed: 0,
            form,
        }
    }

    /// The record of an id, be it trashed or not.
    pub(super) fn get(&self, id: Id) -> Option<&Stored> {
        self.slots.get(*self.by_id.get(&id)?)?.as_ref()
    }

    /// The record with an id, unless it is trashed.
    pub(super) fn live(&self, id: Id) -> Option<&Stored> {
        self.get(id).filter(|stored| !stored.trashed)
    }

    /// Whether a record is trashed.
    pub(super) fn has_trashed(&self) -> bool {
        self.trashed > 0
    }

    /// All records in order, trashed ones too.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Stored> {
        self.slots.iter().flatten()
    }

    /// Whether no record has this id.
    pub(super) fn is_free(&self, id: Id) -> bool {
        id > self.highest || !self.by_id.contains_key(&id)
    }

    /// The record at a place, if it is still there.
    pub(super) fn at(&self, place: usize) -> Option<&Stored> {
        self.slots.get(place)?.as_ref()
    }

    /// One more than the last place.
    pub(super) fn places(&self) -> usize {
        self.slots.len()
    }

    /// The places of the records that are not trashed, in order.
    pub(super) fn live_places(&self) -> &Sorted<usize> {
        self.indexes.live()
    }

    /// The records in the order of a field, if it is indexed; without trashed ones.
    pub(super) fn timeline(&self, field: &str) -> Option<&Timeline> {
        let value = |place| self.at(place).and_then(|stored| stored.value(&self.form, field));
        self.indexes.timeline(field, |place| Key::of(value(place).as_deref()))
    }

    /// Makes the order of a field ready, if it is indexed.
    pub(super) fn order_by(&self, field: &str) {
        self.timeline(field);
    }

    /// The records that hold one of the ids in an indexed field, in order; None if there is no such index.
    pub(super) fn holding(&self, field: &str, wanted: &[Id]) -> Option<impl Iterator<Item = &Stored> + use<'_>> {
        let mut places: Vec<usize> = Vec::new();
        for id in wanted {
            places.extend(self.indexes.holding(field, *id)?);
        }
        if wanted.len() > 1 {
            places.sort_unstable();
            places.dedup();
        }
        Some(places.into_iter().filter_map(|place| self.at(place)))
    }

    /// A record's value in a field.
    pub(super) fn value<'a>(&'a self, stored: &'a Stored, field: &str) -> Option<Cow<'a, Value>> {
        stored.value(&self.form, field)
    }

    /// The wanted fields of a record, without counted or generated ones.
    pub(super) fn whole(&self, stored: &Stored, wanted: impl Fn(&str) -> bool) -> Record {
        self.over(self.defaults(&wanted), stored, wanted)
    }

    /// The wanted ones among the collection's defaults.
    pub(super) fn defaults(&self, wanted: impl Fn(&str) -> bool) -> Record {
        let wanted = self.form.defaults.iter().filter(|(name, _)| wanted(name));
        wanted.map(|(name, value)| (name.clone(), value.clone())).collect()
    }

    /// Defaults with the wanted fields of a record in their places.
    pub(super) fn over(&self, defaults: Record, stored: &Stored, wanted: impl Fn(&str) -> bool) -> Record {
        let mut record = defaults;
        for fields in stored.base.as_deref().into_iter().chain([&stored.own]) {
            for (name, value) in fields.iter().filter(|(name, _)| wanted(name)) {
                match record.get_mut(name) {
                    Some(held) => held.clone_from(value),
                    None => drop(record.insert(name.to_owned(), value.clone())),
                }
            }
        }
        record.insert(ID.to_owned(), Value::String(stored.id.to_string()));
        record
    }

    /// Adds a record; one of the same id is replaced.
    pub(super) fn add(&mut self, id: Id, base: Option<Arc<Fields>>, fields: impl IntoIterator<Item = (String, Value)>) {
        self.remove(id);
        let mut own = Fields::default();
        for (name, value) in fields {
            if name != ID && (base.is_some() || self.form.defaults.get(&name) != Some(&value)) {
                own.set(self.shared(&name), value);
            }
        }
        let stored = Stored { id, trashed: false, base, own };
        let number = self.form.numbered.as_ref().and_then(|field| self.value(&stored, field)?.as_u64());
        self.last_number = self.last_number.max(number.unwrap_or_default());
        let place = self.slots.len();
        self.by_id.insert(id, place);
        self.highest = self.highest.max(id);
        self.indexes.add(place, false, |field| stored.value(&self.form, field));
        self.slots.push(Some(stored));
    }

    pub(super) fn next_number(&self) -> u64 {
        self.last_number.saturating_add(1)
    }

    /// Sets fields of a record, if it exists.
    pub(super) fn change(&mut self, id: Id, fields: impl IntoIterator<Item = (String, Value)>) {
        let fields: Vec<_> = fields.into_iter().filter(|(name, _)| name != ID).collect();
        let names: Vec<_> = fields.iter().map(|(name, _)| self.shared(name)).collect();
        let Some(&place) = self.by_id.get(&id) else { return };
        let Some(stored) = self.slots.get_mut(place).and_then(Option::as_mut) else { return };
        let reindexed = names.iter().any(|name| self.indexes.are_about(name));
        if reindexed {
            self.indexes.remove(place, stored.trashed, |field| stored.value(&self.form, field));
        }
        for (name, (_, value)) in names.into_iter().zip(fields) {
            stored.own.set(name, value);
        }
        if reindexed {
            self.indexes.add(place, stored.trashed, |field| stored.value(&self.form, field));
        }
    }

    pub(super) fn set_trashed(&mut self, id: Id, trashed: bool) {
        let Some(&place) = self.by_id.get(&id) else { return };
        let stored = self.slots.get_mut(place).and_then(Option::as_mut);
        let Some(stored) = stored.filter(|stored| stored.trashed != trashed) else { return };
        self.indexes.remove(place, stored.trashed, |field| stored.value(&self.form, field));
        stored.trashed = trashed;
        self.indexes.add(place, trashed, |field| stored.value(&self.form, field));
        self.trashed = if trashed { self.trashed.saturating_add(1) } else { self.trashed.saturating_sub(1) };
    }

    /// Takes a record away; whether it was there.
    pub(super) fn remove(&mut self, id: Id) -> bool {
        let Some(place) = self.by_id.remove(&id) else { return false };
        let Some(stored) = self.slots.get_mut(place).and_then(Option::take) else { return false };
        self.indexes.remove(place, stored.trashed, |field| stored.value(&self.form, field));
        if stored.trashed {
            self.trashed = self.trashed.saturating_sub(1);
        }
        true
    }

    fn shared(&mut self, name: &str) -> Arc<str> {
        if let Some(known) = self.names.get(name) {
            return Arc::clone(known);
        }
        let name: Arc<str> = Arc::from(name);
        self.names.insert(Arc::clone(&name));
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn store() -> Store {
        let form = json!({
            "name": "notes", "indexed": ["tags"], "within": ["parent"], "numbered": "number",
            "defaults": { "state": "Open", "number": 0 }, "records": []
        });
        Store::new(Arc::new(serde_json::from_value(form).unwrap()))
    }

    fn fields(value: Value) -> Record {
        value.as_object().cloned().unwrap_or_default()
    }

    fn holding(store: &Store, field: &str, id: Id) -> Vec<Id> {
        store.holding(field, &[id]).unwrap().map(|stored| stored.id).collect()
    }

    #[test]
    fn layers_and_indexes() {
        let mut store = store();
        store.add(1, None, fields(json!({ "parent": "7", "tags": ["8", "9"], "state": "Open", "number": 4 })));
        let first = store.get(1).unwrap();
        assert_eq!(first.own.iter().count(), 3, "what is as the default is not kept");
        let base = Arc::new(first.own.clone());
        store.add(2, Some(base), fields(json!({ "parent": "6" })));
        let second = store.get(2).unwrap();
        assert_eq!(store.value(second, "tags").as_deref(), Some(&json!(["8", "9"])));
        assert_eq!(store.value(second, "state").as_deref(), Some(&json!("Open")));
        assert_eq!(store.value(second, "id").as_deref(), Some(&json!("2")));
        assert_eq!(store.next_number(), 5);
        assert_eq!((holding(&store, "tags", 8), holding(&store, "parent", 7)), (vec![1, 2], vec![1]));
        store.change(1, fields(json!({ "tags": [], "parent": "6" })));
        assert_eq!((holding(&store, "tags", 8), holding(&store, "parent", 6)), (vec![2], vec![1, 2]));
        assert!(store.holding("state", &[1]).is_none());
        assert!(store.remove(2) && !store.remove(2));
        assert_eq!((holding(&store, "tags", 8), store.iter().count()), (vec![], 1));
        store.set_trashed(1, true);
        assert!(store.live(1).is_none() && store.get(1).is_some() && store.has_trashed());
        store.set_trashed(1, true);
        store.set_trashed(1, false);
        assert!(!store.has_trashed());
        store.set_trashed(1, true);
        assert!(store.remove(1) && !store.has_trashed());
    }
}
