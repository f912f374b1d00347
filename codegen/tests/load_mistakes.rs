//! Every mistake in a spec is a diagnostic with file, line, column and help.

use crate::common::{self, files, get, loaded, mistakes, post, spec_files, upstream};
use desk_codegen::{API, Files};
use serde_json::{Value, json};

/// A module `ticket` with one GET on `/tickets/{id}` and one type, changed by `change`.
fn changed(change: impl FnOnce(&mut Value, &mut Value)) -> Files {
    let mut operation = get("get_ticket", "/tickets/{id}", json!("ticket.data"));
    operation["parameters"] = json!([{"name": "id", "in": "path", "required": true, "type": "id"}]);
    let mut types = json!({"ticket.data": {"type": "object", "fields": {"name": "text"}}});
    change(&mut operation, &mut types);
    spec_files(&[upstream("ticket", &[operation], types)])
}

#[test]
fn the_spec_without_a_change_is_right() {
    let loaded = loaded(&changed(|_, _| {}));
    let spec = &loaded.spec;
    assert_eq!((spec.operations.len(), spec.types.len(), loaded.families.len()), (1, 1, 1));
    assert_eq!(spec.operation("get_ticket").map(|listed| listed.module.as_str()), Some("ticket"));
}

#[test]
fn mistakes_of_an_operation_are_found() {
    let cases: &[(&str, Value, &str, &str, &str)] = &[
        ("id", json!("getTicket"), "id", "\"getTicket\" is not an operation id", "small letters"),
        ("path", json!("tickets/{id}"), "path", "is not a path", "a path starts with /"),
        ("path", json!("/tickets/{id}?a=1"), "path", "is not a path", "has no query"),
        (
            "path",
            json!("/tickets/{id}/{other}"),
            "path",
            "path parameter {other} is not declared",
            "\"parameter\": \"other\", \"add\": {\"in\": \"path\"",
        ),
        ("path", json!("/tickets"), "parameters.0.name", "the path has no {id}", "the path is /tickets"),
        ("scopes", json!([["Desk.Desk.settings.READ"]]), "scopes.0.0", "is not a scope", "Product.area.OP"),
        (
            "scopes",
            json!([["Desk.a.READ"], ["Desk.b.READ", "settings.DELETE"]]),
            "scopes.1.1",
            "\"settings.DELETE\" is not a scope",
            "READ, CREATE",
        ),
        ("scopes", json!([["Desk.tickets.GET"]]), "scopes.0.0", "is not a scope", "CUSTOM"),
        ("scopes", json!([[]]), "scopes.0", "an alternative without scopes", "any token will do"),
        ("body", json!({"required": true}), "body", "a body without a kind", "`json`, `multipart` or `bytes`"),
        ("body", json!({"multipart": "text"}), "body.multipart", "a form must be an object", "parts of the form"),
        ("answers", json!({}), "answers", "no success answer", "{\"204\": \"empty\"}"),
        ("answers", json!({"404": "empty"}), "answers.404", "404 is not a success status", "`errors`"),
        ("errors", json!([404, 200]), "errors.1", "200 is not an error status", "from 300 to 599"),
        (
            "answers",
            json!({"200": {"json": "ticket.dat"}}),
            "answers.200.json",
            "there is no type ticket.dat",
            "did you mean ticket.data?",
        ),
        (
            "answers",
            json!({"200": {"json": "tickets.data"}}),
            "answers.200.json",
            "there is no type tickets.data",
            "did you mean ticket.data?",
        ),
        (
            "answers",
            json!({"200": {"json": "a.b"}}),
            "answers.200.json",
            "there is no type a.b",
            "add the type in spec/local/types.json",
        ),
        ("alias_of", json!("nothing"), "alias_of", "there is no operation nothing", "on the same route"),
        ("alias_of", json!("get_ticket"), "alias_of", "get_ticket is GET /tickets/{id}", "method and path"),
    ];
    for (key, value, at, problem, help) in cases {
        let found = mistakes(&changed(|operation, _| operation[key] = value.clone()));
        assert_eq!(found.len(), 1, "{key} {value}: {found:?}");
        assert_eq!(found[0].location.file, "spec/upstream/ticket.json");
        assert!(found[0].location.position.is_some());
        assert_eq!(found[0].location.path.join("."), format!("operations.0.{at}"));
        assert!(found[0].problem.contains(problem), "{}", found[0]);
        assert!(found[0].help.contains(help), "{}", found[0]);
        assert!(found[0].help.contains("spec/local"), "nobody edits spec/upstream: {}", found[0]);
    }
}

