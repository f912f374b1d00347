//! Types in the document mean to a validator of JSON Schema what they mean in the spec.

use crate::common::{get, loaded, spec_files, upstream};
use desk_codegen::openapi::{Descriptions, openapi};
use serde_json::{Value, json};

/// The schema that the document has for a type, and whether it accepts each of these values.
fn written(schema: &Value, values: &[&Value]) -> (Value, Vec<bool>) {
    let types =
        json!({"ticket.it": schema, "ticket.part": {"type": "object", "fields": {"id": "id"}, "required": ["id"]}});
    let mut files = spec_files(&[upstream("ticket", &[get("read", "/a", json!("ticket.it"))], types)]);
    files.insert("spec/local/api.json".to_owned(), include_str!("../../spec/local/api.json").to_owned());
    let text = openapi(&loaded(&files), &Descriptions::default()).unwrap();
    let document: Value = serde_json::from_str(&text).unwrap();
    let (mut schemas, mut compiler) = (boon::Schemas::new(), boon::Compiler::new());
    compiler.set_default_draft(boon::Draft::V2020_12);
    compiler.enable_format_assertions();
    compiler.add_resource("memory:///desk.json", document.clone()).unwrap();
    let index = compiler.compile("memory:///desk.json#/components/schemas/ticket.it", &mut schemas).unwrap();
    let accepted = values.iter().map(|value| schemas.validate(value, index).is_ok()).collect();
    (document["components"]["schemas"]["ticket.it"].clone(), accepted)
}

#[test]
fn what_suits_a_type_suits_its_schema_and_nothing_else_does() {
    let text = |rules: Value| {
        let mut schema = json!({"type": "text"});
        schema.as_object_mut().unwrap().extend(rules.as_object().unwrap().clone());
        schema
    };
    let table = [
        (json!("any"), json!([1, "a", null, {}, []]), json!([])),
        (json!("boolean"), json!([true]), json!(["true", null])),
        (json!("boolean?"), json!([false, null]), json!([0])),
        (json!("date"), json!(["2024-05-14"]), json!(["2024-13-14"])),
        (json!("date-time"), json!(["2024-05-14T09:30:00.000Z"]), json!(["2024-05-14"])),
        (json!("duration"), json!(["41:50 hrs"]), json!(["41:70 hrs", "41:50"])),
        (json!("email?"), json!(["maya@example.com", null]), json!(["maya"])),
        (json!("id"), json!(["4000000012", "0"]), json!(["-1", "", "4a", 7, null])),
        (json!("integer"), json!([7, -7]), json!([7.5, "7"])),
        (json!("number"), json!([7.5, 7]), json!(["7.5"])),
        (json!("text?"), json!(["", null]), json!([7])),
        (json!("time"), json!(["09:30"]), json!([9])),
        (json!("time-range"), json!(["2024-05-14T09:30:00Z,2024-05-15T09:30:00Z"]), json!(["2024-05-14T09:30:00Z"])),
        (json!("url"), json!(["https://www.example.com/page"]), json!([1])),
        (text(json!({"min_length": 2, "max_length": 3})), json!(["äöü", "ab"]), json!(["a", "abcd"])),
        (text(json!({"values": ["a", "b.c"]})), json!(["a", "b.c"]), json!(["b", "bxc", null])),
        (json!({"type": "text?", "values": ["a"]}), json!(["a", null]), json!(["b"])),
        (text(json!({"values": ["a"], "open": true})), json!(["a", "b"]), json!([1])),
        (
            text(json!({"values": ["at", "-up"], "descending": true})),
            json!(["at", "-at", "-up"]),
            json!(["up", "--at"]),
        ),
        (text(json!({"values": ["A.B"], "time_range": true})), json!(["A.B", "x,y"]), json!(["AxB", "A.B,"])),
        (text(json!({"values": ["a"], "words": ["all"]})), json!(["a", "all"]), json!(["al"])),
        (text(json!({"prefix": "cm_"})), json!(["cm_a"]), json!(["acm_", "cm"])),
        (json!({"type": "id", "words": ["-1", "a|b"]}), json!(["7", "-1", "a|b"]), json!(["-2", "a", "b"])),
        (json!({"type": "integer", "words": ["all"]}), json!([7, "all"]), json!([7.5, true])),
        (json!({"type": "date", "words": ["null"]}), json!(["2024-05-14", "null"]), json!([7])),
        (json!({"type": "integer", "values": ["1", "2"]}), json!([1]), json!([3, "1"])),
        (json!({"type": "integer", "minimum": -1, "maximum": 2}), json!([-1, 2]), json!([-2, 3])),
        (
            json!({"type": "list", "of": "id", "max_items": 2, "unique": true}),
            json!([["1", "2"], []]),
            json!([["1", "1"], ["1", "2", "3"], "1", null]),
        ),
        (json!({"type": "map?", "of": "integer"}), json!([{"a": 1}, {}, null]), json!([{"a": "1"}, []])),
        (json!("ticket.part"), json!([{"id": "1", "more": []}]), json!([{}, {"id": null}, null])),
        (json!({"type": "list", "of": "ticket.part?"}), json!([[{"id": "1"}, null]]), json!([[{}]])),
        (
            json!({"type": "union?", "of": ["ticket.part", "boolean"]}),
            json!([true, {"id": "1"}, null]),
            json!(["a", {}]),
        ),
        (
            json!({"type": "object?", "fields": {"a": "text?", "b": "id"}, "expected": ["a"], "required": ["b"]}),
            json!([{"b": "1"}, {"a": null, "b": "1"}, null]),
            json!([{"a": "x"}, []]),
        ),
    ];
    for (schema, good, bad) in &table {
        let values: Vec<&Value> = good.as_array().unwrap().iter().chain(bad.as_array().unwrap()).collect();
        let (written, accepted) = written(schema, &values);
        for (index, (value, accepted)) in values.iter().zip(accepted).enumerate() {
            let suits = index < good.as_array().unwrap().len();
            assert_eq!(accepted, suits, "{value} as {schema}, written as {written}");
        }
    }
}

#[test]
fn words_of_openapi_come_before_extensions() {
    let plain = [
        (json!("id?"), json!({"type": ["string", "null"], "format": "int64", "pattern": "^[0-9]+$"})),
        (json!("file"), json!({"type": "string", "format": "binary"})),
        (json!("ticket.part?"), json!({"anyOf": [{"$ref": "#/components/schemas/ticket.part"}, {"type": "null"}]})),
        (
            json!({"type": "text", "values": ["a"], "default": "a", "read_only": true}),
            json!({"type": "string", "enum": ["a"], "readOnly": true, "default": "a"}),
        ),
        (json!({"type": "list", "of": "any", "min_items": 1}), json!({"type": "array", "minItems": 1, "items": {}})),
    ];
    for (schema, expected) in plain {
        assert_eq!(written(&schema, &[]).0, expected, "{schema}");
    }
}
