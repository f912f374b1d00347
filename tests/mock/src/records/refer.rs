//! Records that have to be there: those that a path leads to, and those that a body names.

use desk_spec::Operation;
use serde_json::Value;

use super::Records;
use super::ids::{self, Id};
use super::request::Request;
use crate::exchange::refusal::{FieldFault, Refusal, Wrong, pointer};
use crate::seed::{Conditions, Given};

/// A parameter in a route.
const PARAMETER: &str = "{}";

impl Records {
    /// The record that a path leads to, with its collection. The error is the first id that does not exist.
    pub(super) fn leads_to(&self, request: Request<'_>) -> Result<Option<(usize, Id)>, String> {
        let mut last = None;
        for (turn, text) in request.call.values.iter().enumerate() {
            let Some((place, conditions)) = self.lead_at(request.call.operation, turn) else { continue };
            let unknown = || text.clone();
            let held = self.held(request, conditions);
            if conditions.values().any(|given| *given == Given::Path(turn)) {
                // The parameter is not an id: the fields identify the record.
                let found = self.found(place, held, Vec::new(), false).next();
                last = Some((place, found.ok_or_else(unknown)?.id));
                continue;
            }
            let id = ids::parse(text).ok_or_else(unknown)?;
            let stored = self.live(place, id).ok_or_else(unknown)?;
            let holds = |(path, texts): &(String, Vec<String>)| {
                self.value_at(place, stored, path).is_some_and(|value| ids::is_among(&value, texts))
            };
            if !held.iter().all(holds) {
                return Err(unknown());
            }
            last = Some((place, id));
        }
        Ok(last)
    }

    /// The collection that an operation's path leads to, up to a parameter, and the values its records must hold.
    pub(super) fn lead_at(&self, operation: &Operation, turn: usize) -> Option<(usize, &Conditions)> {
        let (end, _) = operation.path.match_indices('}').nth(turn)?;
        let named = operation.path.get(..=end)?;
        let steps = named.split('/').map(|step| if step.starts_with('{') { PARAMETER } else { step });
        let plain = steps.collect::<Vec<_>>().join("/");
        let (prefix, place) = self.paths.get_key_value(&plain).or_else(|| self.paths.get_key_value(named))?;
        Some((*place, self.forms.get(*place)?.at.get(prefix)?))
    }

    /// Rejects a body with the id of a record that does not exist.
    pub(super) fn check_named(&self, route: &str, request: Request<'_>) -> Result<(), Refusal> {
        let mut faults = Vec::new();
        if let Some(body) = request.body() {
            self.look_into(body, route, "", &mut faults);
        }
        Refusal::unless_empty(&format!("The body of {} names what is not there.", request.call.operation.id), faults)
    }

    fn look_into(&self, value: &Value, route: &str, at: &str, faults: &mut Vec<FieldFault>) {
        match value {
            Value::Object(fields) => {
                for (name, value) in fields {
                    let at = pointer(at, name);
                    match self.named(name, Some(route)) {
                        Some(place) => self.look_for(place, value, &at, faults),
                        None => self.look_into(value, route, &at, faults),
                    }
                }
            }
            Value::Array(values) => {
                for (index, value) in values.iter().enumerate() {
                    self.look_into(value, route, &pointer(at, &index.to_string()), faults);
                }
            }
            _ => {}
        }
    }

    /// Adds the ids of a value that are not among a collection's records.
    pub(super) fn look_for(&self, place: usize, value: &Value, at: &str, faults: &mut Vec<FieldFault>) {
        if let Value::Array(values) = value {
            for (index, value) in values.iter().enumerate() {
                self.look_for(place, value, &pointer(at, &index.to_string()), faults);
            }
            return;
        }
        let Some(id) = ids::one(value) else { return };
        if self.live(place, id).is_none() {
            let message = format!("There is nothing with the id {id} in {}.", self.name(place));
            faults.push(FieldFault { field: at.to_owned(), wrong: Wrong::Invalid, message });
        }
    }
}
