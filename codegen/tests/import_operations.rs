//! OpenAPI operations → the spec's.

use crate::common::{imported, module, one_operation, operating, written};
use desk_codegen::spec::{Answer, Operation, Paging, ParameterPlace, Risk};
use serde_json::{Value, json};

fn operation(method: &str, parts: Value) -> (Operation, Vec<String>) {
    let mut source = json!({"operationId": "doThing", "responses": {"204": {}}});
    source.as_object_mut().unwrap().extend(parts.as_object().unwrap().clone());
    one_operation(&operating(method, source))
}

fn json_content(schema: Value) -> Value {
    json!({"content": {"application/json": {"schema": schema}}})
}

#[test]
fn facts_are_taken_over() {
    let parts = json!({
        "operationId": "getIMThing", "summary": " Read it. ", "deprecated": true,
        "responses": {"204": {}, "200": json_content(json!({"type": "string"})), "422": {}, "default": {}},
    });
    let (made, notes) = operation("get", parts);
    assert_eq!((made.id.as_str(), made.upstream_id.as_deref()), ("get_im_thing", Some("getIMThing")));
    assert_eq!((made.summary.as_str(), made.deprecated), ("Read it.", true));
    assert_eq!(made.answers.keys().copied().collect::<Vec<_>>(), [200, 204]);
    assert_eq!(made.errors, [422]);
    assert_eq!(notes, [""; 0]);
}

#[test]
fn scopes_of_a_list_are_alternatives_and_search_goes_with_each() {
    for (security, expected) in [
        (
            json!([{"oauth": ["Desk.agents.READ", "Desk.basic.READ"]}]),
            json!([["Desk.agents.READ"], ["Desk.basic.READ"]]),
        ),
        (
            json!([{"oauth": ["Desk.search.READ", "Desk.tasks.READ"]}, {"oauth": ["Desk.basic.READ"]}]),
            json!([["Desk.tasks.READ", "Desk.search.READ"], ["Desk.basic.READ"]]),
        ),
        (json!([{"oauth": []}]), json!([])),
    ] {
        assert_eq!(json!(operation("get", json!({ "security": security })).0.scopes), expected);
    }
}

#[test]
fn the_organization_is_a_fact_and_no_parameter() {
    for (place, name, expected) in
        [("header", "orgId", true), ("query", "orgId", true), ("path", "orgId", false), ("header", "org", false)]
    {
        let parameter = json!({"name": name, "in": place, "schema": {"type": "string"}});
        let (made, _) = operation("get", json!({ "parameters": [parameter] }));
        assert_eq!((made.organization, made.parameters.is_empty()), (expected, expected), "{place} {name}");
    }
}

#[test]
fn parameters_keep_place_need_and_note() {
    let parameters = json!([
        {"name": "id", "in": "path", "schema": {"type": "string"}},
        {"name": "q", "in": "query", "required": true, "description": " What to find. ", "schema": {"type": ["string", "null"]}},
        {"name": "X-Kind", "in": "header", "schema": {"type": "string"}},
        {"name": "sortBy", "in": "query", "schema": {"type": "string", "enum": ["name", "time"]}},
    ]);
    let (made, _) = operation("get", json!({ "parameters": parameters }));
    let facts: Vec<_> = made.parameters.iter().map(|p| (p.name.as_str(), p.place, p.required)).collect();
    let expected = [
        ("id", ParameterPlace::Path, true),
        ("q", ParameterPlace::Query, true),
        ("X-Kind", ParameterPlace::Header, false),
        ("sortBy", ParameterPlace::Query, false),
    ];
    assert_eq!(facts, expected);
    assert_eq!(made.parameters[1].note.as_deref(), Some("What to find."));
    assert_eq!(written(&made.parameters[1].schema), json!("text"), "null cannot be sent in a query");
    assert!(made.parameters[3].schema.rules.descending);
}

#[test]
fn what_cannot_be_taken_of_parameters_is_noted() {
    let twice = json!({"name": "q", "in": "query", "schema": {"type": "string"}});
    let cookie = json!({"name": "c", "in": "cookie"});
    let gone = json!({"$ref": "#/components/parameters/gone"});
    let (made, notes) = operation("get", json!({"parameters": [twice, twice, cookie, gone]}));
    assert_eq!(made.parameters.len(), 1);
    let expected = [
        "Thing.json:1:143: do_thing, parameter q: declared twice; the first one is used",
        "Thing.json:1:196: do_thing, parameter c: in \"cookie\"; it was left out",
        "Thing.json:1:223: do_thing: a parameter, Thing.json#/components/parameters/gone, does not exist; it was left out",
    ];
    assert_eq!(notes, expected);
}

