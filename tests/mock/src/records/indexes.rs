//! What makes a collection's records be found fast. Records are known by their places in the store.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::Value;

use super::ids::{self, Id};
use super::key::Key;
use super::sorted::Sorted;
use super::timeline::Timeline;
use crate::seed::{Collection, Test};

#[derive(Clone, Debug)]
pub(super) struct Indexes {
    /// By the ids that fields hold: all records.
    ids: BTreeMap<String, HashMap<Id, Vec<usize>>>,
    /// By times: those that are not trashed. Each is made when it is first wanted.
    times: BTreeMap<String, OnceCell<Timeline>>,
    /// Those that are not trashed, in the order in which they were added.
    live: Sorted<usize>,
}

impl Indexes {
    pub(super) fn new(form: &Collection) -> Self {
        Self {
            ids: form.indexed.iter().chain(&form.within).map(|field| (field.clone(), HashMap::new())).collect(),
            times: times(form).into_iter().map(|field| (field.to_owned(), OnceCell::new())).collect(),
            live: Sorted::default(),
        }
    }

    /// Whether an index is about a field.
    pub(super) fn are_about(&self, field: &str) -> bool {
        self.ids.contains_key(field) || self.times.contains_key(field)
    }

    /// The places of the records that hold an id, in order; None if the field has no such index.
    pub(super) fn holding(&self, field: &str, id: Id) -> Option<&[usize]> {
        Some(self.ids.get(field)?.get(&id).map_or(&[], Vec::as_slice))
    }

    /// The records in the order of a field, if it is indexed; the value at a place is asked for if it is not yet known.
    pub(super) fn timeline(&self, field: &str, key: impl Fn(usize) -> Key) -> Option<&Timeline> {
        let places = || self.live.slice(0..self.live.len()).into_iter().copied();
        let made = || Timeline::new(places().map(|place| (key(place), place)).collect());
        Some(self.times.get(field)?.get_or_init(made))
    }

    pub(super) fn live(&self) -> &Sorted<usize> {
        &self.live
    }

    /// Adds a record with these values.
    pub(super) fn add<'v>(&mut self, place: usize, trashed: bool, value: impl Fn(&str) -> Option<Cow<'v, Value>>) {
        for (field, index) in &mut self.ids {
            for id in value(field).map(|value| ids::all(&value)).unwrap_or_default() {
                let places = index.entry(id).or_default();
                if let Err(at) = places.binary_search(&place) {
                    places.insert(at, place);
                }
            }
        }
        if !trashed {
            self.live.insert(place);
            for (field, timeline) in &mut self.times {
                let Some(timeline) = timeline.get_mut() else { continue };
                timeline.insert(Key::of(value(field).as_deref()), place);
            }
        }
    }

    /// Takes out the record that was added with these values.
    pub(super) fn remove<'v>(&mut self, place: usize, trashed: bool, value: impl Fn(&str) -> Option<Cow<'v, Value>>) {
        for (field, index) in &mut self.ids {
            for id in value(field).map(|value| ids::all(&value)).unwrap_or_default() {
                let Some(places) = index.get_mut(&id) else { continue };
                if let Ok(at) = places.binary_search(&place) {
                    places.remove(at);
                }
            }
        }
        if !trashed {
            self.live.remove(&place);
            for (field, timeline) in &mut self.times {
                let Some(timeline) = timeline.get_mut() else { continue };
                timeline.remove(Key::of(value(field).as_deref()), place);
            }
        }
    }
}

/// The fields of a collection by which lists are ordered or searched as times, if they are stored with the records.
fn times(form: &Collection) -> BTreeSet<&str> {
    let searched = form.parameters.values().filter_map(|test| match test {
        Test::Range(field) | Test::Days(field) => Some(field),
        _ => None,
    });
    let all = [&form.created, &form.modified, &form.ordered].into_iter().flatten().chain(searched);
    let elsewhere = |field: &str| {
        field.contains('.') || form.made.contains_key(field) || form.counts.contains_key(field) || field == ids::ID
    };
    all.map(String::as_str).filter(|field| !elsewhere(field)).collect()
}
