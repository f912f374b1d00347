//! OpenAPI schemas → the spec's types.

use crate::common::{self, answering, imported, module, one_operation, written};
use desk_codegen::spec::Answer;
use serde_json::{Value, json};

/// What a schema becomes where it is the answer of an operation, and the notes.
fn taken(schema: Value, schemas: Value) -> (Value, Vec<String>) {
    let (operation, notes) = one_operation(&answering(schema, schemas));
    let Some(Answer::Json(schema)) = operation.answers.get(&200) else { panic!("{operation:?}") };
    (written(schema), notes)
}

#[test]
fn single_values_become_words() {
    let digits = "([0-9]+)";
    for (schema, expected) in [
        (json!({"type": "string"}), json!("text")),
        (json!({"type": ["string", "null"]}), json!("text?")),
        (json!({"type": ["string", "integer"], "format": "int64", "pattern": digits}), json!("id")),
        (json!({"type": "integer", "format": "int64"}), json!("integer")),
        (
            json!({"type": "integer", "format": "int32", "minimum": 0, "maximum": 9}),
            json!({"type": "integer", "minimum": 0, "maximum": 9}),
        ),
        (json!({"type": "number", "format": "double"}), json!("number")),
        (json!({"type": "string", "format": "date-time"}), json!("date-time")),
        (json!({"type": "string", "format": "date"}), json!("date")),
        (json!({"type": "string", "format": "uri", "maxLength": 9}), json!({"type": "url", "max_length": 9})),
        (json!({"type": "string", "format": "binary"}), json!("file")),
        (json!({"type": ["string", "boolean"]}), json!("boolean")),
        (json!({"type": "boolean", "enum": [true, false]}), json!("boolean")),
        (json!({"enum": ["a", null]}), json!({"type": "text?", "values": ["a"]})),
        (json!({"const": "a"}), json!({"type": "text", "values": ["a"]})),
        (json!({"type": "array"}), json!({"type": "list", "of": "any"})),
        (
            json!({"type": "array", "items": {"type": "string"}, "maxItems": 3, "uniqueItems": true}),
            json!({"type": "list", "of": "text", "max_items": 3, "unique": true}),
        ),
        (json!({"type": "object"}), json!({"type": "map", "of": "any"})),
        (json!({"type": "object", "additionalProperties": {"type": "string"}}), json!({"type": "map", "of": "text"})),
        (json!({}), json!("any")),
    ] {
        assert_eq!(taken(schema.clone(), json!({})), (expected, Vec::new()), "{schema}");
    }
}

#[test]
fn a_null_branch_says_nullable_and_a_single_branch_is_no_union() {
    let text = json!({"type": "string"});
    let number = json!({"type": "integer"});
    for (schema, expected) in [
        (json!({"oneOf": [text, {"type": "null"}]}), json!("text?")),
        (json!({"anyOf": [text]}), json!("text")),
        (json!({"oneOf": [text, text]}), json!("text")),
        (json!({"oneOf": [{"type": "null"}]}), json!("any?")),
        (json!({"oneOf": [text, number, {"type": "null"}]}), json!({"type": "union?", "of": ["text", "integer"]})),
        (json!({"oneOf": [text], "anyOf": [number]}), json!({"type": "union", "of": ["text", "integer"]})),
    ] {
        assert_eq!(taken(schema.clone(), json!({})).0, expected, "{schema}");
    }
}

#[test]
fn all_of_merges_references_to_its_own_file_and_closed_branches() {
    let schemas = json!({
        "named": {"type": "object", "properties": {"id": {"type": "string"}}, "required": ["id"], "additionalProperties": false},
        "aged": {"type": "object", "properties": {"age": {"type": "integer"}}, "additionalProperties": false},
    });
    let repeated = json!({"allOf": [
        {"$ref": "#/components/schemas/named"},
        {"$ref": "./Thing.json#/components/schemas/named"},
        {"$ref": "#/components/schemas/aged"},
        {"type": "object", "properties": {"id": {"type": "string"}, "name": {"type": "string"}}, "required": ["id", "name"]},
    ]});
    let merged = json!({
        "type": "object", "fields": {"id": "text", "age": "integer", "name": "text"}, "required": ["id", "name"],
    });
    assert_eq!(taken(repeated, schemas), (merged, Vec::new()));
}

#[test]
fn own_properties_count_beside_all_of() {
    let schema = json!({
        "allOf": [{"$ref": "#/components/schemas/base"}],
        "properties": {"own": {"type": "string"}}, "required": ["own"],
    });
    let base = json!({"base": {"properties": {"a": {"type": "string", "maxLength": 5}}}});
    let merged = json!({"type": "object", "fields": {"a": {"type": "text", "max_length": 5}, "own": "text"}, "required": ["own"]});
    assert_eq!(taken(schema, base).0, merged);
}

