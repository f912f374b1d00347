//! What OpenAPI can say in many ways is read rightly, or told with its place.

use crate::common::{
    self,
    documents::{changed, expect, get, taken},
};
use crate::common::{files, imported, module, written};
use desk_codegen::import::import;
use desk_codegen::spec::Answer;
use serde_json::{Value, json};

#[test]
fn the_document_without_a_change_says_all_that_is_known() {
    let (made, notes) = taken(&changed(|_| {}));
    assert_eq!(notes, [""; 0]);
    assert_eq!(made.operations[0].scopes, [["Desk.basic.READ"]]);
    assert_eq!(written(&made.types["thing.data"])["fields"], json!({"name": "text"}));
}

#[test]
fn security_is_that_of_the_operation_or_else_of_the_document() {
    let none = "get_thing: no `security`, neither here nor in the document: any token will do";
    let nothing = "get_thing: `security` asks for nothing, not even a token: no scope is needed";
    let key = "get_thing: the security scheme key is not OAuth; clients only send a token";
    let as_well = "get_thing: a cookie is needed as well as a token; clients only send the token";
    for (document, own, scopes, cookie, notes) in [
        (json!([{"oauth": ["a"]}]), None, json!([["a"]]), false, vec![]),
        (json!([{"oauth": ["a"]}]), Some(json!([])), json!([]), false, vec![]),
        (json!([{"oauth": ["a"]}]), Some(json!([{"oauth": ["b", "c"]}])), json!([["b"], ["c"]]), false, vec![]),
        (Value::Null, None, json!([]), false, vec![none]),
        // Schemes of one object are all needed; several objects are alternatives.
        (json!([{"oauth": ["a", "b"], "other": ["c"]}]), None, json!([["a", "c"], ["b", "c"]]), false, vec![]),
        (json!([{"oauth": ["a"]}, {"other": ["c"]}]), None, json!([["a"], ["c"]]), false, vec![]),
        (json!([{"oauth": ["a"]}, {}]), None, json!([]), false, vec![nothing]),
        (json!([{}]), None, json!([]), false, vec![nothing]),
        (json!([{"oauth": []}, {"oauth": ["a"]}]), None, json!([]), false, vec![]),
        (json!([{"browser": []}]), None, json!([]), true, vec![]),
        (json!([{"browser": []}, {"oauth": ["a"]}]), None, json!([["a"]]), false, vec![]),
        (json!([{"oauth": ["a"], "browser": []}]), None, json!([["a"]]), false, vec![as_well]),
        (json!([{"oauth": ["a"], "key": []}]), None, json!([["a"]]), false, vec![key]),
        // What clients cannot do takes nothing away from what they can, and is no permission.
        (json!([{"oauth": ["a"]}, {"key": []}]), None, json!([["a"]]), false, vec![key]),
        (
            json!([{"key": []}, {"oauth": ["b"], "browser": []}, {"oauth": ["a"]}]),
            None,
            json!([["a"]]),
            false,
            vec![key, as_well],
        ),
        (json!([{"key": []}, {"oauth": ["a"], "browser": []}]), None, json!([["a"]]), false, vec![key, as_well]),
        (json!([{"key": []}]), None, json!([]), true, vec![key]),
        (json!([{"key": []}, {"browser": []}]), None, json!([]), true, vec![key]),
        (json!([{"key": [], "oauth": []}]), None, json!([]), true, vec![key]),
    ] {
        let text = changed(|whole| {
            whole["security"] = document.clone();
            if document.is_null() {
                whole.as_object_mut().unwrap().remove("security");
            }
            if let Some(own) = &own {
                get(whole)["security"] = own.clone();
            }
            whole["components"]["securitySchemes"] = json!({
                "oauth": {"type": "oauth2"}, "browser": {"type": "apiKey", "in": "cookie", "name": "session"},
                "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
            });
        });
        let (made, found) = taken(&text);
        let operation = &made.operations[0];
        assert_eq!((json!(operation.scopes), operation.cookie_only), (scopes, cookie), "{document} {own:?}");
        // What the document says is no part of an operation.
        let found: Vec<&str> = found.iter().map(|note| note.split_once(": ").unwrap().1).collect();
        let notes: Vec<&str> = match own.is_none() && document.is_array() {
            true => notes.iter().map(|note| note.split_once(": ").unwrap().1).collect(),
            false => notes,
        };
        assert_eq!(found, notes, "{document} {own:?}");
    }
}

