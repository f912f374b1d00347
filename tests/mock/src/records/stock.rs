//! Records as tests put them in and look at them.

use std::sync::Arc;

use serde_json::{Value, json};

use super::change::mirrored;
use super::fields::Fields;
use super::ids::{self, ID, Id};
use super::store::Stored;
use super::{Records, times};
use crate::common::calendar::{Moment, written};
use crate::seed::Record;

impl Records {
    /// The records of a collection that are not trashed, as they are read, or an error about its name.
    pub(crate) fn look(&self, collection: &str) -> Result<Vec<Value>, String> {
        let place = self.place(collection).ok_or_else(|| self.unknown(collection))?;
        let live = self.stores.get(place).into_iter().flat_map(|store| store.iter()).filter(|stored| !stored.trashed);
        let whole = |stored: &Stored| {
            let mut fields = self.shown(place, stored, &[], &[]).fields;
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
        let time = now.of_change(self.changes, self.last_change);
        self.last_change = time;
        self.add(place, id, record, &written(time));
        Ok(id.to_string())
    }

    /// Adds records like the built-in ones, with their own ids, numbers, times and varied texts.
    pub(crate) fn fill(&mut self, collection: &str, count: usize) -> Result<(), String> {
        let place = self.place(collection).ok_or_else(|| self.unknown(collection))?;
        let models = self.models(place);
        if models.is_empty() && count > 0 {
            return Err(format!("what the built-in {collection} refer to is gone, so that no more can be like them"));
        }
        for (turn, model) in models.iter().cycle().take(count).enumerate() {
            let id = self.new_id(place);
            let (created, modified) = times::of_turn(self.filled, self.issue.shift);
            self.filled += 1;
            let Some(store) = self.stores.get_mut(place) else { continue };
            let form = Arc::clone(&store.form);
            let mut own = Vec::new();
            own.extend(form.created.iter().map(|field| (field.clone(), json!(created))));
            own.extend(form.modified.iter().map(|field| (field.clone(), json!(modified))));
            own.extend(form.numbered.iter().map(|field| (field.clone(), json!(store.next_number()))));
            for field in &form.varied {
                if let Some(text) = model.fields.get(field).and_then(Value::as_str) {
                    own.push((field.clone(), json!(varied(text, self.filled))));
                }
            }
            for (field, parents) in &model.parents {
                if let Some(parent) = parents.get((turn / models.len()) % parents.len().max(1)) {
                    own.push((field.clone(), json!(parent.to_string())));
                }
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
        Ok(())
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
