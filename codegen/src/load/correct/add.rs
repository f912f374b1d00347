//! A correction that adds a parameter or a field.

use serde_json::Value;

use super::place::{field_steps, inside, not_of_a_type, parameter};
use super::{Help, Wrong, fact, wrong};
use crate::diagnostic::Location;
use crate::load::entries::Entry;
use crate::load::local::Correction;

/// Adds a parameter or field that does not exist yet.
pub(super) fn add(correction: &Correction, new: &Value, entry: &mut Entry, location: &Location) -> Result<(), Wrong> {
    if !correction.was.is_empty() {
        return Err(wrong(&["was"], "what is added replaces nothing", "leave `was` out"));
    }
    let (name, steps) = match (&correction.parameter, &correction.field) {
        (Some(name), None) => (name, add_parameter(name, new, entry)?),
        (None, Some(path)) => (path, add_field(correction, path, new, entry)?),
        _ => return Err(wrong(&["add"], "nothing is named that could be added", "name a `parameter` or a `field`")),
    };
    entry.corrected.push((steps, location.join("add")));
    entry.facts.push(fact(correction, name.clone(), location));
    Ok(())
}

fn add_parameter(name: &str, new: &Value, entry: &mut Entry) -> Result<Vec<String>, Wrong> {
    let Value::Object(mut new) = new.clone() else {
        return Err(wrong(&["add"], "a parameter is a record", "such as {\"in\": \"query\", \"type\": \"text\"}"));
    };
    let named = new.insert("name".to_owned(), Value::from(name));
    if let Some(other) = named.filter(|other| other.as_str() != Some(name)) {
        let problem = format!("it is named {other} here, and {name} in `parameter`");
        return Err(wrong(&["add", "name"], problem, "leave `name` out: `parameter` gives it"));
    }
    if let Some(index) = parameter(&entry.value, name) {
        return Err(there("parameter", name, &entry.value["parameters"][index], &Value::Object(new)));
    }
    let list = entry
        .value
        .as_object_mut()
        .map(|operation| operation.entry("parameters").or_insert_with(|| Value::Array(Vec::new())));
    let Some(Value::Array(list)) = list else {
        return Err(wrong(&["parameter"], "it has no list of them", Help::Gone(None)));
    };
    list.push(Value::Object(new));
    Ok(vec!["parameters".to_owned(), (list.len() - 1).to_string()])
}

fn add_field(correction: &Correction, path: &str, new: &Value, entry: &mut Entry) -> Result<Vec<String>, Wrong> {
    let (outer, name) = path.rsplit_once('.').map_or((None, path), |(outer, name)| (Some(outer), name));
    let mut steps = field_steps(correction, outer, &entry.value)?;
    while let Some(record) = steps.iter().try_fold(&mut entry.value, |value, step| inside(value, step)) {
        not_of_a_type(record, name)?;
        // A field of a list is one of its records.
        if !record.get("of").is_some_and(Value::is_object) {
            break;
        }
        steps.push("of".to_owned());
    }
    steps.push("fields".to_owned());
    let fields = steps.iter().try_fold(&mut entry.value, |value, step| inside(value, step));
    let Some(Value::Object(fields)) = fields else {
        return Err(wrong(&["field"], format!("there is no {}", steps.join(".")), Help::Gone(None)));
    };
    if let Some(known) = fields.get(name) {
        return Err(there("field", name, known, new));
    }
    fields.insert(name.to_owned(), new.clone());
    steps.push(name.to_owned());
    Ok(steps)
}

/// What is to be added is there already.
fn there(what: &str, name: &str, known: &Value, new: &Value) -> Wrong {
    let problem = format!("there is a {what} {name}");
    if known == new {
        return wrong(&[what], problem, Help::Agrees(None));
    }
    wrong(&[what], problem, Help::Has(known.clone()))
}
