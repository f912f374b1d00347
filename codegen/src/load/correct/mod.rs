//! Applies the corrections of `spec/local` to the entries they name.

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::entries::Entry;
use super::evidence::{Evidence, Fact};
use super::local::Correction;
use crate::diagnostic::{Diagnostic, Diagnostics, Location};
use crate::near;

/// The entries that corrections may name.
pub(super) struct Targets<'a> {
    pub(super) operations: &'a mut IndexMap<String, Entry>,
    pub(super) types: &'a mut IndexMap<String, Entry>,
}

/// What is wrong with a correction, where it is wrong, and what to do about it.
struct Wrong {
    at: Vec<String>,
    problem: String,
    help: String,
}

const GONE: &str = "what it corrects may be gone or renamed upstream: remove the correction, or fix its name";
const THERE: &str = "`add` is for what does not exist yet: use `change` for its keys";
const AGREES: &str = "upstream agrees now: remove the correction";

/// Help for a name that does not exist: the one that was probably meant.
fn meant<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> String {
    match near(name, known) {
        Some(known) => format!("did you mean {known}? Else {GONE}"),
        None => GONE.to_owned(),
    }
}

fn wrong(at: &[&str], problem: impl Into<String>, help: impl Into<String>) -> Wrong {
    Wrong { at: at.iter().map(|step| (*step).to_owned()).collect(), problem: problem.into(), help: help.into() }
}

/// Applies one correction. One that matches nothing or changes nothing is reported.
pub(super) fn apply(
    correction: &Correction,
    location: &Location,
    targets: &mut Targets<'_>,
    diagnostics: &mut Diagnostics,
) {
    let mut report = |wrong: Wrong| {
        let location = wrong.at.iter().fold(location.clone(), |location, step| location.join(step));
        diagnostics.push(Diagnostic::new(location, wrong.problem, wrong.help));
    };
    let entry = match target(correction, targets) {
        Ok(entry) => entry,
        Err(wrong) => return report(wrong),
    };
    let result = match &correction.add {
        Some(new) if correction.change.is_empty() => add(correction, new, entry, location),
        Some(_) => Err(wrong(&["add"], "it adds and changes at the same time", "give either `add` or `change`")),
        None => change(correction, entry, location, &mut report),
    };
    if let Err(wrong) = result {
        report(wrong);
    }
}

/// The entry that a correction names.
fn target<'a>(correction: &Correction, targets: &'a mut Targets<'_>) -> Result<&'a mut Entry, Wrong> {
    let Correction { operation, parameter, body, type_name, field, .. } = correction;
    let parts = usize::from(parameter.is_some()) + usize::from(*body) + usize::from(field.is_some());
    match (operation, type_name) {
        (Some(_), None) if parts > 1 => {
            Err(wrong(&[], "it names several parts of an operation", "use one correction for each"))
        }
        (Some(id), None) if !targets.operations.contains_key(id) => {
            let help = meant(id, targets.operations.keys().map(String::as_str));
            Err(wrong(&["operation"], format!("there is no operation {id}"), help))
        }
        (Some(id), None) => targets
            .operations
            .get_mut(id)
            .ok_or_else(|| wrong(&["operation"], format!("there is no operation {id}"), GONE)),
        (None, Some(_)) if parameter.is_some() || *body => {
            let key = if *body { "body" } else { "parameter" };
            let problem = format!("`{key}` does not belong to what is corrected");
            Err(wrong(&[key], problem, "operations have parameters and a body, types have fields"))
        }
        (None, Some(name)) if !targets.types.contains_key(name) => {
            let help = meant(name, targets.types.keys().map(String::as_str));
            Err(wrong(&["type"], format!("there is no type {name}"), help))
        }
        (None, Some(name)) => {
            targets.types.get_mut(name).ok_or_else(|| wrong(&["type"], format!("there is no type {name}"), GONE))
        }
        _ => {
            let help = "give `operation` (with `parameter`, `body` or `field`) or `type` (with `field`)";
            Err(wrong(&[], "a correction names either an operation or a type", help))
        }
    }
}

/// Changes the keys of the correction's target.
fn change(
    correction: &Correction,
    entry: &mut Entry,
    location: &Location,
    report: &mut impl FnMut(Wrong),
) -> Result<(), Wrong> {
    if correction.change.is_empty() {
        return Err(wrong(&["change"], "nothing is changed", "say which keys get which values"));
    }
    let steps = steps(correction, &entry.value)?;
    let Some(target) = steps.iter().try_fold(&mut entry.value, |value, step| inside(value, step)) else {
        return Err(wrong(&[], format!("there is no {}", steps.join(".")), GONE));
    };
    if let Value::String(word) = target {
        *target = Value::from(Map::from_iter([("type".to_owned(), Value::from(word.as_str()))]));
    }
    let Value::Object(target) = target else {
        return Err(wrong(&[], "what it names has no keys to change", GONE));
    };
    for (key, new) in &correction.change {
        let before = if new.is_null() { target.remove(key) } else { target.insert(key.clone(), new.clone()) };
        if before.as_ref() == Some(new) || (new.is_null() && before.is_none()) {
            report(wrong(&["change", key], format!("`{key}` already is {new}"), AGREES));
        }
        let changed = steps.iter().chain([key]).cloned().collect();
        entry.corrected.push((changed, location.join("change").join(key)));
        // Scopes that no source names are a guess, and a guess must not block a call.
        if key == "scopes" && correction.evidence == Evidence::Inferred {
            target.insert("doubtful_scopes".to_owned(), Value::Bool(true));
        }
    }
    let whole = correction.parameter.is_none() && correction.field.is_none();
    // A type's key is listed with the type's name: many operations reach the type, and they have their own keys.
    let key = |key: &String| correction.type_name.iter().chain([key]).cloned().collect::<Vec<_>>().join(".");
    let about = correction.change.keys().filter(|_| whole).map(key);
    let about: Vec<String> = correction.parameter.iter().chain(&correction.field).cloned().chain(about).collect();
    entry.facts.extend(about.into_iter().map(|about| fact(correction, about, location)));
    Ok(())
}

