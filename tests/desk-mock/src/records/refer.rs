//! Records that have to be there: those that a path leads to, and those that a body names.

use serde_json::Value;

use super::Records;
use super::ids::{self, Id};
use super::request::Request;
use crate::refusal::{FieldFault, Refusal, Wrong, pointer};
use crate::seed::Given;

/// A parameter in a route.
const PARAMETER: &str = "{}";

impl Records {
    /// The record that a path leads to, with its collection; the id of the first that is not there is the error.
    pub(super) fn leads_to(&self, route: &str, request: Request<'_>) -> Result<Option<(usize, Id)>, String> {
        let mut last = None;
        for (turn, (end, _)) in route.match_indices(PARAMETER).enumerate() {
            let Some(prefix) = route.get(..end + PARAMETER.len()) else { continue };
            let Some(&place) = self.paths.get(prefix) else { continue };
            let conditions = self.forms.get(place).and_then(|form| form.at.get(prefix));
            let (Some(conditions), Some(text)) = (conditions, request.call.values.get(turn)) else { continue };
            let unknown = || text.clone();
            let held = self.held(request, conditions);
            if conditions.values().any(|given| *given == Given::Path(turn)) {
                // The parameter is no id: the fields tell the record.
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

    /// Refuses a body with the id of a record that is not there.
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
