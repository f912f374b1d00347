//! The tools, as clients are told of them.

use desk_sdk::by_name::{catalogue_of, key_fields, record_shape};
use desk_sdk::{Method, Operation, Risk, Shape};
use rmcp::model::{Tool, ToolAnnotations};
use serde_json::{Map, Value, json};

use super::lists::is_list;
use super::{schema, view};
use crate::scopes::Entry;

/// The tools that every server has.
pub(super) const FIND: &str = "find_operations";
pub(super) const DESCRIBE: &str = "describe_operation";
pub(super) const CALL: &str = "call_operation";

/// The arguments of those tools.
pub(super) const WORDS: &str = "words";
pub(super) const FAMILY: &str = "family";
pub(super) const OPERATION: &str = "operation";
pub(super) const ARGUMENTS: &str = "arguments";

/// The three tools by which every served operation can be found, understood and called.
pub(super) fn general(max_risk: Risk) -> [Tool; 3] {
    let text = |about: &str| json!({ "type": "string", "description": about });
    let find = object(
        [
            (WORDS, text("What it is about, such as: add comment ticket")),
            (FAMILY, text("Only operations of this family, such as tickets")),
        ],
        &[WORDS],
    );
    let describe = object([(OPERATION, text("Its name, such as get_tickets"))], &[OPERATION]);
    let arguments = json!({ "type": "object", "description": "Its arguments, as describe_operation has them" });
    let mut call = object([(OPERATION, text("Its name, such as get_tickets")), (ARGUMENTS, arguments)], &[OPERATION]);
    if let Some(Value::Object(properties)) = call.get_mut("properties") {
        properties.append(&mut view::properties(true, view::Told::Fully));
    }
    let reading = |title: &str| {
        ToolAnnotations::with_title(title).read_only(true).destructive(false).idempotent(true).open_world(false)
    };
    [
        Tool::new(FIND, "Find operations of Zoho Desk by words. Answers with names, what they do and their risk.", find)
            .with_annotations(reading("Find operations")),
        Tool::new(
            DESCRIBE,
            "What one operation does and takes: a JSON Schema of its arguments, its risk, its scopes, and whether it can \
             be called here.",
            describe,
        )
        .with_annotations(reading("Describe an operation")),
        Tool::new(CALL, "Call any operation by its name. Look at describe_operation first.", call)
            .with_annotations(annotations("Call an operation".to_owned(), max_risk, None)),
    ]
}

/// An operation as a tool of its own.
pub(super) fn own(operation: &'static Operation) -> Tool {
    let mut about = operation.summary.trim_end_matches('.').to_owned();
    about.push('.');
    for names in schema::alternatives(operation) {
        about.push_str(&format!(" Needs {names}."));
    }
    if operation.risk > Risk::Safe {
        about.push_str(&format!(" Risk: {}.", operation.risk));
    }
    let keys = key_fields(operation.id).unwrap_or_default();
    if is_list(operation) && !keys.is_empty() {
        let keys: Vec<&str> = keys.iter().map(|key| key.as_str()).collect();
        about.push_str(&format!(" Shows ids and {}.", keys.join(", ")));
    }
    let annotations = annotations(title(operation.id), operation.risk, Some(operation.method));
    Tool::new(operation.id, about, schema::of_tool(operation)).with_annotations(annotations)
}

/// Everything about an operation, whether or not it can be called.
pub(super) fn described(entry: &Entry, callable: &Result<(), String>) -> Value {
    let operation = entry.operation;
    let known = catalogue_of(operation.id).unwrap_or_default();
    let mut about = json!({
        "operation": operation.id,
        "summary": operation.summary,
        "family": entry.family(),
        "request": format!("{} {}", operation.method, operation.path),
        "risk": operation.risk.to_string(),
        "scopes": known["scopes"],
        "arguments": schema::arguments(operation),
        "answer": if is_list(operation) { "a list of records" } else { known["answer"].as_str().unwrap_or_default() },
        "callable": callable.is_ok(),
    });
    if let Err(reason) = callable {
        about["not_callable_because"] = reason.as_str().into();
    }
    let alternatives = schema::alternatives(operation);
    if !alternatives.is_empty() {
        about["needs_one_of"] = alternatives.into();
    }
    if operation.deprecated {
        about["deprecated"] = true.into();
    }
    if let Some(Shape::Record { fields, .. }) = record_shape(operation.id) {
        about["fields_of_records"] = fields.iter().map(|(name, _)| Value::from(*name)).collect();
    }
    about
}

/// What clients may show or ask before they call it: hints that follow from the risk, not from the method.
fn annotations(title: String, risk: Risk, method: Option<Method>) -> ToolAnnotations {
    let repeats = matches!(method, Some(Method::Put | Method::Delete));
    ToolAnnotations::with_title(title)
        .read_only(risk == Risk::Safe)
        .destructive(risk >= Risk::Outbound)
        .idempotent(risk == Risk::Safe || repeats)
        .open_world(risk == Risk::Outbound)
}

/// `get_tickets` as people write it.
fn title(id: &str) -> String {
    let words = id.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn object<const N: usize>(properties: [(&str, Value); N], required: &[&str]) -> Map<String, Value> {
    let properties: Map<String, Value> =
        properties.into_iter().map(|(name, schema)| (name.to_owned(), schema)).collect();
    let schema = json!({
        "type": "object", "properties": properties, "required": required, "additionalProperties": false,
    });
    match schema {
        Value::Object(schema) => schema,
        _ => Map::new(),
    }
}