#[test]
fn bodies_that_are_no_json_are_sent_as_they_are_or_told() {
    let record = json!({"schema": {"type": "object", "properties": {"a": {"type": "string"}}}});
    let form = json!({"json": null, "multipart": {"type": "object", "fields": {"a": "text"}}, "bytes": false});
    let json = json!({"json": {"type": "object", "fields": {"a": "text"}}, "multipart": null, "bytes": false});
    let bytes = json!({"json": null, "multipart": null, "bytes": true});
    let raw = "clients cannot write it, so the caller sends its bytes";
    for (kinds, expected, note) in [
        (vec!["application/json"], &json, None),
        (vec!["application/vnd.thing+json; charset=utf-8"], &json, None),
        (vec!["multipart/form-data"], &form, None),
        (vec!["application/octet-stream"], &bytes, None),
        (vec!["image/png"], &bytes, None),
        (vec!["text/plain"], &bytes, Some(format!("a body of text/plain: {raw}"))),
        (vec!["text/csv"], &bytes, Some(format!("a body of text/csv: {raw}"))),
        (
            vec!["application/x-www-form-urlencoded"],
            &bytes,
            Some(format!("a body of application/x-www-form-urlencoded: {raw}")),
        ),
        (vec!["application/json", "text/xml"], &json, Some("a body of text/xml: it was left out".to_owned())),
        (
            vec!["application/json", "application/merge-patch+json"],
            &json,
            Some("a body of application/merge-patch+json: the first kind of JSON is used".to_owned()),
        ),
    ] {
        let text = changed(|whole| {
            let content: serde_json::Map<_, _> =
                kinds.iter().map(|kind| ((*kind).to_owned(), record.clone())).collect();
            get(whole)["requestBody"] = json!({ "content": content });
        });
        let imported = imported(&[("Thing.json", &text)]);
        let body = module(&imported, "thing").operations.remove(0).body.unwrap();
        let found = json!({"json": body.json, "multipart": body.multipart, "bytes": body.bytes});
        assert_eq!(&found, expected, "{kinds:?}");
        let note = note.map(|note| format!("get_thing, body: {note}"));
        let place = kinds.last().unwrap();
        expect(&text, &imported, &note.as_deref().map(|note| (note, *place)).into_iter().collect::<Vec<_>>());
    }
}

#[test]
fn ref_is_read_as_a_reference_wherever_one_may_be() {
    let shared = json!({
        "parameters": {"p": {"name": "q", "in": "query", "schema": {"type": "integer"}}},
        "responses": {"r": {"content": {"application/json": {"schema": {"type": "object", "properties": {"a": {}}}}}}},
        "requestBodies": {"b": {"content": {"application/json": {"schema": {"type": "string"}}}}},
        "pathItems": {"i": {"post": {"operationId": "sendThing", "responses": {"204": {}}}}},
        "schemas": {"data": {"type": "object", "properties": {"next": {"ref": "#/components/schemas/data"}}}},
    });
    let text = changed(|whole| {
        whole["components"] = shared;
        let operation = get(whole);
        operation["parameters"].as_array_mut().unwrap().push(json!({"ref": "#/components/parameters/p"}));
        operation["requestBody"] = json!({"ref": "#/components/requestBodies/b"});
        operation["responses"]["201"] = json!({"ref": "#/components/responses/r"});
        whole["paths"]["/others"] = json!({"ref": "#/components/pathItems/i"});
    });
    let (made, notes) = taken(&text);
    let operation = made.operations.iter().find(|operation| operation.id == "get_thing").unwrap();
    assert_eq!(operation.parameters[1].name, "q");
    assert_eq!(operation.body.as_ref().unwrap().json.as_ref().map(written), Some(json!("text")));
    assert!(matches!(&operation.answers[&201], Answer::Json(schema) if written(schema) == json!("thing.r")));
    assert!(made.operations.iter().any(|operation| operation.id == "send_thing" && operation.path == "/others"));
    assert_eq!(written(&made.types["thing.data"])["fields"]["next"], json!("thing.data"));
    assert_eq!(notes.len(), 5, "{notes:#?}");
    assert!(notes.iter().all(|note| note.contains("`ref` is read as `$ref`: #/components/")), "{notes:#?}");
}