#[test]
fn a_field_of_two_branches_takes_both_lists_of_values() {
    let branch = |values: Value| json!({"properties": {"kind": {"type": "string", "enum": values}}});
    let both = json!({"allOf": [branch(json!(["a", "b"])), branch(json!(["b", "c"]))]});
    let kind = json!({"type": "text", "values": ["a", "b", "c"]});
    assert_eq!(taken(both, json!({})).0["fields"]["kind"], kind);
    let open = json!({"allOf": [branch(json!(["a", "b"])), {"properties": {"kind": {"type": "string"}}}]});
    assert_eq!(taken(open, json!({})).0["fields"]["kind"], json!("text"));
}

#[test]
fn one_of_inside_all_of_becomes_a_union_of_merged_records() {
    let schema = json!({"allOf": [
        {"properties": {"id": {"type": "string"}}},
        {"oneOf": [{"properties": {"a": {"type": "string"}}}, {"properties": {"b": {"type": "string"}}}]},
    ]});
    let object = |other: &str| json!({"type": "object", "fields": {"id": "text", other: "text"}});
    assert_eq!(taken(schema, json!({})).0, json!({"type": "union", "of": [object("a"), object("b")]}));
}

#[test]
fn too_many_variants_become_one_record_with_a_note() {
    let one_of = |start: usize| {
        let branch = |n: usize| json!({"properties": {format!("f{n}"): {"type": "string"}}});
        json!({"oneOf": (start..start + 9).map(branch).collect::<Vec<_>>()})
    };
    let (made, notes) = taken(json!({"allOf": [one_of(0), one_of(10)]}), json!({}));
    assert_eq!(made["fields"].as_object().map(serde_json::Map::len), Some(18), "{made}");
    assert!(notes.iter().any(|note| note.contains("over 64 variants")), "{notes:?}");
}

#[test]
fn references_lead_across_files_and_only_what_is_reached_is_taken() {
    let ticket =
        answering(json!({"$ref": "./Common.json#/components/schemas/outer"}), json!({"unused": {"type": "string"}}));
    let common = json!({"openapi": "3.1.0", "components": {"schemas": {
        "outer": {"properties": {"inner": {"$ref": "#/components/schemas/inner"}}},
        "inner": {"properties": {"name": {"type": "string"}}},
        "lonely": {"properties": {}},
    }}});
    let imported = imported(&[("Ticket.json", &ticket), ("Common.json", &common.to_string())]);
    assert_eq!(imported.files.keys().collect::<Vec<_>>(), ["spec/upstream/common.json", "spec/upstream/ticket.json"]);
    let common = module(&imported, "common");
    assert!(common.operations.is_empty());
    assert_eq!(common.types.keys().collect::<Vec<_>>(), ["common.inner", "common.outer"]);
    assert_eq!(written(&common.types["common.outer"])["fields"]["inner"], json!("common.inner"));
    assert!(module(&imported, "ticket").types.is_empty());
    assert_eq!(common::told(&imported), [""; 0]);
}

#[test]
fn dangling_references_are_noted_and_stay_as_names() {
    let reference = |to: &str| json!({"properties": {"x": {"$ref": to}}});
    for (to, name) in [
        ("#/components/schemas/gone", "thing.gone"),
        ("./Other.json#/components/schemas/gone", "other.gone"),
        ("nothing at all", "nothing_at_all.nothing at all"),
    ] {
        let (made, notes) = taken(reference(to), json!({}));
        assert_eq!(made["fields"]["x"], json!(name));
        assert!(notes.iter().any(|note| note.contains("does not exist")), "{notes:?}");
    }
}

#[test]
fn amounts_are_told_from_ids_by_their_names() {
    let wide = json!({"type": ["string", "integer"], "format": "int64", "pattern": "([0-9]+)"});
    let names = ["ticketId", "ticketCount", "openTickets", "size", "agentIds"];
    let properties: serde_json::Map<String, Value> =
        names.iter().map(|name| ((*name).to_owned(), wide.clone())).collect();
    let (made, _) = taken(json!({ "properties": properties }), json!({}));
    let expected = json!({"ticketId": "id", "ticketCount": "integer", "openTickets": "integer", "size": "integer", "agentIds": "id"});
    assert_eq!(made["fields"], expected);
}

#[test]
fn unknown_keywords_are_noted_once_and_extensions_are_not() {
    let odd = json!({"type": "integer", "multipleOf": 5, "x-internal": true});
    let (_, notes) = taken(json!({"properties": {"a": odd, "b": odd}}), json!({}));
    let expected = ["a", "b"].map(|field| {
        format!("get_thing, field {field} of the answer: `multipleOf` of a schema is not understood and was left out")
    });
    assert!(notes.iter().zip(&expected).all(|(note, end)| note.ends_with(end)) && notes.len() == 2, "{notes:?}");
}
