//! What the document has to hold so that readers of OpenAPI understand it: names, paths, references, types.

use crate::random_spec;
use std::collections::BTreeSet;

use crate::common::{described, get, loaded, post, real, spec_files, upstream};
use desk_codegen::Files;
use desk_codegen::load::load;
use desk_codegen::openapi::{Descriptions, openapi};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use serde_json::{Value, json};

const METHODS: [&str; 5] = ["get", "put", "post", "delete", "patch"];

/// The document of a spec.
fn document(files: &Files) -> Value {
    let text = openapi(&loaded(files), &Descriptions::default()).unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
    serde_json::from_str(&text).unwrap()
}

/// The document of a spec with these operations of one module, and with what is true of the whole API.
fn of(operations: &[Value]) -> Value {
    let mut files = spec_files(&[upstream("ticket", operations, json!({}))]);
    files.insert("spec/local/api.json".to_owned(), include_str!("../../spec/local/api.json").to_owned());
    document(&files)
}

/// Every operation with its path and method.
fn operations(document: &Value) -> impl Iterator<Item = (&str, &str, &Value)> {
    let paths = document["paths"].as_object().unwrap();
    paths.iter().flat_map(|(path, item)| {
        METHODS.iter().filter_map(move |method| Some((path.as_str(), *method, item.get(*method)?)))
    })
}

/// Every value below this one.
fn within<'a>(value: &'a Value, visit: &mut impl FnMut(&'a Value)) {
    visit(value);
    match value {
        Value::Array(list) => list.iter().for_each(|value| within(value, visit)),
        Value::Object(map) => map.values().for_each(|value| within(value, visit)),
        _ => {}
    }
}

fn names_in(path: &str) -> Vec<&str> {
    path.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name)).collect()
}

fn texts(value: &Value) -> Vec<&str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

/// What the specification demands beyond the form.
fn check(document: &Value) {
    let mut routes = BTreeSet::new();
    for path in document["paths"].as_object().unwrap().keys() {
        let route = names_in(path).iter().fold(path.clone(), |path, name| path.replace(&format!("{{{name}}}"), "{}"));
        assert!(routes.insert(route), "{path} is the same as another path");
    }
    let tags: BTreeSet<&str> = document["tags"].as_array().unwrap().iter().filter_map(|t| t["name"].as_str()).collect();
    let scopes = &document["components"]["securitySchemes"]["oauth"]["flows"]["authorizationCode"]["scopes"];
    let mut ids = BTreeSet::new();
    for (path, method, operation) in operations(document) {
        let id = operation["operationId"].as_str().unwrap();
        assert!(ids.insert(id), "{id} is there twice");
        assert!(texts(&operation["tags"]).iter().all(|tag| tags.contains(tag)), "{id}");
        let mut seen = BTreeSet::new();
        let mut in_path = Vec::new();
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            let parameter = match parameter["$ref"].as_str() {
                Some(reference) => document.pointer(reference.trim_start_matches('#')).unwrap(),
                None => parameter,
            };
            let (name, place) = (parameter["name"].as_str().unwrap(), parameter["in"].as_str().unwrap());
            assert!(seen.insert((name, place)), "{id} has {name} in {place} twice");
            assert!(parameter["schema"].is_object() != parameter["content"].is_object(), "{id}: {name}");
            if place == "path" {
                assert_eq!(parameter["required"], true, "{id}: {name}");
                in_path.push(name);
            }
        }
        let (mut declared, mut wanted) = (in_path, names_in(path));
        declared.sort_unstable();
        wanted.sort_unstable();
        assert_eq!(declared, wanted, "{method} {path}");
        for scope in operation["security"].as_array().unwrap().iter().flat_map(|set| texts(&set["oauth"])) {
            assert!(scopes[scope].is_string(), "{scope} of {id} is not declared");
        }
    }
    let fits = |key: &String| key.chars().all(|c| c.is_ascii_alphanumeric() || ".-_".contains(c));
    assert!(document["components"]["schemas"].as_object().unwrap().keys().all(fits));
    within(document, &mut |value| {
        if let Some(reference) = value.get("$ref").and_then(Value::as_str) {
            assert!(document.pointer(reference.trim_start_matches('#')).is_some(), "{reference} leads nowhere");
        }
    });
}