#[test]
fn mistakes_of_parameters_and_types_are_found() {
    let cases: &[(Value, &str, &str)] = &[
        (json!({"type": "integer", "minimum": 5, "maximum": 1}), ".maximum", "maximum is below minimum"),
        (json!({"type": "text", "min_length": 5, "max_length": 1}), ".max_length", "max_length is below min_length"),
        (
            json!({"type": "list", "of": "id", "min_items": 2, "max_items": 1}),
            ".max_items",
            "max_items is below min_items",
        ),
        (json!({"type": "text", "minimum": 5}), "", "minimum and maximum belong to numbers"),
        (json!({"type": "text", "unique": true}), "", "min_items, max_items and unique belong to lists"),
        (json!({"type": "text", "values": ["a", "b", "a"]}), ".values", "a value is listed twice"),
        (json!({"type": "object", "fields": {}, "required": ["a"]}), ".required", "required field a is not declared"),
        (json!({"type": "list", "of": {"type": "union", "of": ["id", "x.y"]}}), ".of.of.1", "there is no type x.y"),
        (json!({"type": "map", "of": "ticket.none"}), ".of", "there is no type ticket.none"),
    ];
    for (schema, at, problem) in cases {
        let parameter = json!({"name": "q", "in": "query", "type": schema});
        let found = mistakes(&changed(|operation, _| operation["parameters"].as_array_mut().unwrap().push(parameter)));
        assert_eq!(found[0].location.path.join("."), format!("operations.0.parameters.1.type{at}"));
        assert_eq!((found.len(), found[0].problem.as_str()), (1, *problem));
        let found = mistakes(&changed(|_, types| types["ticket.data"]["fields"]["name"] = schema.clone()));
        assert_eq!(found[0].location.path.join("/"), format!("types/ticket.data/fields/name{}", at.replace('.', "/")));
        assert_eq!((found.len(), found[0].problem.as_str()), (1, *problem));
    }
}

#[test]
fn parameters_are_declared_once_and_path_parameters_are_needed() {
    let again = json!({"name": "id", "in": "path", "type": "id"});
    let found = mistakes(&changed(|operation, _| operation["parameters"].as_array_mut().unwrap().push(again)));
    let problems: Vec<_> = found.iter().map(|diagnostic| diagnostic.problem.as_str()).collect();
    assert_eq!(problems, ["path parameter id is optional", "parameter id is declared twice"]);
}

#[test]
fn a_name_for_itself_and_a_name_without_module_are_no_types() {
    let circle = |_: &mut Value, types: &mut Value| {
        types["ticket.a"] = json!("ticket.b");
        types["ticket.b"] = json!("ticket.a");
    };
    let found = mistakes(&changed(circle));
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].problem, "type ticket.a refers only to itself");
    let found = mistakes(&changed(|_, types| types["plain"] = json!("id")));
    assert_eq!(found[0].problem, "\"plain\" is not a valid type name");
}

#[test]
fn a_body_and_an_answer_are_checked_inside() {
    let body = json!({"type": "object", "fields": {"a": "x.gone"}});
    let found = mistakes(&spec_files(&[upstream("ticket", &[post("send", "/send", body)], json!({}))]));
    assert_eq!(found[0].location.path.join("."), "operations.0.body.json.fields.a");
}

