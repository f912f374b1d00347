//! Files that were once read wrongly, or not at all.

use crate::common::{self, answering, files, imported, listed, module, one_operation, written};
use desk_codegen::import::import;
use desk_codegen::spec::Answer;
use serde_json::{Value, json};

fn taken(schema: Value, schemas: Value) -> (Value, Vec<String>) {
    let (operation, notes) = one_operation(&answering(schema, schemas));
    let Some(Answer::Json(schema)) = operation.answers.get(&200) else { panic!("{operation:?}") };
    (written(schema), notes)
}

#[test]
fn all_of_of_lists_or_values_is_not_a_record() {
    let list = json!({"type": ["array", "null"], "items": {"type": "string"}});
    assert_eq!(
        taken(json!({"allOf": [list, {"type": ["array", "null"], "items": {"type": "object"}}]}), json!({})).0["type"],
        json!("list?")
    );
}

#[test]
fn all_of_of_values_is_a_value() {
    assert_eq!(taken(json!({"allOf": [{"type": "string"}, {"maxLength": 5}]}), json!({})).0, json!("text"));
}

#[test]
fn a_flag_that_another_branch_writes_as_text_is_a_boolean() {
    let branch = |schema: Value| json!({"type": "object", "properties": {"hidden": schema}});
    let flag = branch(json!({"type": ["boolean", "null"]}));
    let as_text = branch(json!({"type": "string", "default": "false"}));
    for branches in [[&flag, &as_text], [&as_text, &flag]] {
        assert_eq!(taken(json!({"allOf": branches}), json!({})).0["fields"]["hidden"], json!("boolean?"));
    }
    let word = branch(json!({"type": "string", "default": "no"}));
    assert_eq!(taken(json!({"allOf": [flag, word]}), json!({})).0["fields"]["hidden"]["type"], json!("union"));
}

#[test]
fn required_beside_all_of_counts() {
    let a = json!({"properties": {"a": {"type": "string"}}});
    assert_eq!(taken(json!({"allOf": [a], "required": ["a"]}), json!({})).0["required"], json!(["a"]));
}

#[test]
fn required_in_a_branch_counts() {
    let a = json!({"properties": {"a": {"type": "string"}}});
    assert_eq!(taken(json!({"allOf": [a, {"required": ["a"]}]}), json!({})).0["required"], json!(["a"]));
}

#[test]
fn any_of_beside_a_single_all_of_counts() {
    let a = json!({"properties": {"a": {"type": "string"}}});
    let b = json!({"properties": {"b": {"type": "string"}}});
    let (made, _) = taken(json!({"allOf": [a], "anyOf": [b]}), json!({}));
    assert!(made["fields"]["b"].is_string(), "{made}");
}

#[test]
fn properties_beside_one_of_count() {
    let b = json!({"properties": {"b": {"type": "string"}}});
    let (made, notes) = taken(json!({"properties": {"a": {"type": "string"}}, "oneOf": [b]}), json!({}));
    assert!(made["fields"]["a"].is_string() || !notes.is_empty(), "{made}");
}

#[test]
fn a_branch_that_is_null_makes_the_other_nullable() {
    assert_eq!(taken(json!({"oneOf": [{"type": "string"}, {"type": ["null"]}]}), json!({})).0, json!("text?"));
}

#[test]
fn files_of_something_else_are_refused() {
    for text in ["{}", "[]", r#"{"name": "x"}"#, "{} trailing"] {
        assert!(import(&files(&[("Bad.json", text)]), &common::api()).is_err(), "{text}");
    }
}

#[test]
fn mistakes_in_operations_have_a_position() {
    let f = files(&[("A.json", r#"{"paths": {"/a": {"get": {}}}}"#)]);
    let d = listed(&import(&f, &common::api()).unwrap_err());
    assert!(d[0].location.position.is_some(), "{}", d[0]);
}

#[test]
fn an_empty_file_has_a_position() {
    let d = listed(&import(&files(&[("A.json", "")]), &common::api()).unwrap_err());
    assert!(d[0].location.position.unwrap().1 > 0, "{}", d[0]);
}

#[test]
fn shared_response_takes_json_whatever_the_order() {
    let doc = r##"{"openapi": "3.1.0", "paths": {"/t": {"get": {"operationId": "getT", "responses": {"200": {"$ref": "#/components/responses/r"}}}}},
     "components": {"responses": {"r": {"content": {"application/octet-stream": {"schema": {"type": "string"}}, "application/json": {"schema": {"properties": {"a": {"type": "string"}}}}}}}}}"##;
    let i = imported(&[("Thing.json", doc)]);
    let m = module(&i, "thing");
    assert!(written(&m.types["thing.r"])["fields"]["a"].is_string());
}

#[test]
fn path_level_parameters_are_noted() {
    let doc = r##"{"openapi": "3.1.0", "paths": {"/t/{id}": {"parameters": [{"name": "id", "in": "path", "schema": {}}], "get": {"operationId": "getT", "responses": {"204": {}}}}}}"##;
    let i = imported(&[("Thing.json", doc)]);
    assert!(!i.notes.is_empty() || !module(&i, "thing").operations[0].parameters.is_empty());
}

#[test]
fn ids_that_become_the_same_are_noted() {
    let doc = r##"{"openapi": "3.1.0", "paths": {"/t": {"get": {"operationId": "getT", "responses": {"204": {}}},"post": {"operationId": "get_t", "responses": {"204": {}}}}}}"##;
    let i = imported(&[("Thing.json", doc)]);
    assert!(!i.notes.is_empty());
}

#[test]
fn modules_that_become_the_same_are_noted() {
    let doc = |t: &str| {
        format!(
            r##"{{"openapi": "3.1.0", "paths": {{"/{t}": {{"get": {{"operationId": "get{t}", "responses": {{"200": {{"content": {{"application/json": {{"schema": {{"$ref": "#/components/schemas/a"}}}}}}}}}}}}}}}}, "components": {{"schemas": {{"a": {{"type": "{t}"}}}}}}}}"##
        )
    };
    let i = imported(&[("IM_Bot.json", &doc("string")), ("ImBot.json", &doc("boolean"))]);
    assert!(!i.notes.is_empty());
}

#[test]
fn a_chain_of_three_thousand_types_is_followed() {
    let mut schemas = serde_json::Map::new();
    for n in 0..3000 {
        schemas.insert(
            format!("s{n}"),
            json!({"allOf": [{"$ref": format!("#/components/schemas/s{}", n + 1)}, {"properties": {}}]}),
        );
    }
    taken(json!({"$ref": "#/components/schemas/s0"}), Value::Object(schemas));
}

#[test]
fn types_that_double_at_each_step_are_read_in_time() {
    let mut schemas = serde_json::Map::new();
    for n in 0..26 {
        let r = |k: &str| json!({"$ref": format!("#/components/schemas/{k}{}", n + 1)});
        for k in ["a", "b"] {
            schemas.insert(format!("{k}{n}"), json!({"oneOf": [r("a"), r("b")]}));
        }
    }
    taken(json!({"allOf": [{"$ref": "#/components/schemas/a0"}, {"properties": {}}]}), Value::Object(schemas));
}
