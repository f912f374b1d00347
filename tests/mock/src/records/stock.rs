//! Records as tests put them in and look at them.

use std::sync::Arc;

use serde_json::{Value, json};

use super::change::{follow, mirrored};
use super::fields::Fields;
use super::ids::{self, ID, Id};
use super::store::Stored;
use super::{Records, times};
use crate::common::calendar::{Moment, written};
use crate::seed::Record;

/// Fields that a test gives for a record that is made by filling up.
pub(crate) type Given = Vec<(String, Value)>;

impl Records {
    /// The records of a collection that are not trashed, as they are read, or an error about its name.
    pub(crate) fn look(&self, collection: &str) -> Result<Vec<Value>, String> {
        let place = self.place(collection).ok_or_else(|| self.unknown(collection))?;
        let live = self.stores.get(place).into_iter().flat_map(|store| store.iter()).filter(|stored| !stored.trashed);
        let Some(view) = self.view(place, &[]) else { return Ok(Vec::new()) };
        let whole = |stored: &Stored| {
            let mut fields = self.seen(&view, stored, &[]).fields;
            // Answers may show another record's id in its place.
            fields.insert(ID.to_owned(), json!(stored.id.to_string()));
            Value::Object(fields)
        };
        Ok(live.map(whole).collect())
    }

    /// Adds a record as it is, with an id and times if it has none. Returns its id, or an error.
    pub(crate) fn insert(&mut self, collection: &str, record: Record, now: Moment) -> Result<String, String> {
        let place = self.place(collection).ok_or_else(|| self.unknown(collection))?;
        let id = match record.get(ID) {
            Some(given) => ids::one(given).ok_or_else(|| format!("{given} is no id: an id is digits"))?,
            None => self.new_id(place),
        };
        let now = self.time(now);
        self.add(place, id, record, &now);
        Ok(id.to_string())
    }

    /// Sets fields of a record, or an error.
    pub(crate) fn change(&mut self, collection: &str, id: &str, fields: Record, now: Moment) -> Result<(), String> {
        let (place, id) = self.find(collection, id)?;
        if fields.contains_key(ID) {
            return Err("a record keeps its id: the fields to change must not contain one".to_owned());
        }
        let now = self.time(now);
        self.set(place, id, fields, &now);
        Ok(())
    }

    /// Takes a record away with those that are within it, or an error.
    pub(crate) fn delete(&mut self, collection: &str, id: &str, now: Moment) -> Result<(), String> {
        let (place, id) = self.find(collection, id)?;
        let now = self.time(now);
        self.remove(place, id, &now);
        Ok(())
    }

    /// A record that is there, trashed or not.
    fn find(&self, collection: &str, id: &str) -> Result<(usize, Id), String> {
        let place = self.place(collection).ok_or_else(|| self.unknown(collection))?;
        let found = ids::parse(id).filter(|id| self.stores.get(place).is_some_and(|store| store.get(*id).is_some()));
        let id = found.ok_or_else(|| format!("there is no record with the id {id:?} in {collection}"))?;
        Ok((place, id))
    }

    /// The time of the next change.
    fn time(&mut self, now: Moment) -> String {
        self.last_change = now.of_change(self.changes, self.last_change);
        written(self.last_change)
    }

    /// Adds records like the built-in ones, with their own ids, numbers, times and varied texts, and with some fields
    /// given for each.
    pub(crate) fn fill(&mut self, collection: &str, count: usize, given: Vec<Given>) -> Result<(), String> {
        let place = self.place(collection).ok_or_else(|| self.unknown(collection))?;
        let models = self.models(place);
        if models.is_empty() && count > 0 {
            return Err(format!("what the built-in {collection} refer to is gone, so that no more can be like them"));
        }
        let wrong = given.iter().flatten().find(|(name, value)| name == ID && ids::one(value).is_none());
        if let Some((_, wrong)) = wrong {
            return Err(format!("{wrong} is no id: an id is digits"));
        }
        let mut given = given.into_iter();
        for (turn, model) in models.iter().cycle().take(count).enumerate() {
            self.add_like(place, model, turn / models.len(), given.next().unwrap_or_default());
        }
        if let Some(store) = self.stores.get(place) {
            // What lists are mostly ordered by is ready before the first of them.
            let fields = [&store.form.created, &store.form.modified].into_iter().flatten();
            fields.for_each(|field| store.order_by(field));
        }
        Ok(())
    }