/// Compiles every type, which checks that each is JSON Schema.
fn compile(document: &Value) {
    let (mut schemas, mut compiler) = (boon::Schemas::new(), boon::Compiler::new());
    compiler.set_default_draft(boon::Draft::V2020_12);
    compiler.add_resource("memory:///desk.json", document.clone()).unwrap();
    for key in document["components"]["schemas"].as_object().unwrap().keys() {
        let place = format!("memory:///desk.json#/components/schemas/{key}");
        compiler.compile(&place, &mut schemas).unwrap_or_else(|error| panic!("{key}: {error}"));
    }
}

#[test]
fn the_document_of_the_real_holds_together() {
    let loaded = loaded(&real());
    let document: Value = serde_json::from_str(&described(&loaded)).unwrap();
    check(&document);
    compile(&document);
    let aliases = |operation: &Value| operation["x-desk-aliases"].as_array().map_or(0, Vec::len);
    let written: usize = operations(&document).map(|(_, _, operation)| 1 + aliases(operation)).sum();
    assert_eq!(written, loaded.spec.operations.len(), "no operation is lost");
    let account = &document["components"]["schemas"]["ticket.account"];
    assert_eq!(account["properties"]["accountName"]["description"], "The name of the company.");
}

#[test]
fn the_same_spec_gives_the_same_bytes() {
    let written = || openapi(&loaded(&real()), &Descriptions::default()).unwrap();
    assert!(written() == written());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_document_of_any_spec_holds_together(bytes in vec(any::<u8>(), 0..3000)) {
        let document = document(&random_spec::files(&bytes));
        check(&document);
        compile(&document);
    }
}

#[test]
fn paths_that_differ_in_names_alone_are_one() {
    let mut read = get("read", "/a/{id}/b/{of}", json!("text"));
    read["parameters"] = json!([
        {"name": "of", "in": "path", "required": true, "type": "text"},
        {"name": "id", "in": "path", "required": true, "type": "id"},
    ]);
    let mut write = post("write", "/a/{ticketId}/b/{ticketId}", json!("text"));
    write["parameters"] = json!([{"name": "ticketId", "in": "path", "required": true, "type": "id"}]);
    let document = of(&[read, write]);
    check(&document);
    let item = &document["paths"]["/a/{id}/b/{of}"];
    assert_eq!(item["get"]["x-desk-path"], Value::Null);
    assert_eq!(item["post"]["x-desk-path"], "/a/{ticketId}/b/{ticketId}");
    let named = |parameter: &Value| (parameter["name"].clone(), parameter["x-desk-name"].clone());
    let parameters: Vec<_> = item["post"]["parameters"].as_array().unwrap().iter().map(named).collect();
    assert_eq!(parameters[..2], [(json!("id"), json!("ticketId")), (json!("of"), json!("ticketId"))]);
}

#[test]
fn a_duplicate_stands_with_the_real_operation_by_what_differs() {
    let mut real = get("get_b", "/a/{id}", json!("text"));
    real["parameters"] = json!([{"name": "id", "in": "path", "required": true, "type": "id"}]);
    real["deprecated"] = json!(true);
    let mut alias = real.clone();
    (alias["id"], alias["alias_of"], alias["risk"]) = (json!("get_a"), json!("get_b"), json!("write"));
    alias["deprecated"] = json!(false);
    let document = of(&[alias, real]);
    let written = &document["paths"]["/a/{id}"]["get"];
    assert_eq!(written["operationId"], "get_b");
    let expected =
        json!([{"operationId": "get_a", "x-desk-risk": "write", "x-desk-alias-of": "get_b", "deprecated": null}]);
    assert_eq!(written["x-desk-aliases"], expected);
    assert_eq!(document["tags"][0]["x-desk-operations"], json!(["get_a", "get_b"]));
}

