//! A small OpenAPI document to change, and what an import makes of it.

use desk_codegen::import::Imported;
use desk_codegen::spec::Module;
use serde_json::{Value, json};

use super::{imported, module, told};

/// A document with one operation, and what `change` does to it.
pub(crate) fn changed(change: impl FnOnce(&mut Value)) -> String {
    let mut document = json!({
        "openapi": "3.1.0",
        "security": [{"oauth": ["Desk.basic.READ"]}],
        "paths": {"/things/{id}": {"get": {
            "operationId": "getThing", "summary": "Read.",
            "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
            "responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/data"}}}}},
        }}},
        "components": {"schemas": {"data": {"type": "object", "properties": {"name": {"type": "string"}}}}},
    });
    change(&mut document);
    format!("{document:#}")
}

pub(crate) fn taken(text: &str) -> (Module, Vec<String>) {
    let imported = imported(&[("Thing.json", text)]);
    (module(&imported, "thing"), told(&imported))
}

pub(crate) fn get(document: &mut Value) -> &mut Value {
    &mut document["paths"]["/things/{id}"]["get"]
}

/// Asserts that the notes are these, and that each stands in a line that holds the text given with it.
pub(crate) fn expect(text: &str, imported: &Imported, expected: &[(&str, &str)]) {
    let told: Vec<(&str, &str)> = imported
        .notes
        .iter()
        .map(|note| {
            let line = note.location.position.and_then(|(line, _)| text.lines().nth(line - 1)).unwrap_or_default();
            (note.text.as_str(), line)
        })
        .collect();
    assert_eq!(told.len(), expected.len(), "{told:#?}");
    for ((note, line), (text, place)) in told.iter().zip(expected) {
        assert_eq!(note, text);
        assert!(line.contains(place), "{note} is told at {line:?} instead of {place:?}");
    }
}