#[test]
fn lines_and_columns_are_those_of_the_value() {
    let text = r#"{
 "module": "ticket",
 "operations": [
  {"id": "get_ticket", "method": "GET", "path": "/tickets/{id}", "summary": "ä ö", "scopes": [["Desk.tickets.LESEN"]],
   "risk": "harmless", "organization": "yes",
   "parameters": [
    {"name": "id", "in": "path", "required": true, "type": "id"},
    {"name": "q", "in": "query", "typ": "id"}
   ],
   "answers": {"200": {"json": "any"}}}
 ]
}"#;
    let found = mistakes(&files(&[("spec/upstream/ticket.json", text), (API, common::DESK)]));
    let places: Vec<_> = found.iter().map(|one| (one.location.position.unwrap(), one.problem.as_str())).collect();
    let starts = [
        ((5, 4), "unknown variant `harmless`"),
        ((5, 24), "invalid type: string \"yes\", expected a boolean"),
        ((8, 34), "unknown field `typ`"),
    ];
    assert_eq!(places.len(), starts.len(), "{places:#?}");
    for ((place, problem), (expected, start)) in places.iter().zip(starts) {
        assert_eq!(*place, expected, "{problem}");
        assert!(problem.starts_with(start), "{problem}");
    }
    let shown = found[0].to_string();
    assert!(shown.starts_with("spec/upstream/ticket.json:5:4: unknown variant"), "{shown}");
    assert!(shown.contains("\n  at: operations.0.risk\n  help: "), "{shown}");
}

#[test]
fn wrong_kinds_and_missing_keys_are_found_with_their_place() {
    for (key, value, at, problem) in [
        ("method", json!("HEAD"), ".method", "unknown variant `HEAD`"),
        ("scopes", json!("Desk.basic.READ"), ".scopes", "invalid type: string"),
        ("scopes", json!(["Desk.basic.READ"]), ".scopes.0", "invalid type: string"),
        ("answers", json!({"ok": "empty"}), ".answers", "invalid"),
        ("answers", json!({"200": "nothing"}), ".answers.200", "unknown variant `nothing`"),
        ("paging", json!({"first": -1, "key": "data"}), ".paging.first", "invalid value: integer `-1`"),
        ("summary", json!(null), ".summary", "invalid type: null"),
        (
            "parameters",
            json!([{"name": "id", "in": "body", "type": "id"}]),
            ".parameters.0.in",
            "unknown variant `body`",
        ),
        ("organisation", json!(true), ".organisation", "unknown field `organisation`"),
    ] {
        let found = mistakes(&changed(|operation, _| operation[key] = value.clone()));
        assert_eq!(found.len(), 1, "{found:#?}");
        assert_eq!(found[0].location.path.join("."), format!("operations.0{at}"));
        assert!(found[0].problem.contains(problem), "{}", found[0]);
    }
    let found = mistakes(&changed(|operation, _| drop(operation.as_object_mut().unwrap().remove("risk"))));
    assert_eq!(
        (found[0].location.path.join("."), found[0].problem.as_str()),
        ("operations.0".to_owned(), "missing field `risk`")
    );
    let found = mistakes(&changed(|operation, _| drop(operation.as_object_mut().unwrap().remove("id"))));
    assert_eq!(found[0].problem, "an operation without `id`");
}