#[test]
fn scopes_of_one_set_are_in_one_requirement_and_alternatives_in_several() {
    let with = |scopes: Value| {
        let mut operation = get("read", "/a", json!("text"));
        operation["scopes"] = scopes;
        let document = of(&[operation]);
        document["paths"]["/a"]["get"]["security"].clone()
    };
    assert_eq!(with(json!([])), json!([{"oauth": []}]), "any token will do, but there has to be one");
    assert_eq!(
        with(json!([["Desk.a.READ", "Desk.search.READ"], ["Desk.basic.READ"]])),
        json!([{"oauth": ["Desk.a.READ", "Desk.search.READ"]}, {"oauth": ["Desk.basic.READ"]}])
    );
}

#[test]
fn parameters_are_written_as_they_travel() {
    let mut operation = get("read", "/a", json!("text"));
    operation["parameters"] = json!([
        {"name": "ids", "in": "query", "type": {"type": "list", "of": "id"}},
        {"name": "filter", "in": "query", "type": {"type": "object", "fields": {"a": "text"}}},
        {"name": "either", "in": "query", "type": {"type": "union", "of": ["text", {"type": "list", "of": "text"}]}},
        {"name": "flags", "in": "header", "type": {"type": "list", "of": "text"}},
        {"name": "q", "in": "query", "type": "text", "required": true, "note": "words"},
    ]);
    let document = of(&[operation]);
    let written = &document["paths"]["/a"]["get"]["parameters"];
    let by_comma = json!({"style": "form", "explode": false});
    for index in [0, 2] {
        assert_eq!(json!({"style": written[index]["style"], "explode": written[index]["explode"]}), by_comma);
    }
    assert_eq!(written[1]["content"]["application/json"]["schema"]["type"], "object");
    assert_eq!(written[1]["schema"], Value::Null);
    assert_eq!(written[3]["style"], Value::Null, "a header has its values between commas anyway");
    let plain =
        json!({"name": "q", "in": "query", "description": "words", "required": true, "schema": {"type": "string"}});
    assert_eq!(written[4], plain);
    assert_eq!(written[5], json!({"$ref": "#/components/parameters/orgId"}));
}

#[test]
fn answers_and_bodies_have_their_media_types() {
    let mut operation = post("send", "/a", json!("text"));
    operation["body"] = json!({"bytes": true, "multipart": {"type": "object", "fields": {"file": "file"}}});
    operation["answers"] = json!({"200": "bytes", "201": {"json": "id"}, "204": "empty"});
    operation["errors"] = json!([422]);
    let document = of(&[operation]);
    let written = &document["paths"]["/a"]["post"];
    let file = json!({"type": "string", "format": "binary"});
    let form = json!({"type": "object", "properties": {"file": file}});
    let expected = json!({"multipart/form-data": {"schema": form}, "application/octet-stream": {"schema": file}});
    assert_eq!(written["requestBody"]["content"], expected);
    let answers = &written["responses"];
    assert_eq!(answers["200"]["content"], json!({"application/octet-stream": {"schema": file}}));
    assert_eq!(answers["201"]["content"]["application/json"]["schema"]["type"], "string");
    assert_eq!(answers["204"]["content"], Value::Null);
    let refusal = json!({"$ref": "#/components/responses/ApiError"});
    assert_eq!((&answers["422"], &answers["default"]), (&refusal, &refusal));
}

