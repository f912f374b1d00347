//! What the generator reads: spec files and OpenAPI files.

use std::sync::LazyLock;

use arbitrary::{Result, Unstructured};
use desk_codegen::diagnostic::Diagnostics;
use desk_codegen::{Files, emit, import, load, model, openapi};
use serde_json::{Value, json};

use crate::documents::{any, damage, keys};

/// A small spec.
const SPEC: [(&str, &str); 5] = [
    ("spec/upstream/attachment.json", include_str!("../../../codegen/tests/data/helpdesk/upstream/attachment.json")),
    (
        "spec/upstream/organization.json",
        include_str!("../../../codegen/tests/data/helpdesk/upstream/organization.json"),
    ),
    ("spec/upstream/ticket.json", include_str!("../../../codegen/tests/data/helpdesk/upstream/ticket.json")),
    ("spec/local/api.json", include_str!("../../../spec/local/api.json")),
    ("spec/local/facts.json", include_str!("../../../codegen/tests/data/helpdesk/local/facts.json")),
];

/// A manifest with a place for the families.
const MANIFEST: &str = include_str!("../../../codegen/tests/data/helpdesk/Cargo.toml");

/// Makes one of a spec's files of the bytes, and takes the spec the whole way to generated files.
///
/// # Panics
///
/// When a spec is neither refused with a place and an advice, nor generated from.
pub fn spec_file(bytes: &[u8]) {
    // Bytes that end too early make no input.
    let Ok(files) = spec(&mut Unstructured::new(bytes)) else { return };
    let loaded = match load::load(&files) {
        Ok(loaded) => loaded,
        Err(diagnostics) => return complete(&diagnostics),
    };
    match model::build(&loaded) {
        Ok(model) => {
            let made = emit::emit(&loaded.spec, &model, MANIFEST);
            // The only thing that a good spec may lack.
            let lacking = |reason: &String| reason.contains("discovers_organization");
            assert!(made.as_ref().err().is_none_or(lacking), "{made:?} from {files:#?}");
        }
        Err(diagnostics) => complete(&diagnostics),
    }
}

/// Makes an OpenAPI file of the bytes, imports it, and loads what was imported.
///
/// # Panics
///
/// When a file is neither refused with a place and an advice, nor imported as a spec that can be read.
pub fn openapi_file(bytes: &[u8]) {
    let mut bytes = Unstructured::new(bytes);
    // JSON is YAML as well, nearly always.
    let name = if bytes.ratio(1, 4).unwrap_or_default() { "Thing.yaml" } else { "Thing.json" };
    let Ok(text) = document(&mut bytes) else { return };
    let files = Files::from([(name.to_owned(), text)]);
    match import::import(&files) {
        Ok(imported) => {
            // What was imported may break rules, as the API's own files do; it is said then.
            if let Err(diagnostics) = load::load(&imported.files) {
                complete(&diagnostics);
            }
        }
        Err(diagnostics) => complete(&diagnostics),
    }
}

/// Every diagnostic says where, what, and what to do.
fn complete(diagnostics: &Diagnostics) {
    assert!(!diagnostics.is_empty());
    for one in diagnostics.iter() {
        assert!(!one.location.file.is_empty() && !one.problem.is_empty() && !one.help.is_empty(), "{one}");
    }
}

fn spec(bytes: &mut Unstructured<'_>) -> Result<Files> {
    let mut files: Files = SPEC.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    let (path, text) = bytes.choose(&SPEC)?;
    let damaged = damaged(bytes, text)?;
    files.insert((*path).to_owned(), damaged);
    Ok(files)
}

fn document(bytes: &mut Unstructured<'_>) -> Result<String> {
    let text = if bytes.arbitrary()? { example().to_string() } else { own().to_owned() };
    damaged(bytes, &text)
}

/// The small spec as the document that the project writes of it.
fn own() -> &'static str {
    static OWN: LazyLock<String> = LazyLock::new(|| {
        let files = SPEC.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
        load::load(&files)
            .and_then(|loaded| openapi::openapi(&loaded, &openapi::Descriptions::default()))
            .expect("the small spec is good")
    });
    &OWN
}

