//! Applies the corrections of `spec/local` to the entries they name.

use indexmap::IndexMap;
use serde_json::Value;

use super::entries::Entry;
use super::local::Correction;
use crate::diagnostic::{Diagnostic, Diagnostics, Place};

/// The entries that corrections may name.
pub(super) struct Targets<'a> {
    pub(super) operations: &'a mut IndexMap<String, Entry>,
    pub(super) types: &'a mut IndexMap<String, Entry>,
}

/// Applies one correction. One that matches nothing or changes nothing is reported.
pub(super) fn apply(correction: &Correction, place: &Place, targets: &mut Targets<'_>, diagnostics: &mut Diagnostics) {
    let mut fail = |place: Place, problem: String, help: &str| diagnostics.push(Diagnostic::new(place, problem, help));
    let stray = match (&correction.operation, &correction.parameter, &correction.field) {
        (Some(_), _, Some(_)) => Some("field"),
        (None, Some(_), _) => Some("parameter"),
        _ => None,
    };
    if let Some(key) = stray {
        let help = "operations have parameters, types have fields";
        return fail(place.join(key), format!("`{key}` does not belong to what is corrected"), help);
    }
    let gone = "what it corrects may be gone or renamed upstream: take the correction out, or mend its name";
    let (entry, steps) = match (&correction.operation, &correction.type_name) {
        (Some(id), None) => {
            let Some(entry) = targets.operations.get_mut(id) else {
                return fail(place.join("operation"), format!("there is no operation {id}"), gone);
            };
            let steps = match &correction.parameter {
                None => Vec::new(),
                Some(name) => match parameter(&entry.value, name) {
                    Some(index) => vec!["parameters".to_owned(), index.to_string()],
                    None => return fail(place.join("parameter"), format!("{id} has no parameter {name}"), gone),
                },
            };
            (entry, steps)
        }
        (None, Some(name)) => {
            let Some(entry) = targets.types.get_mut(name) else {
                return fail(place.join("type"), format!("there is no type {name}"), gone);
            };
            let steps = correction.field.iter().flat_map(|field| ["fields".to_owned(), field.clone()]).collect();
            (entry, steps)
        }
        _ => {
            let problem = "a correction names either an operation or a type".to_owned();
            return fail(place.clone(), problem, "give `operation` (with `parameter`) or `type` (with `field`)");
        }
    };
    if correction.change.is_empty() {
        return fail(place.join("change"), "nothing is changed".to_owned(), "say which keys get which values");
    }
    let Some(target) = steps.iter().try_fold(&mut entry.value, |value, step| inside(value, step)) else {
        return fail(place.clone(), format!("there is no {}", steps.join(".")), gone);
    };
    if let Value::String(word) = target {
        *target = Value::from(serde_json::Map::from_iter([("type".to_owned(), Value::from(word.as_str()))]));
    }
    let Value::Object(target) = target else {
        return fail(place.clone(), "what it names has no keys to change".to_owned(), gone);
    };
    for (key, new) in &correction.change {
        let before = if new.is_null() { target.remove(key) } else { target.insert(key.clone(), new.clone()) };
        if before.as_ref() == Some(new) || (new.is_null() && before.is_none()) {
            let place = place.join("change").join(key);
            fail(place, format!("`{key}` already is {new}"), "upstream agrees by now: take the correction out");
        }
        let changed = steps.iter().chain([key]).cloned().collect();
        entry.corrected.push((changed, place.join("change").join(key)));
    }
}

fn parameter(operation: &Value, name: &str) -> Option<usize> {
    let parameters = operation.get("parameters")?.as_array()?;
    parameters.iter().position(|parameter| parameter.get("name").and_then(Value::as_str) == Some(name))
}

fn inside<'v>(value: &'v mut Value, step: &str) -> Option<&'v mut Value> {
    match value {
        Value::Object(map) => map.get_mut(step),
        Value::Array(list) => list.get_mut(step.parse::<usize>().ok()?),
        _ => None,
    }
}