    /// Adds a record like a built-in one, in the given round of all of them.
    fn add_like(&mut self, place: usize, model: &Model, round: usize, given: Given) {
        let id = given.iter().find(|(name, _)| name == ID).and_then(|(_, id)| ids::one(id));
        let id = id.unwrap_or_else(|| self.new_id(place));
        let (created, modified) = times::of_turn(self.filled, self.issue.shift);
        self.filled += 1;
        let Some(store) = self.stores.get_mut(place) else { return };
        let form = Arc::clone(&store.form);
        let mut own = Vec::new();
        own.extend(form.created.iter().map(|field| (field.clone(), Value::String(created.clone()))));
        own.extend(form.modified.iter().map(|field| (field.clone(), Value::String(modified.clone()))));
        own.extend(form.numbered.iter().map(|field| (field.clone(), json!(store.next_number()))));
        for field in &form.varied {
            if let Some(text) = model.fields.get(field).and_then(Value::as_str) {
                own.push((field.clone(), json!(varied(text, self.filled))));
            }
        }
        for (field, parents) in &model.parents {
            if let Some(parent) = parents.get(round % parents.len().max(1)) {
                own.push((field.clone(), json!(parent.to_string())));
            }
        }
        if given.iter().any(|(name, _)| form.follows.contains_key(name)) {
            let mut given: Record = given.into_iter().collect();
            follow(&form, &mut given, &modified);
            own.extend(given);
        } else {
            own.extend(given);
        }
        store.add(id, Some(Arc::clone(&model.fields)), own);
        if !form.mirrors.is_empty() {
            let lists = store
                .get(id)
                .map(|stored| mirrored(&store.whole(stored, |name| form.mirrors.contains_key(name))))
                .unwrap_or_default();
            self.mirror(place, id, &[], &lists);
        }
    }

    /// The built-in records whose references still exist.
    fn models(&self, place: usize) -> Vec<Model> {
        let Some(form) = self.forms.get(place) else { return Vec::new() };
        let whole = |record: &Record| {
            let mut refers = record.iter().filter_map(|(name, value)| Some((self.named(name, None)?, value)));
            refers.all(|(other, value)| {
                let store = self.stores.get(other);
                ids::all(value).into_iter().all(|id| store.is_some_and(|store| store.live(id).is_some()))
            })
        };
        let model = |record: &Record| {
            let held = form.within.iter().filter(|field| record.get(*field).is_some_and(|value| !value.is_null()));
            let parents = held.filter_map(|field| Some((field.clone(), self.live_ids(self.named(field, None)?))));
            let parents = parents.collect();
            let mut fields = Fields::default();
            for (name, value) in
                record.iter().filter(|(name, value)| *name != ID && form.defaults.get(*name) != Some(value))
            {
                fields.set(Arc::from(name.as_str()), value.clone());
            }
            Model { fields: Arc::new(fields), parents }
        };
        form.records.iter().filter(|record| whole(record)).map(model).collect()
    }

    fn live_ids(&self, place: usize) -> Vec<Id> {
        let live = self.stores.get(place).into_iter().flat_map(|store| store.iter());
        live.filter(|stored| !stored.trashed).map(|stored| stored.id).collect()
    }

    fn unknown(&self, collection: &str) -> String {
        format!("there is no collection {collection:?}, only {}", self.names().join(", "))
    }
}

/// A record that others are made from.
struct Model {
    fields: Arc<Fields>,
    /// Fields with ids of records within which it is, and the ids that they may have.
    parents: Vec<(String, Vec<Id>)>,
}

/// The text with a number in it; an e-mail address stays one.
fn varied(text: &str, number: u64) -> String {
    match text.split_once('@') {
        Some((name, host)) => format!("{name}.{number}@{host}"),
        None => format!("{text} {number}"),
    }
}
