//! Changes recorded as events in another collection, such as a ticket's history.

use serde_json::{Value, json};

use super::Records;
use super::ids::{self, ID, Id};
use super::show::made;
use super::store::Stored;
use crate::common::calendar::parse;
use crate::seed::{Events, Record, Tells};

/// The kind of change to a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    Added,
    Removed,
    Trashed,
    Restored,
}

/// An event that a change is.
#[derive(Debug)]
pub(super) struct Event {
    to: usize,
    fields: Record,
}

impl Records {
    /// The event that a change of a whole record is. It is worked out while the record is there.
    pub(super) fn event(&self, place: usize, id: Id, change: Change) -> Option<Event> {
        let (tells, of) = self.telling(place, id)?;
        let name = match change {
            Change::Added => &tells.added,
            Change::Removed => &tells.removed,
            Change::Trashed => &tells.trashed,
            Change::Restored => &tells.restored,
        };
        self.made_event(tells, of, name.as_ref()?, &Record::new())
    }

    /// The events that new values of fields are.
    pub(super) fn events(&self, place: usize, id: Id, fields: &Record) -> Vec<Event> {
        let Some((tells, of)) = self.telling_with(place, id, fields) else { return Vec::new() };
        let Some((store, stored)) = self.stores.get(place).and_then(|store| Some((store, store.get(id)?))) else {
            return Vec::new();
        };
        if self.telling(place, id).is_none() {
            // A record that was a draft is recorded as new.
            let event = tells.added.as_ref().and_then(|name| self.made_event(tells, of, name, &Record::new()));
            return event.into_iter().collect();
        }
        let mut events = Vec::new();
        let mut changed = Record::new();
        let times = [&store.form.modified, &store.form.created];
        for (name, value) in fields.iter().filter(|(name, _)| !times.iter().any(|time| time.as_ref() == Some(*name))) {
            let held = store.value(stored, name);
            if held.as_deref().unwrap_or(&Value::Null) == value {
                continue;
            }
            match tells.lists.get(name) {
                Some((more, fewer)) => {
                    let before = held.map(|held| ids::all(&held)).unwrap_or_default();
                    let now = ids::all(value);
                    let one = Record::from_iter([(name.clone(), value.clone())]);
                    let name = if now.iter().any(|id| !before.contains(id)) { more } else { fewer };
                    events.extend(self.made_event(tells, of, name, &one));
                }
                None => {
                    changed.insert(name.clone(), value.clone());
                }
            }
        }
        if let Some(name) = tells.changed.as_ref().filter(|_| !changed.is_empty()) {
            events.extend(self.made_event(tells, of, name, &changed));
        }
        events
    }

    /// Keeps events.
    pub(super) fn tell(&mut self, events: impl IntoIterator<Item = Event>, now: &str) {
        for event in events {
            let id = self.new_id(event.to);
            let Some(store) = self.stores.get_mut(event.to) else { continue };
            let mut fields = event.fields;
            fields.extend(store.form.created.clone().map(|field| (field, json!(now))));
            store.add(id, None, fields);
        }
    }

    /// How a record's changes are recorded, and for which record, if that exists.
    fn telling(&self, place: usize, id: Id) -> Option<(&Tells, Id)> {
        self.telling_with(place, id, &Record::new())
    }

    /// The same for the record with these fields.
    fn telling_with(&self, place: usize, id: Id, fields: &Record) -> Option<(&Tells, Id)> {
        let store = self.stores.get(place)?;
        let tells = store.form.tells.as_ref()?;
        let stored = store.get(id)?;
        let value = |name: &str| fields.get(name).cloned().or_else(|| Some(store.value(stored, name)?.into_owned()));
        if let Some((field, silent)) = &tells.unless
            && value(field).as_ref() == Some(silent)
        {
            return None;
        }
        if tells.of == ID {
            return Some((tells, id));
        }
        let of = value(&tells.of).as_ref().and_then(ids::one)?;
        let told = self.named(&tells.of, None).and_then(|place| self.stores.get(place));
        told.is_some_and(|told| told.get(of).is_some()).then_some((tells, of))
    }

    fn made_event(&self, tells: &Tells, of: Id, name: &str, changed: &Record) -> Option<Event> {
        let to = self.place(&tells.to)?;
        let form = self.forms.get(to)?.events.as_ref()?;
        let changes = changed.iter().map(|(field, value)| self.told(form, field, value));
        let fields = json!({
            (tells.by.clone()): of.to_string(),
            (form.name.clone()): name,
            (form.changes.clone()): changes.collect::<Vec<_>>(),
            (form.fields.clone()): changed.keys().collect::<Vec<_>>(),
        });
        let Value::Object(fields) = fields else { return None };
        Some(Event { to, fields })
    }

    /// A changed field with its new value, of a record with its name.
    fn told(&self, form: &Events, field: &str, value: &Value) -> Value {
        let kind = |word: &str| form.kinds.get(word).cloned();
        let named = self.named(field, None).zip(ids::one(value)).and_then(|(place, id)| {
            let store = self.stores.get(place)?;
            let (kind, name) = form.records.get(&store.form.name)?;
            Some((kind, self.name_of(place, store.get(id)?, name), id))
        });
        let (kind, id, name, of) = match (named, value) {
            (Some((of, name, id)), _) => (kind("record"), json!(id.to_string()), name, json!(of)),
            (None, value) => {
                let kind = match value {
                    Value::Bool(_) => kind("boolean"),
                    Value::Number(_) => kind("number"),
                    Value::Array(_) => kind("list"),
                    Value::String(text) if text.contains('T') && parse(text).is_some() => kind("time"),
                    _ => kind("text"),
                };
                let texts = ids::texts(value);
                let name = if texts.is_empty() { Value::Null } else { json!(texts.join(", ")) };
                (kind, Value::Null, name, Value::Null)
            }
        };
        let keys = &form.change;
        let value = Record::from_iter([(keys.id.clone(), id), (keys.name.clone(), name), (keys.of.clone(), of)]);
        let mut told = keys.also.clone();
        told.extend([(keys.field.clone(), json!(field)), (keys.kind.clone(), json!(kind))]);
        told.insert(keys.value.clone(), Value::Object(value));
        Value::Object(told)
    }

    fn name_of(&self, place: usize, stored: &Stored, field: &str) -> Value {
        let Some(store) = self.stores.get(place) else { return Value::Null };
        let held = store.value(stored, field).map(|value| value.into_owned());
        held.or_else(|| made(store, stored, field)).unwrap_or_default()
    }
}
