//! One collection's records in memory.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use serde_json::Value;

use super::fields::Fields;
use super::ids::{self, ID, Id};
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
    indexes: BTreeMap<String, HashMap<Id, Vec<usize>>>,
    last_number: u64,
    /// The number of trashed records.
    trashed: usize,
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
        let indexed = form.indexed.iter().chain(&form.within);
        Self {
            known: Arc::new(known.cloned().collect()),
            indexes: indexed.map(|field| (field.clone(), HashMap::new())).collect(),
            names: BTreeSet::new(),
            slots: Vec::new(),
            by_id: HashMap::new(),
            last_number: 0,
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

    /// The records that hold one of the ids in an indexed field, in order; None if there is no such index.
    pub(super) fn holding(&self, field: &str, wanted: &[Id]) -> Option<impl Iterator<Item = &Stored> + use<'_>> {
        let index = self.indexes.get(field)?;
        let mut places: Vec<usize> = wanted.iter().filter_map(|id| index.get(id)).flatten().copied().collect();
        if wanted.len() > 1 {
            places.sort_unstable();
            places.dedup();
        }
        Some(places.into_iter().filter_map(|place| self.slots.get(place)?.as_ref()))
    }

    /// A record's value in a field.
    pub(super) fn value<'a>(&'a self, stored: &'a Stored, field: &str) -> Option<Cow<'a, Value>> {
        if field == ID {
            return Some(Cow::Owned(Value::String(stored.id.to_string())));
        }
        let base = || stored.base.as_ref().and_then(|base| base.get(field));
        let value = stored.own.get(field).or_else(base).or_else(|| self.form.defaults.get(field))?;
        Some(Cow::Borrowed(value))
    }

    /// The wanted fields of a record, without counted or generated ones.
    pub(super) fn whole(&self, stored: &Stored, wanted: impl Fn(&str) -> bool) -> Record {
        let defaults = self.form.defaults.iter().map(|(name, value)| (name.as_str(), value));
        let base = stored.base.iter().flat_map(|base| base.iter());
        let mut record = Record::new();
        for (name, value) in defaults.chain(base).chain(stored.own.iter()).filter(|(name, _)| wanted(name)) {
            record.insert(name.to_owned(), value.clone());
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
        for (field, held) in self.held(&stored) {
            self.indexes.entry(field).or_default().entry(held).or_default().push(place);
        }
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
        let reindexed = names.iter().any(|name| self.indexes.contains_key(name.as_ref()));
        if reindexed {
            self.forget(place);
        }
        if let Some(stored) = self.slots.get_mut(place).and_then(Option::as_mut) {
            for (name, (_, value)) in names.into_iter().zip(fields) {
                stored.own.set(name, value);
            }
        }
        if reindexed && let Some(Some(stored)) = self.slots.get(place) {
            for (field, held) in self.held(stored) {
                let places = self.indexes.entry(field).or_default().entry(held).or_default();
                let at = places.partition_point(|known| *known < place);
                places.insert(at, place);
            }
        }
    }

    pub(super) fn set_trashed(&mut self, id: Id, trashed: bool) {
        let stored = self.by_id.get(&id).and_then(|place| self.slots.get_mut(*place)?.as_mut());
        let Some(stored) = stored.filter(|stored| stored.trashed != trashed) else { return };
        stored.trashed = trashed;
        self.trashed = if trashed { self.trashed.saturating_add(1) } else { self.trashed.saturating_sub(1) };
    }

    /// Takes a record away; whether it was there.
    pub(super) fn remove(&mut self, id: Id) -> bool {
        let Some(place) = self.by_id.remove(&id) else { return false };
        self.forget(place);
        let stored = self.slots.get_mut(place).and_then(Option::take);
        if stored.is_some_and(|stored| stored.trashed) {
            self.trashed = self.trashed.saturating_sub(1);
        }
        true
    }

    /// Takes a place out of the indexes.
    fn forget(&mut self, place: usize) {
        let Some(Some(stored)) = self.slots.get(place) else { return };
        for (field, held) in self.held(stored) {
            if let Some(places) = self.indexes.get_mut(&field).and_then(|index| index.get_mut(&held)) {
                places.retain(|known| *known != place);
            }
        }
    }

    /// The indexed fields of a record with the ids in them.
    fn held(&self, stored: &Stored) -> Vec<(String, Id)> {
        let fields = self.indexes.keys();
        let ids = fields.flat_map(|field| {
            let ids = self.value(stored, field).map(|value| ids::all(&value)).unwrap_or_default();
            ids.into_iter().map(move |id| (field.clone(), id))
        });
        ids.collect()
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