#[test]
fn at_least_eight_mistakes_are_found_in_one_run() {
    let mut bad = get("get_a", "/a/{id}", json!("ticket.gone"));
    bad["scopes"] = json!([["settings.DELETE"]]);
    bad["parameters"] =
        json!([{"name": "limit", "in": "query", "type": {"type": "integer", "minimum": 9, "maximum": 1}}]);
    bad["alias_of"] = json!("get_c");
    bad["errors"] = json!([200]);
    let types = json!({"ticket.data": {"type": "object", "fields": {}, "required": ["name"]}});
    let mut files = spec_files(&[
        upstream("ticket", &[bad], types),
        upstream("thread", &[get("get_b", "/b", json!("any"))], json!({})),
    ]);
    let families = json!({"families": [{"name": "Tickets", "about": "Them.", "modules": ["ticket", "nothing"]}]});
    files.insert("spec/local/families.json".to_owned(), families.to_string());
    let found = mistakes(&files);
    for problem in [
        "path parameter {id} is not declared",
        "there is no type ticket.gone",
        "\"settings.DELETE\" is not a scope",
        "maximum is below minimum",
        "there is no operation get_c",
        "200 is not an error status",
        "required field name is not declared",
        "module thread belongs to no family",
        "\"Tickets\" is not a valid feature name",
        "there is no module nothing with operations",
    ] {
        assert!(found.iter().any(|one| one.problem.contains(problem)), "{problem} in {found:#?}");
    }
    assert_eq!(found.len(), 10);
    assert!(found.is_sorted() && found.iter().all(|one| one.location.position.is_some() && !one.help.is_empty()));
}

#[test]
fn two_operations_and_two_types_of_one_name_are_found_across_files() {
    let types = json!({"ticket.data": "id"});
    let a = upstream("ticket", &[get("get_a", "/a", json!("any")), get("get_a", "/b", json!("any"))], types.clone());
    let (_, b) = upstream("ticket", &[get("get_a", "/c", json!("any"))], types);
    let found = mistakes(&spec_files(&[a, ("spec/upstream/z.json".to_owned(), b)]));
    let facts: Vec<_> = found.iter().map(|one| (one.location.file.as_str(), one.problem.as_str())).collect();
    let expected = [
        ("spec/upstream/ticket.json", "two operations have the id get_a"),
        ("spec/upstream/z.json", "two operations have the id get_a"),
        ("spec/upstream/z.json", "two types have the name ticket.data"),
    ];
    assert_eq!(facts, expected);
}

#[test]
fn what_finds_the_organization_needs_no_values() {
    let mut operation = get("get_a", "/a/{id}", json!("any"));
    operation["discovers_organization"] = json!(true);
    operation["parameters"] = json!([
        {"name": "id", "in": "path", "required": true, "type": "id"},
        {"name": "optional", "in": "query", "type": "text"},
    ]);
    operation["body"] = json!({"required": true, "json": "any"});
    let found = mistakes(&spec_files(&[upstream("thing", &[operation], json!({}))]));
    let problems: Vec<&str> = found.iter().map(|one| one.problem.as_str()).collect();
    let expected = [
        "get_a finds the organization, and requires the parameter id",
        "get_a finds the organization, and requires a body",
    ];
    assert!(expected.iter().all(|problem| problems.contains(problem)) && found.len() == 2, "{found:#?}");
}

#[test]
fn a_parameter_has_a_name() {
    let mut operation = get("get_a", "/a", json!("any"));
    operation["parameters"] = json!([{"name": "", "in": "query", "type": "text"}]);
    let found = mistakes(&spec_files(&[upstream("thing", &[operation], json!({}))]));
    assert_eq!(found[0].problem, "a parameter of get_a has no name");
    assert_eq!(found[0].location.path, ["operations", "0", "parameters", "0", "name"]);
}

#[test]
fn a_file_without_anything_or_with_a_mark_before_it_is_told_as_that() {
    for (text, problem) in [
        ("", "the file is empty"),
        (" \n", "the file is empty"),
        ("\u{feff}{}", "the file starts with a byte order mark"),
    ] {
        let mut files = crate::common::spec_files(&[]);
        files.insert("spec/local/facts.json".to_owned(), text.to_owned());
        let found = crate::common::mistakes(&files);
        assert!(found.iter().any(|one| one.problem == problem && one.location.position == Some((1, 1))), "{found:#?}");
    }
}