#[test]
fn a_shared_parameter_is_read_in_its_own_file() {
    let thing = operating(
        "get",
        json!({
            "operationId": "getThing", "responses": {"204": {}},
            "parameters": [{"$ref": "./Common.json#/components/parameters/limit"}],
        }),
    );
    let common = json!({"openapi": "3.1.0", "components": {
        "parameters": {"limit": {"name": "limit", "in": "query", "schema": {"$ref": "#/components/schemas/limit"}}},
        "schemas": {"limit": {"type": "integer", "maximum": 50}},
    }});
    let imported = imported(&[("Thing.json", &thing), ("Common.json", &common.to_string())]);
    let operation = &module(&imported, "thing").operations[0];
    assert_eq!(
        written(&operation.parameters[0].schema),
        json!({"type": "integer", "maximum": 50}),
        "small types are written in place"
    );
}

#[test]
fn paging_starts_at_the_default_else_the_minimum_else_zero() {
    let list = json_content(json!({"properties": {"data": {"type": "array", "items": {}}, "tags": {"type": "array"}}}));
    for (from, limit, expected) in [
        (json!({"default": 1, "minimum": 0}), json!({"maximum": 99, "default": 10}), (1, Some(99), Some(10))),
        (json!({"default": "1"}), json!({"default": "25"}), (1, None, Some(25))),
        (json!({"default": 20, "minimum": 1}), json!({}), (1, None, None)),
        (json!({"minimum": 1}), json!({}), (1, None, None)),
        (json!({"minimum": -5}), json!({"maximum": 0}), (0, None, None)),
        (json!({}), json!({}), (0, None, None)),
    ] {
        let parameter = |name: &str, mut schema: Value| {
            schema["type"] = json!("integer");
            json!({"name": name, "in": "query", "schema": schema})
        };
        let parameters = [parameter("from", from.clone()), parameter("limit", limit)];
        let (made, _) = operation("get", json!({"parameters": parameters, "responses": {"200": list}}));
        let (first, maximum, default) = expected;
        let (key, timelines) = ("data".to_owned(), Vec::new());
        assert_eq!(made.paging, Some(Paging { first, maximum, default, key, id: None, timelines }), "{from}");
    }
}

#[test]
fn nothing_is_paged_without_both_parameters_and_one_list() {
    let number = |name: &str| json!({"name": name, "in": "query", "schema": {"type": "integer"}});
    let list = json!({"type": "array"});
    for (parameters, fields, key) in [
        (json!([number("from"), number("limit")]), json!({"teams": list}), Some("teams")),
        (json!([number("from"), number("limit")]), json!({"a": list, "b": list}), None),
        (json!([number("from"), number("limit")]), json!({"name": {"type": "string"}}), None),
        (json!([number("limit")]), json!({"data": list}), None),
        (
            json!([number("from"), {"name": "limit", "in": "query", "schema": {"type": "string"}}]),
            json!({"data": list}),
            None,
        ),
    ] {
        let answer = json_content(json!({ "properties": fields }));
        let (made, _) = operation("get", json!({"parameters": parameters, "responses": {"200": answer}}));
        assert_eq!(made.paging.map(|paging| paging.key).as_deref(), key, "{fields}");
    }
}

#[test]
fn bodies_are_json_form_or_bytes() {
    let record = json!({"properties": {"name": {"type": "string"}, "size": {"type": "integer"}}, "required": ["name"]});
    let content = |kinds: &[&str]| {
        let kinds = kinds.iter().map(|kind| ((*kind).to_owned(), json!({"schema": record})));
        json!({"requestBody": {"content": kinds.collect::<serde_json::Map<_, _>>()}})
    };
    for (method, kinds, expected) in [
        ("post", vec!["application/json"], (true, false, [true, false, false])),
        ("patch", vec!["application/json; charset=utf-8"], (false, true, [true, false, false])),
        ("put", vec!["multipart/form-data"], (true, false, [false, true, false])),
        ("post", vec!["application/json", "multipart/form-data"], (true, false, [true, true, false])),
        ("post", vec!["application/octet-stream"], (true, false, [false, false, true])),
    ] {
        let body = operation(method, content(&kinds)).0.body.expect("there is a body");
        let found = [body.json.is_some(), body.multipart.is_some(), body.bytes];
        assert_eq!((body.required, body.partial, found), expected, "{method} {kinds:?}");
    }
}

#[test]
fn a_change_that_has_nothing_but_what_is_required_is_not_partial() {
    for (required, partial) in [(json!(["name"]), true), (json!(["name", "size"]), false), (json!([]), true)] {
        let record = json!({"properties": {"name": {"type": "string"}, "size": {}}, "required": required});
        let source = json!({"requestBody": {"content": {"application/json": {"schema": record}}}});
        let body = operation("patch", source).0.body.expect("there is a body");
        assert_eq!((body.partial, body.required), (partial, !partial), "{required}");
    }
}