#[test]
fn what_only_changes_requires_no_field_but_those_that_are_needed() {
    let mut operation = post("change", "/a", json!("ticket.data"));
    operation["body"] = json!({"partial": true, "needed": ["id"], "json": "ticket.data"});
    let data = json!({"type": "object", "fields": {"id": "id", "name": "text"}, "required": ["name", "id"]});
    let mut files = spec_files(&[upstream("ticket", &[operation], json!({"ticket.data": data}))]);
    files.insert("spec/local/api.json".to_owned(), include_str!("../../spec/local/api.json").to_owned());
    let document = document(&files);
    let body = &document["paths"]["/a"]["post"]["requestBody"]["content"]["application/json"]["schema"];
    assert_eq!((&body["required"], &body["x-desk-type"]), (&json!(["id"]), &json!("ticket.data")));
    let whole = &document["components"]["schemas"]["ticket.data"];
    assert_eq!(whole["required"], json!(["name", "id"]));
}

#[test]
fn without_a_word_about_the_api_there_is_no_document() {
    let mut files = spec_files(&[upstream("ticket", &[get("read", "/a", json!("text"))], json!({}))]);
    files.remove("spec/local/api.json");
    let told = load(&files).unwrap_err().to_string();
    assert!(told.contains("spec/local/api.json") && told.contains("help: "), "{told}");
    let mut wrong = files;
    wrong.insert("spec/local/api.json".to_owned(), "{\"title\": \"Desk\",\n\"sumary\": \"\"}".to_owned());
    let told = load(&wrong).unwrap_err().to_string();
    assert!(told.contains("spec/local/api.json:2") && told.contains("sumary"), "{told}");
}

#[test]
fn evidence_and_guesses_stand_with_the_operation() {
    let local = json!({"corrections": [
        {"why": "seen", "evidence": "observed", "strength": "live", "operation": "read", "change": {"risk": "write"},
         "was": {"risk": "safe"}},
        {"why": "by its name", "evidence": "inferred", "operation": "read", "change": {"scopes": [["Desk.a.READ"]]},
         "was": {"scopes": [["Desk.basic.READ"]]}},
    ]});
    let mut files = spec_files(&[upstream("ticket", &[get("read", "/a", json!("text"))], json!({}))]);
    files.insert("spec/local/api.json".to_owned(), include_str!("../../spec/local/api.json").to_owned());
    files.insert("spec/local/facts.json".to_owned(), local.to_string());
    let document = document(&files);
    let read = &document["paths"]["/a"]["get"];
    assert_eq!(read["x-desk-inferred"], json!(["scopes"]));
    assert_eq!((&read["x-desk-doubtful-scopes"], &read["x-desk-risk"]), (&json!(true), &json!("write")));
    let seen = json!({"about": "risk", "evidence": "observed", "strength": "live", "why": "seen"});
    let guessed = json!({"about": "scopes", "evidence": "inferred", "why": "by its name"});
    assert_eq!(read["x-desk-evidence"], json!([seen, guessed]));
}

/// Every extension that a document has.
fn extensions(document: &Value, found: &mut BTreeSet<String>) {
    within(document, &mut |value| {
        let keys = value.as_object().into_iter().flatten().map(|(key, _)| key);
        found.extend(keys.filter(|key| key.starts_with("x-desk-")).cloned());
    });
}

#[test]
fn every_extension_is_listed_in_the_readme() {
    let mut found = BTreeSet::new();
    extensions(&document(&real()), &mut found);
    let mut random = proptest::test_runner::TestRunner::deterministic();
    for _ in 0..20 {
        let bytes = vec(any::<u8>(), 3000).new_tree(&mut random).unwrap().current();
        extensions(&document(&random_spec::files(&bytes)), &mut found);
    }
    let readme = include_str!("../../spec/README.md");
    let listed: BTreeSet<&str> =
        readme.split('`').filter(|code| code.starts_with("x-desk-") && !code.contains('…')).collect();
    let written: BTreeSet<&str> = found.iter().map(String::as_str).collect();
    assert_eq!(written, listed);
}