/// A file of the bytes: as they are, a random document, or the file with damage to its text or to its values.
fn damaged(bytes: &mut Unstructured<'_>, text: &str) -> Result<String> {
    let mut value: Value = serde_json::from_str(text).unwrap_or_default();
    let mut known = vec!["type".to_owned()];
    keys(&value, &mut known);
    Ok(match bytes.int_in_range(0..=9)? {
        0 => String::from_utf8_lossy(bytes.bytes(bytes.len())?).into_owned(),
        1 => any(bytes, &known, 0)?.to_string(),
        2 | 3 => {
            let mut text = text.as_bytes().to_vec();
            let at = bytes.choose_index(text.len())?;
            match bytes.arbitrary::<Option<u8>>()? {
                Some(byte) => text[at] = byte,
                None => text.truncate(at),
            }
            String::from_utf8_lossy(&text).into_owned()
        }
        4 => {
            // A value from elsewhere in the file.
            let mut places = Vec::new();
            pointers(&value, String::new(), &mut places);
            let from = value.pointer(bytes.choose(&places)?).cloned().unwrap_or_default();
            if let Some(to) = value.pointer_mut(bytes.choose(&places)?) {
                *to = from;
            }
            value.to_string()
        }
        _ => {
            damage(bytes, &mut value, &known)?;
            value.to_string()
        }
    })
}

/// The places of all values.
fn pointers(value: &Value, at: String, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                pointers(value, format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")), found);
            }
        }
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(index, value)| pointers(value, format!("{at}/{index}"), found));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    found.push(at);
}

/// An OpenAPI file with something of everything that the importer knows.
fn example() -> Value {
    let thing = json!({
        "type": ["object", "null"],
        "required": ["id"],
        "additionalProperties": false,
        "properties": {
            "id": { "type": "string", "format": "int64", "pattern": "^[0-9]+$" },
            "kind": { "type": "string", "enum": ["a", "B", "", "zh_TW"], "default": "a" },
            "at": { "type": "string", "format": "date-time", "readOnly": true },
            "size": { "type": "number", "minimum": 0, "maximum": 99.5 },
            "parts": { "type": "array", "items": { "$ref": "#/components/schemas/part" }, "maxItems": 5, "uniqueItems": true },
            "either": { "oneOf": [{ "$ref": "#/components/schemas/part" }, { "type": "string", "maxLength": 9 }, { "type": "null" }] },
            "whole": { "allOf": [{ "$ref": "#/components/schemas/part" }, { "properties": { "more": { "type": "boolean" } } }] },
            "cf": { "type": "object", "additionalProperties": { "type": "string" } },
        },
    });
    let list = json!({
        "operationId": "getThings",
        "summary": "List things.",
        "deprecated": true,
        "security": [{ "OAuth": ["Desk.things.READ", "Desk.search.READ"] }, { "OAuth": ["Desk.basic.READ"] }],
        "parameters": [
            { "$ref": "#/components/parameters/from" },
            { "name": "orgId", "in": "header", "required": true, "schema": { "type": "string" } },
            { "name": "sortBy", "in": "query", "schema": { "type": "string", "enum": ["at", "-at"] } },
        ],
        "responses": {
            "200": { "content": { "application/json": { "schema": { "properties": { "data": { "type": "array", "items": { "$ref": "#/components/schemas/thing" } } } } } } },
            "204": { "description": "" },
            "default": { "$ref": "#/components/responses/error" },
        },
    });
    let add = json!({
        "operationId": "addThing",
        "requestBody": { "required": true, "content": {
            "application/json": { "schema": { "$ref": "#/components/schemas/thing" } },
            "multipart/form-data": { "schema": { "properties": { "file": { "type": "string", "format": "binary" } } } },
        } },
        "responses": { "201": { "content": { "image/png": { "schema": { "type": "string", "format": "binary" } } } } },
    });
    json!({
        "openapi": "3.1.0",
        "paths": {
            "/api/v1/things": { "get": list, "post": add },
            "/api/v1/things/{id}": { "delete": { "operationId": "deleteThing", "parameters": [{ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }], "responses": { "204": {} } } },
        },
        "components": {
            "schemas": { "thing": thing, "part": { "properties": { "of": { "$ref": "./Thing.json#/components/schemas/thing" } } } },
            "parameters": { "from": { "name": "from", "in": "query", "schema": { "type": "integer", "minimum": 1 } } },
            "responses": { "error": { "description": "refused" } },
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_undamaged_inputs_are_good() {
        let files = SPEC.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
        assert!(model::build(&load::load(&files).unwrap()).is_ok());
        let files = Files::from([("Thing.json".to_owned(), example().to_string())]);
        let imported = import::import(&files).unwrap();
        assert_eq!(imported.files.len(), 1);
        let files = Files::from([("desk.json".to_owned(), own().to_owned())]);
        assert_eq!(import::import(&files).unwrap().files.len(), 4);
    }
}
