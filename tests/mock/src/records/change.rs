//! Changes to records and their consequences elsewhere.

use serde_json::{Value, json};

use super::ids::{self, Id};
use super::tell::Change;
use super::{FIRST_NEW_ID, Records};
use crate::seed::{Collection, Given, Record};

/// Any value that is not listed by name.
const ANY: &str = "*";

impl Records {
    /// An id that no record has.
    pub(super) fn new_id(&mut self, place: usize) -> Id {
        let form = self.forms.get(place);
        let first = form.and_then(|form| form.first_new_id).unwrap_or_else(|| self.issue.id(FIRST_NEW_ID));
        loop {
            let id = first.saturating_add(self.created);
            self.created += 1;
            if self.stores.iter().all(|store| store.is_free(id)) {
                return id;
            }
        }
    }

    /// Adds a record and sets any missing times and numbers.
    pub(super) fn add(&mut self, place: usize, id: Id, mut record: Record, now: &str) {
        let Some(store) = self.stores.get_mut(place) else { return };
        let form = &store.form;
        for field in [&form.created, &form.modified].into_iter().flatten() {
            record.entry(field.clone()).or_insert_with(|| json!(now));
        }
        if let Some(field) = &form.numbered {
            record.entry(field.clone()).or_insert_with(|| json!(store.next_number()));
        }
        self.changes += 1;
        follow(&store.form, &mut record, now);
        let mirrored = mirrored(&record);
        store.add(id, None, record);
        self.mirror(place, id, &[], &mirrored);
        let event = self.event(place, id, Change::Added);
        self.tell(event, now);
        self.add_companions(place, id, now);
    }

    /// Sets fields of a record.
    pub(super) fn set(&mut self, place: usize, id: Id, mut fields: Record, now: &str) {
        let Some(form) = self.forms.get(place) else { return };
        if let Some(field) = &form.modified {
            fields.entry(field.clone()).or_insert_with(|| json!(now));
        }
        follow(form, &mut fields, now);
        let events = self.events(place, id, &fields);
        let Some(store) = self.stores.get_mut(place) else { return };
        let Some(stored) = store.get(id) else { return };
        let held = |name: &String| store.value(stored, name).map(|value| ids::all(&value)).unwrap_or_default();
        let before: Vec<_> = fields.keys().map(|name| (name.clone(), held(name))).collect();
        self.changes += 1;
        let after = mirrored(&fields);
        store.change(id, fields.clone());
        self.mirror(place, id, &before, &after);
        self.tell(events, now);
        self.set_companions(place, id, &fields, now);
    }

    /// Keeps the other ends of lists of ids as these.
    pub(super) fn mirror(&mut self, place: usize, id: Id, before: &[(String, Vec<Id>)], after: &[(String, Vec<Id>)]) {
        let Some(form) = self.forms.get(place).cloned() else { return };
        for (field, (other, back)) in &form.mirrors {
            let Some((_, now)) = after.iter().find(|(name, _)| name == field) else { continue };
            let was = before.iter().find(|(name, _)| name == field).map_or(&[][..], |(_, ids)| ids);
            let Some(other) = self.place(other) else { continue };
            for added in now.iter().filter(|id| !was.contains(id)) {
                self.link(other, *added, back, &[id], true);
            }
            for gone in was.iter().filter(|id| !now.contains(id)) {
                self.link(other, *gone, back, &[id], false);
            }
        }
    }

    /// Adds ids to a list or removes them, without further consequences.
    fn link(&mut self, place: usize, id: Id, field: &str, ids: &[Id], add: bool) {
        let fields = self.linked(place, id, field, ids, add);
        if let Some(store) = self.stores.get_mut(place) {
            store.change(id, fields);
        }
    }

    /// The field of a record with ids added to its list, or taken out.
    pub(super) fn linked(&self, place: usize, id: Id, field: &str, ids: &[Id], add: bool) -> Record {
        let Some(store) = self.stores.get(place) else { return Record::new() };
        let Some(stored) = store.get(id) else { return Record::new() };
        let mut held = store.value(stored, field).map(|value| ids::all(&value)).unwrap_or_default();
        held.retain(|known| add || !ids.contains(known));
        let new: Vec<Id> = ids.iter().copied().filter(|id| add && !held.contains(id)).collect();
        held.extend(new);
        let texts: Vec<String> = held.iter().map(ToString::to_string).collect();
        Record::from_iter([(field.to_owned(), json!(texts))])
    }

    /// Takes a record away, with those that are within it; whether it was there.
    pub(super) fn remove(&mut self, place: usize, id: Id, now: &str) -> bool {
        let event = self.event(place, id, Change::Removed);
        let Some(store) = self.stores.get_mut(place) else { return false };
        let Some(stored) = store.get(id) else { return false };
        let lists = mirrored(&store.whole(stored, |name| store.form.mirrors.contains_key(name)));
        store.remove(id);
        self.changes += 1;
        let none: Vec<_> = lists.iter().map(|(name, _)| (name.clone(), Vec::new())).collect();
        self.mirror(place, id, &lists, &none);
        for inner in 0..self.stores.len() {
            let Some(form) = self.forms.get(inner).cloned() else { continue };
            for field in &form.within {
                if self.named(field, None) != Some(place) {
                    continue;
                }
                let held = self.stores.get(inner).and_then(|store| store.holding(field, &[id]));
                let within: Vec<Id> = held.into_iter().flatten().map(|stored| stored.id).collect();
                for id in within {
                    self.remove(inner, id, now);
                }
            }
        }
        self.tell(event, now);
        true
    }

    /// Moves a record to the recycle bin, or brings it back.
    pub(super) fn set_trashed(&mut self, place: usize, id: Id, trashed: bool, fields: Record, now: &str) {
        let event = self.event(place, id, if trashed { Change::Trashed } else { Change::Restored });
        let Some(store) = self.stores.get_mut(place) else { return };
        store.change(id, fields);
        store.set_trashed(id, trashed);
        self.changes += 1;
        self.tell(event, now);
    }
}

/// Adds the consequences of fields, unless already present.
pub(super) fn follow(form: &Collection, fields: &mut Record, now: &str) {
    for (field, by_value) in &form.follows {
        let texts = fields.get(field).map(ids::texts).unwrap_or_default();
        let Some(values) = texts.first().and_then(|text| by_value.get(text).or_else(|| by_value.get(ANY))) else {
            continue;
        };
        for (name, given) in values {
            let value = match given {
                Given::Now => json!(now),
                Given::Literal(value) => value.clone(),
                _ => continue,
            };
            fields.entry(name.clone()).or_insert(value);
        }
    }
}

/// The lists among fields, with the ids in them.
pub(super) fn mirrored(fields: &Record) -> Vec<(String, Vec<Id>)> {
    let lists = fields.iter().filter(|(_, value)| matches!(value, Value::Array(_)));
    lists.map(|(name, value)| (name.clone(), ids::all(value))).collect()
}