#[test]
fn responses_and_request_bodies_of_components_become_named_types() {
    let record = |field: &str| json!({"properties": {field: {"type": "string"}}});
    let document = json!({
        "openapi": "3.1.0",
        "paths": {"/things": {"post": {
            "operationId": "createThing",
            "requestBody": {"$ref": "#/components/requestBodies/thing"},
            "responses": {"200": {"$ref": "#/components/responses/thing"}},
        }}},
        "components": {
            "schemas": {"thing": record("plain")},
            "responses": {"thing": json_content(record("answered"))},
            "requestBodies": {"thing": json_content(record("sent"))},
        },
    });
    let imported = imported(&[("Thing.json", &document.to_string())]);
    let module = module(&imported, "thing");
    let operation = &module.operations[0];
    let body = operation.body.as_ref().and_then(|body| body.json.as_ref()).expect("a JSON body");
    assert_eq!(written(body), json!("thing.thingBody"));
    let Some(Answer::Json(answer)) = operation.answers.get(&200) else { panic!("{operation:?}") };
    assert_eq!(written(answer), json!("thing.thingAnswer"));
    assert!(written(&module.types["thing.thingBody"])["fields"]["sent"].is_string());
    assert!(written(&module.types["thing.thingAnswer"])["fields"]["answered"].is_string());
    assert_eq!(module.types.len(), 2, "the plain schema is not reached");
}

#[test]
fn components_that_do_not_exist_are_noted() {
    let parts = json!({
        "requestBody": {"$ref": "#/components/requestBodies/gone"},
        "responses": {"200": {"$ref": "./Other.json#/components/responses/gone"}},
    });
    let (made, notes) = operation("post", parts);
    assert!(made.body.is_none());
    let Some(Answer::Json(answer)) = made.answers.get(&200) else { panic!("{made:?}") };
    assert_eq!(written(answer), json!("other.gone"));
    assert_eq!(notes.len(), 2, "{notes:?}");
}

#[test]
fn odd_answers_are_noted() {
    let media = json!({"schema": {"type": "string"}});
    for (responses, note) in [
        (
            json!({"200": {"content": {"text/csv": media, "application/json": media}}}),
            "declared as application/json and text/csv; JSON was used",
        ),
        (json!({"404": {}}), "no success answer is declared; any JSON is accepted"),
    ] {
        let (made, notes) = operation("get", json!({ "responses": responses }));
        assert!(matches!(made.answers.get(&200), Some(Answer::Json(_))));
        assert!(notes.iter().any(|found| found.contains(note)), "{notes:?}");
    }
}

#[test]
fn an_error_beside_a_result_is_noticed() {
    let error = json!({"properties": {"errorCode": {"type": "string"}, "message": {"type": "string"}}});
    let result = json!({"properties": {"ok": {"type": "boolean"}}});
    for (schema, expected) in [(json!({"oneOf": [result, error]}), true), (result, false)] {
        let (made, _) = operation("get", json!({"responses": {"200": json_content(schema)}}));
        assert_eq!(made.error_in_success, expected);
    }
}

#[test]
fn risk_follows_from_method_and_words() {
    for (method, path, id, risk) in [
        ("get", "/things/empty", "getDeleted", Risk::Safe),
        ("delete", "/things/{id}", "stopThing", Risk::Destructive),
        ("post", "/things/moveToTrash", "deleteThings", Risk::Destructive),
        ("post", "/things/merge", "mergeThings", Risk::Destructive),
        ("post", "/things/restore", "restoreDeletedThings", Risk::Write),
        ("patch", "/agents/{id}/deactivate", "changeAgent", Risk::Destructive),
        ("put", "/things/{delete}", "setThing", Risk::Write),
    ] {
        let mut paths = json!({});
        paths[path][method] = json!({"operationId": id, "responses": {"204": {}}});
        let (made, _) = one_operation(&json!({"openapi": "3.1.0", "paths": paths}).to_string());
        assert_eq!(made.risk, risk, "{method} {path} {id}");
    }
}

#[test]
fn unknown_methods_are_noted_and_shared_keys_are_none() {
    let document = json!({"openapi": "3.1.0", "security": [], "paths": {"/things": {
        "summary": "Things.", "x-kind": 1, "trace": {},
        "get": {"operationId": "getThings", "responses": {"204": {}}},
    }}});
    let (_, notes) = one_operation(&document.to_string());
    assert_eq!(notes, ["Thing.json:1:117: TRACE /things: `trace` of a path is not understood and was left out"]);
}
