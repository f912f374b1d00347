//! Schemas of arguments, as clients of all kinds take them.

use desk_sdk::Operation;
use desk_sdk::by_name::catalogue_of;
use serde_json::{Map, Value};

use super::lists::is_list;
use super::view;

/// What the catalogue says for programs of our own, and no model needs.
const OWN_KEYWORDS: [&str; 2] = ["x-in", "x-expected"];
/// What a call checks anyway, and nobody has to know to make a good one.
const DETAILS: [&str; 7] = ["allOf", "minLength", "maxLength", "minItems", "maxItems", "uniqueItems", "pattern"];
/// Nobody reads a schema of more bytes to choose a tool; `describe_operation` has it in full.
const LARGEST: usize = 6 * 1024;

/// The arguments of an operation's own tool: those of the call, and how its answer is shown.
///
/// Clients refuse some of what JSON Schema has: alternatives at the top (`allOf`), which the call itself checks as well.
/// Records within records that make it long are left open.
pub(super) fn of_tool(operation: &Operation) -> Map<String, Value> {
    let mut schema = arguments(operation);
    schema.values_mut().for_each(|part| without(part, &DETAILS));
    if size(&schema) > LARGEST {
        schema.remove("$defs");
        open_records(&mut schema);
    }
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        for (name, property) in view::properties(is_list(operation), view::Told::Briefly) {
            properties.entry(name).or_insert(property);
        }
    }
    schema
}

/// The arguments of a call, for whoever has to know all of them.
pub(super) fn arguments(operation: &Operation) -> Map<String, Value> {
    let described = catalogue_of(operation.id).unwrap_or_default();
    let Value::Object(mut described) = described else { return Map::new() };
    let Some(Value::Object(mut schema)) = described.remove("arguments") else { return Map::new() };
    schema.remove("allOf");
    schema.values_mut().for_each(|part| without(part, &OWN_KEYWORDS));
    schema
}

/// The names of which one is required, where either will do.
pub(super) fn alternatives(operation: &Operation) -> Vec<String> {
    let described = catalogue_of(operation.id).unwrap_or_default();
    let pairs = described["arguments"]["allOf"].as_array().into_iter().flatten();
    let names = pairs.map(|pair| {
        let each = pair["anyOf"].as_array().into_iter().flatten().filter_map(|one| one["required"][0].as_str());
        each.collect::<Vec<_>>().join(" or ")
    });
    names.filter(|names| !names.is_empty()).collect()
}

pub(super) fn size(schema: &Map<String, Value>) -> usize {
    schema.iter().map(|(name, value)| name.len() + value.to_string().len() + 4).sum()
}

/// Takes out keywords. A property may have the name of one, but its schema is an object.
fn without(schema: &mut Value, keywords: &[&str]) {
    match schema {
        Value::Object(fields) => {
            fields.retain(|name, value| value.is_object() || !keywords.contains(&name.as_str()));
            fields.values_mut().for_each(|part| without(part, keywords));
        }
        Value::Array(values) => values.iter_mut().for_each(|part| without(part, keywords)),
        _ => {}
    }
}

/// Leaves records open: what a schema refers to, and what is written within a property.
fn open_records(schema: &mut Map<String, Value>) {
    let Some(Value::Object(properties)) = schema.get_mut("properties") else { return };
    properties.values_mut().for_each(open);
}

fn open(schema: &mut Value) {
    let Value::Object(fields) = schema else { return };
    if fields.contains_key("$ref") || fields.contains_key("properties") {
        for name in ["$ref", "properties", "patternProperties", "additionalProperties", "required", "allOf"] {
            fields.remove(name);
        }
        fields.insert("type".to_owned(), "object".into());
        fields.insert("description".to_owned(), "describe_operation has its fields".into());
    }
    fields.get_mut("items").into_iter().for_each(open);
    for alternative in fields.get_mut("anyOf").and_then(Value::as_array_mut).into_iter().flatten() {
        open(alternative);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::scopes::entries;

    /// What clients are known to refuse: alternatives at the top, names with other characters, and more than a few KB.
    #[test]
    fn every_operation_has_a_schema_that_clients_take() {
        let mut keywords = BTreeSet::new();
        for entry in entries() {
            let operation = entry.operation;
            let schema = of_tool(operation);
            assert_eq!(schema["type"], "object", "{operation}");
            for refused in ["allOf", "anyOf", "oneOf", "not", "$schema"] {
                assert!(!schema.contains_key(refused), "{operation}: {refused}");
            }
            for name in schema["properties"].as_object().unwrap().keys() {
                let good = |c: char| c.is_ascii_alphanumeric() || "_.-".contains(c);
                assert!(name.len() <= 64 && name.chars().all(good), "{operation}: {name}");
            }
            let text = Value::Object(schema.clone()).to_string();
            assert!(text.len() < 24 * 1024, "{operation}: {} bytes", text.len());
            let has_defs = schema.contains_key("$defs");
            assert!(has_defs || !text.contains("$ref"), "{operation}");
            for own in OWN_KEYWORDS {
                assert!(!text.contains(&format!("\"{own}\":")), "{operation}");
            }
            collect(&Value::Object(schema), false, &mut keywords);
        }
        let known = [
            "$defs",
            "$ref",
            "additionalProperties",
            "anyOf",
            "contentEncoding",
            "default",
            "description",
            "enum",
            "examples",
            "format",
            "items",
            "maximum",
            "minimum",
            "patternProperties",
            "properties",
            "readOnly",
            "required",
            "type",
        ];
        let unknown: Vec<_> = keywords.iter().filter(|keyword| !known.contains(&keyword.as_str())).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }

    /// The keywords of a schema. Below `properties` and the like, keys are names.
    fn collect(schema: &Value, names: bool, keywords: &mut BTreeSet<String>) {
        match schema {
            Value::Object(fields) => {
                for (key, value) in fields {
                    if !names {
                        keywords.insert(key.clone());
                    }
                    let below = !names && ["properties", "patternProperties", "$defs"].contains(&key.as_str());
                    if names || !["default", "enum", "examples"].contains(&key.as_str()) {
                        collect(value, below, keywords);
                    }
                }
            }
            Value::Array(values) => values.iter().for_each(|value| collect(value, names, keywords)),
            _ => {}
        }
    }
}