/// Adds a parameter or field that does not exist yet.
fn add(correction: &Correction, new: &Value, entry: &mut Entry, location: &Location) -> Result<(), Wrong> {
    let mut new = new.clone();
    let (name, steps) = match (&correction.parameter, &correction.field) {
        (Some(name), None) if parameter(&entry.value, name).is_none() => {
            let Some(map) = new.as_object_mut() else {
                return Err(wrong(
                    &["add"],
                    "a parameter is a record",
                    "such as {\"in\": \"query\", \"type\": \"text\"}",
                ));
            };
            let named = map.insert("name".to_owned(), Value::from(name.as_str()));
            if let Some(other) = named.filter(|other| other.as_str() != Some(name)) {
                let problem = format!("it is named {other} here, and {name} in `parameter`");
                return Err(wrong(&["add", "name"], problem, "leave `name` out: `parameter` gives it"));
            }
            let list = entry
                .value
                .as_object_mut()
                .map(|operation| operation.entry("parameters").or_insert_with(|| Value::Array(Vec::new())));
            let Some(Value::Array(list)) = list else {
                return Err(wrong(&["parameter"], "it has no list of them", GONE));
            };
            list.push(new);
            (name, vec!["parameters".to_owned(), (list.len() - 1).to_string()])
        }
        (None, Some(path)) => {
            let (outer, name) =
                path.rsplit_once('.').map_or((None, path.as_str()), |(outer, name)| (Some(outer), name));
            let mut steps = field_steps(correction, outer, &entry.value)?;
            steps.push("fields".to_owned());
            let fields = steps.iter().try_fold(&mut entry.value, |value, step| inside(value, step));
            let Some(Value::Object(fields)) = fields else {
                return Err(wrong(&["field"], format!("there is no {}", steps.join(".")), GONE));
            };
            if fields.contains_key(name) {
                return Err(wrong(&["field"], format!("there is a field {name}"), THERE));
            }
            fields.insert(name.to_owned(), new);
            steps.push(name.to_owned());
            (path, steps)
        }
        (Some(name), None) => return Err(wrong(&["parameter"], format!("there is a parameter {name}"), THERE)),
        _ => return Err(wrong(&["add"], "nothing is named that could be added", "name a `parameter` or a `field`")),
    };
    entry.corrected.push((steps, location.join("add")));
    entry.facts.push(fact(correction, name.clone(), location));
    Ok(())
}

fn fact(correction: &Correction, about: String, location: &Location) -> Fact {
    let Correction { why, evidence, strength, .. } = correction;
    Fact { about, evidence: *evidence, strength: *strength, why: why.clone(), location: location.clone() }
}

/// The path from the entry to the correction's target.
fn steps(correction: &Correction, entry: &Value) -> Result<Vec<String>, Wrong> {
    if let Some(name) = &correction.parameter {
        let index = parameter(entry, name).ok_or_else(|| {
            let help = meant(name, parameters(entry));
            wrong(&["parameter"], format!("there is no parameter {name}"), help)
        })?;
        return Ok(vec!["parameters".to_owned(), index.to_string()]);
    }
    if correction.body {
        return Ok(vec!["body".to_owned()]);
    }
    match &correction.field {
        Some(field) => field_steps(correction, Some(field), entry),
        None => Ok(Vec::new()),
    }
}

/// The path to a field, or to what holds the fields if no field is given.
fn field_steps(correction: &Correction, field: Option<&str>, entry: &Value) -> Result<Vec<String>, Wrong> {
    let mut steps = Vec::new();
    let mut here = entry;
    if correction.operation.is_some() {
        let kinds = ["json", "multipart"];
        let body = kinds.into_iter().find_map(|kind| Some((kind, entry.get("body")?.get(kind)?)));
        let Some((kind, body)) = body else { return Err(wrong(&["field"], "the operation has no such body", GONE)) };
        steps.extend(["body".to_owned(), kind.to_owned()]);
        here = body;
    }
    for name in field.into_iter().flat_map(|field| field.split('.')) {
        while let Some(of) = here.get("of").filter(|of| of.is_object()) {
            steps.push("of".to_owned());
            here = of;
        }
        let Some(found) = here.get("fields").and_then(|fields| fields.get(name)) else {
            let help = "a body that is a named type is corrected there; else what it corrects may be gone upstream";
            return Err(wrong(&["field"], format!("there is no field {name}"), help));
        };
        steps.extend(["fields".to_owned(), name.to_owned()]);
        here = found;
    }
    Ok(steps)
}

fn parameters(operation: &Value) -> impl Iterator<Item = &str> {
    let parameters = operation.get("parameters").and_then(Value::as_array).into_iter().flatten();
    parameters.filter_map(|parameter| parameter.get("name")?.as_str())
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
