//! Values that lead to records.

use std::collections::BTreeMap;

use desk_spec::Operation;

use super::ids::{self, ID};
use super::{Records, Store};
use crate::seed::{Act, Given, Test};

/// The parts of a request to a route that let its records be found.
#[derive(Debug, Default)]
pub(crate) struct Examples {
    /// Parameters of the path, by their places.
    pub(crate) path: BTreeMap<usize, String>,
    pub(crate) query: BTreeMap<String, String>,
    /// Ids in the body, by the fields' names.
    pub(crate) body: BTreeMap<String, String>,
}

impl Examples {
    /// These, and others beside them.
    pub(crate) fn and(mut self, other: Self) -> Self {
        self.path.extend(other.path);
        self.query.extend(other.query);
        self.body.extend(other.body);
        self
    }
}

impl Records {
    /// Examples for an operation.
    pub(crate) fn examples(&self, operation: &Operation) -> Examples {
        let (method, route) = (operation.method, operation.route());
        let mut examples = Examples::default();
        for (turn, name) in operation.path_names().enumerate() {
            if self.modules.are_named_by(name) {
                let named = operation.parameters.iter().find(|parameter| parameter.name == name);
                let listed = named.and_then(|parameter| parameter.schema.rules.values.first());
                examples.path.insert(turn, listed.unwrap_or(&self.modules.example).clone());
            }
        }
        let turns = operation.path_names().count();
        for turn in (0..turns).rev() {
            self.lead(operation, turn, &mut examples);
        }
        for (place, form) in self.forms.iter().enumerate() {
            let first =
                self.stores.get(place).and_then(|store| store.iter().next()).map(|stored| stored.id.to_string());
            for (field, below) in &form.named {
                if let Some(id) = first.as_ref().filter(|_| route.starts_with(below)) {
                    examples.body.insert(field.clone(), id.clone());
                }
            }
            for (name, test) in &form.parameters {
                let value = match test {
                    Test::Range(_) => "2000-01-01T00:00:00Z,2099-12-31T00:00:00Z",
                    Test::Custom(_) => "cf_shelf:7",
                    Test::Days(_) => "30",
                    _ => continue,
                };
                examples.query.insert(name.clone(), value.to_owned());
            }
            if let Some(act) = form.routes.get(&format!("{method} {route}")) {
                self.named_by(place, act, turns, &mut examples);
            }
        }
        examples
    }

    fn lead(&self, operation: &Operation, turn: usize, examples: &mut Examples) {
        if examples.path.contains_key(&turn) {
            return;
        }
        let Some((place, conditions)) = self.lead_at(operation, turn) else { return };
        let Some(store) = self.stores.get(place) else { return };
        let suits = |stored: &&super::store::Stored| {
            conditions.iter().all(|(field, given)| {
                let held = store.value(stored, field);
                match given {
                    Given::Literal(value) => held.as_deref() == Some(value),
                    _ => held.is_some_and(|held| !ids::texts(&held).is_empty()),
                }
            })
        };
        let Some(stored) = store.iter().find(suits) else { return };
        examples.path.insert(turn, stored.id.to_string());
        for (field, given) in conditions {
            if let (Given::Path(parent), Some(held)) = (given, store.value(stored, field)) {
                examples.path.extend(ids::texts(&held).into_iter().next().map(|text| (*parent, text)));
            }
        }
    }

    fn named_by(&self, place: usize, act: &Act, turns: usize, examples: &mut Examples) {
        let store: &Store = &self.stores[place];
        let Some(first) = store.iter().next() else { return };
        let text =
            |field: &str| store.value(first, field).map(|value| ids::texts(&value).join(",")).unwrap_or_default();
        let given = match act {
            Act::Set { ids, .. } | Act::Remove { ids, .. } | Act::Trash { ids, .. } | Act::Link { ids, .. } => {
                ids.clone()
            }
            Act::Read { by: Some(by), value, .. } => {
                match value {
                    Some(Given::Query(name)) => examples.query.insert(name.clone(), text(by)),
                    _ => examples.path.insert(turns.saturating_sub(1), text(by)),
                };
                None
            }
            _ => None,
        };
        match given {
            Some(Given::Body(name)) => examples.body.insert(name, text(ID)),
            Some(Given::Query(name)) => examples.query.insert(name, text(ID)),
            _ => None,
        };
    }
}