#[test]
fn keywords_beside_a_reference_narrow_what_it_points_to() {
    let schemas = json!({
        "data": {"type": "object", "properties": {"name": {"type": "string"}}},
        "word": {"type": "string", "maxLength": 50, "enum": ["a", "b", "c"]},
        "list": {"type": "array", "items": {"type": "string"}, "maxItems": 9},
    });
    let refer = |name: &str, more: Value| {
        let mut made = json!({ "$ref": format!("#/components/schemas/{name}") });
        made.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        made
    };
    for (schema, expected) in [
        (refer("data", json!({"description": "It."})), json!("thing.data")),
        (refer("data", json!({"nullable": true})), json!("thing.data?")),
        (refer("data", json!({"type": ["object", "null"]})), json!("thing.data?")),
        (
            refer("data", json!({"required": ["name"]})),
            json!({"type": "object", "fields": {"name": "text"}, "required": ["name"]}),
        ),
        (
            refer("data", json!({"properties": {"age": {"type": "integer"}}})),
            json!({"type": "object", "fields": {"name": "text", "age": "integer"}}),
        ),
        (
            refer("word", json!({"enum": ["b", "c"], "maxLength": 90, "default": "b"})),
            json!({"type": "text", "values": ["b", "c"], "max_length": 50, "default": "b"}),
        ),
        (refer("list", json!({"maxItems": 3})), json!({"type": "list", "of": "text", "max_items": 3})),
        (
            json!({"allOf": [refer("word", json!({}))], "default": "c", "nullable": true}),
            json!({"type": "text?", "values": ["a", "b", "c"], "max_length": 50, "default": "c"}),
        ),
    ] {
        let text = changed(|whole| {
            whole["components"]["schemas"] = schemas.clone();
            let media = &mut get(whole)["responses"]["200"]["content"]["application/json"];
            media["schema"] = json!({"type": "object", "properties": {"field": schema}});
        });
        let (made, notes) = taken(&text);
        let Answer::Json(answer) = &made.operations[0].answers[&200] else { panic!("{made:?}") };
        assert_eq!(written(answer)["fields"]["field"], expected, "{schema}");
        assert_eq!(notes, [""; 0], "{schema}");
    }
}

#[test]
fn a_document_that_is_none_of_the_known_versions_is_refused() {
    for version in ["2.0", "3.2.0", "31", ""] {
        let text = changed(|whole| whole["openapi"] = json!(version));
        let found = import(&files(&[("Thing.json", &text)]), &common::api()).unwrap_err().to_string();
        assert!(found.contains(&format!("OpenAPI {version:?} is not known")), "{found}");
    }
    assert_eq!(taken(&changed(|whole| whole["openapi"] = json!("3.0.3"))).1, [""; 0]);
}

#[test]
fn an_area_that_nobody_else_has_and_much_like_another_is_told() {
    let text = changed(|whole| {
        for (index, scope) in
            ["Desk.tickets.READ", "Desk.tickets.UPDATE", "Desk.tikets.READ", "Desk.calls.READ"].iter().enumerate()
        {
            let operation = json!({"operationId": format!("getThing{index}"), "responses": {"204": {}},
                                   "security": [{"oauth": [scope]}]});
            whole["paths"][format!("/things/{index}")] = json!({ "get": operation });
        }
    });
    let imported = imported(&[("Thing.json", &text)]);
    let note = "get_thing2: no other operation has a scope of Desk.tikets; is it Desk.tickets?";
    expect(&text, &imported, &[(note, "Desk.tikets.READ")]);
}
