//! Where in an entry a correction belongs.

use serde_json::Value;

use super::{Help, Wrong, meant, wrong};
use crate::load::local::Correction;

/// The path from the entry to the correction's target.
pub(super) fn steps(correction: &Correction, entry: &Value) -> Result<Vec<String>, Wrong> {
    if let Some(name) = &correction.parameter {
        let index = parameter(entry, name).ok_or_else(|| {
            let help = meant(name, parameters(entry));
            wrong(&["parameter"], format!("there is no parameter {name}{}", beside(parameters(entry))), help)
        })?;
        return Ok(vec!["parameters".to_owned(), index.to_string()]);
    }
    if correction.body {
        return Ok(vec!["body".to_owned()]);
    }
    match &correction.field {
        None if correction.answer.is_none() => Ok(Vec::new()),
        field => field_steps(correction, field.as_deref(), entry),
    }
}

/// The path to a field, or to what holds the fields if no field is given. It is one of an answer's JSON if the correction
/// names the answer; a body may have it in its JSON or in its form.
pub(super) fn field_steps(correction: &Correction, field: Option<&str>, entry: &Value) -> Result<Vec<String>, Wrong> {
    if correction.operation.is_none() {
        return within(entry, Vec::new(), field);
    }
    if let Some(status) = &correction.answer {
        let answers = entry.get("answers").and_then(Value::as_object);
        let Some(answer) = answers.and_then(|answers| answers.get(status)) else {
            let known = answers.into_iter().flat_map(|answers| answers.keys().map(String::as_str));
            return Err(wrong(&["answer"], format!("there is no answer {status}"), meant(status, known)));
        };
        let Some(json) = answer.get("json") else {
            let help = "correct `answers` of the operation instead";
            return Err(wrong(&["answer"], format!("the answer {status} is {answer}, and no JSON"), help));
        };
        return within(json, ["answers", status, "json"].map(str::to_owned).to_vec(), field);
    }
    let kinds = ["json", "multipart"].into_iter();
    let bodies = kinds.filter_map(|kind| Some((kind, entry.get("body")?.get(kind)?)));
    let found = bodies.map(|(kind, body)| within(body, vec!["body".to_owned(), kind.to_owned()], field));
    // If neither has it, the first says what it has instead.
    let either =
        |first: Result<_, _>, second: Result<_, _>| if first.is_err() && second.is_ok() { second } else { first };
    found.reduce(either).unwrap_or_else(|| Err(wrong(&["field"], "the operation has no such body", Help::Gone(None))))
}

/// The path to a field of a record, of a list's records, or of records inside them.
fn within(record: &Value, mut steps: Vec<String>, field: Option<&str>) -> Result<Vec<String>, Wrong> {
    let mut here = record;
    for name in field.into_iter().flat_map(|field| field.split('.')) {
        while let Some(of) = here.get("of").filter(|of| of.is_object()) {
            steps.push("of".to_owned());
            here = of;
        }
        not_of_a_type(here, name)?;
        let fields = here.get("fields").and_then(Value::as_object);
        let Some(found) = fields.and_then(|fields| fields.get(name)) else {
            let known = fields.into_iter().flat_map(|fields| fields.keys().map(String::as_str));
            return Err(wrong(&["field"], format!("there is no field {name}"), meant(name, known)));
        };
        steps.extend(["fields".to_owned(), name.to_owned()]);
        here = found;
    }
    Ok(steps)
}

/// Refuses a field of a value whose type stands elsewhere, or of a list of such values.
pub(super) fn not_of_a_type(value: &Value, field: &str) -> Result<(), Wrong> {
    let word = value.as_str().or_else(|| value.get("of")?.as_str()).or_else(|| value.get("type")?.as_str());
    let Some(name) = word.filter(|word| word.contains('.')) else { return Ok(()) };
    let name = name.trim_end_matches('?');
    let help = format!("correct the type: \"type\": \"{name}\", \"field\": \"{field}\"");
    Err(wrong(&["field"], format!("the field {field} belongs to the type {name}"), help))
}

/// The names that there are, for one that is like none of them: those of a path may be quite different.
fn beside<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let mut names: Vec<&str> = names.collect();
    let more = names.len().saturating_sub(NAMED);
    names.truncate(NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    if names.is_empty() { String::new() } else { format!(", but {}{more}", names.join(", ")) }
}

/// How many names are listed.
const NAMED: usize = 8;

fn parameters(operation: &Value) -> impl Iterator<Item = &str> {
    let parameters = operation.get("parameters").and_then(Value::as_array).into_iter().flatten();
    parameters.filter_map(|parameter| parameter.get("name")?.as_str())
}

pub(super) fn parameter(operation: &Value, name: &str) -> Option<usize> {
    let parameters = operation.get("parameters")?.as_array()?;
    parameters.iter().position(|parameter| parameter.get("name").and_then(Value::as_str) == Some(name))
}

pub(super) fn inside<'v>(value: &'v mut Value, step: &str) -> Option<&'v mut Value> {
    match value {
        Value::Object(map) => map.get_mut(step),
        Value::Array(list) => list.get_mut(step.parse::<usize>().ok()?),
        _ => None,
    }
}
