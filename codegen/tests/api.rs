//! `spec/local/api.json`: what is wrong with it is told with its place, and scopes of every kind are read.

use crate::common::{DESK, files};
use desk_codegen::API;
use desk_codegen::api::Api;
use serde_json::{Value, json};

/// What is said of Desk's file after a change.
fn told(change: impl FnOnce(&mut Value)) -> String {
    let mut api: Value = serde_json::from_str(DESK).expect("it is JSON");
    change(&mut api);
    let text = format!("{api:#}");
    match Api::read(&files(&[(API, &text)])) {
        Ok(_) => String::new(),
        Err(diagnostics) => diagnostics.to_string(),
    }
}

#[test]
fn what_is_wrong_is_told_with_its_line_its_key_and_the_cure() {
    let at = |path: &'static str, value: Value| {
        told(|api| *api.pointer_mut(path).unwrap_or_else(|| panic!("there is no {path}")) = value)
    };
    for (path, value, problem) in [
        ("/scopes/form", json!("{area}{action}"), "is not a form of scopes"),
        ("/scopes/form", json!("{area}"), "the form has no place for an action"),
        ("/scopes/example", json!("Desk.READ"), "\"Desk.READ\" is not a scope"),
        ("/scopes/in_addition/0", json!("Desk.search"), "\"Desk.search\" is not a scope"),
        ("/scopes/actions/5/stands_for/0", json!("CRAETE"), "\"CRAETE\" is not a single action"),
        ("/scopes/actions/1/name", json!("READ"), "two actions have the name READ"),
        ("/scopes/without_action", json!("OWN"), "\"OWN\" is not a single action"),
        ("/scopes/nested_by", Value::Null, "areas start with a product, but do not nest"),
        ("/servers/data_centres", json!([]), "there is no data centre"),
        ("/servers/data_centres/1/code", json!("us"), "two data centres have the code us"),
        ("/servers/data_centres/1/name", json!("the west"), "\"the west\" is not the name of a variant"),
        ("/servers/data_centres/1/api", json!("desk.zoho.eu"), "\"desk.zoho.eu\" is not an address"),
        ("/authorization/schemes/0/word", json!("two words"), "\"two words\" cannot stand before a token"),
        ("/authorization/sign_in/token", json!("oauth"), "\"oauth\" is not a path"),
        ("/authorization/sign_in/enhance", Value::Null, "two steps of one thing"),
        ("/organization/parameter", json!("org id"), "\"org id\" is not the name of a header"),
        ("/errors/code", json!("error..code"), "\"error..code\" leads to nothing"),
        ("/paging/size", json!("from"), "index and size are the same parameter"),
        ("/paging/counts", json!("pages"), "a list cannot be read by time if its index counts pages"),
        ("/paging/total", json!(""), "it is empty"),
        ("/credits/pages/0/0", json!(9000), "the prices are not in the order of the indexes"),
        ("/paging/why", json!(" "), "no reason is given"),
        ("/paging/counts", json!("lines"), "unknown variant `lines`"),
    ] {
        let told = at(path, value);
        assert!(told.contains(problem), "{path}: {problem:?} is not in {told}");
        assert!(told.starts_with("error: spec/local/api.json:") && told.contains("help: "), "{told}");
    }
    assert_eq!(told(|_| {}), "");
}

#[test]
fn unknown_and_missing_keys_are_told() {
    let unknown = told(|api| api["paging"]["limit"] = json!("limit"));
    assert!(unknown.contains("unknown field `limit`"), "{unknown}");
    let lacking = told(|api| drop(api.as_object_mut().map(|api| api.remove("errors"))));
    assert!(lacking.contains("missing field `errors`"), "{lacking}");
    let absent = Api::read(&files(&[])).expect_err("there is no file").to_string();
    assert!(absent.contains("spec/local/api.json: there is no such file"), "{absent}");
}

/// The grammar of Desk with some keys changed, and others left out.
fn grammar(keys: &Value) -> Api {
    let mut api: Value = serde_json::from_str(DESK).expect("it is JSON");
    let mut scopes = json!({"why": "tests", "list_means": "all", "characters": "_-:/."});
    for (key, value) in keys.as_object().expect("keys") {
        scopes[key] = value.clone();
    }
    api["scopes"] = scopes;
    let text = api.to_string();
    Api::read(&files(&[(API, &text)])).unwrap_or_else(|diagnostics| panic!("{diagnostics}"))
}

#[test]
fn scopes_of_every_kind_have_parts_and_a_constant() {
    let actions = json!([{"name": "read"}, {"name": "write", "covers": ["read"]}]);
    let with_bare = json!([{"name": ""}, {"name": "read"}, {"name": "write", "covers": ["read"]}]);
    for (form, actions, scope, parts, constant) in [
        ("{action}:{area}", &actions, "read:things", ("things", "read"), "READ_THINGS"),
        ("{area}.{action}", &actions, "things.write", ("things", "write"), "THINGS_WRITE"),
        ("{area}:{action}", &actions, "a-b:write", ("a-b", "write"), "A_B_WRITE"),
        ("{area}", &json!([]), "things_read", ("things_read", ""), "THINGS_READ"),
        ("{action}:{area}", &with_bare, "repo", ("repo", ""), "REPO"),
        ("{action}:{area}", &with_bare, "write:org", ("org", "write"), "WRITE_ORG"),
        (
            "{area}",
            &json!([]),
            "https://www.example.com/auth/drive.file",
            ("https://www.example.com/auth/drive.file", ""),
            "HTTPS_WWW_EXAMPLE_COM_AUTH_DRIVE_FILE",
        ),
    ] {
        let api = grammar(&json!({"form": form, "actions": actions, "example": scope}));
        let found = api.scopes.parse(scope).expect("it is a scope");
        assert_eq!((found.area.as_str(), found.action.as_str()), parts, "{scope}");
        assert_eq!(api.scopes.constant(&found), constant);
        assert_eq!(api.scopes.text(&found), scope);
    }
    let api = grammar(&json!({"form": "{action}:{area}", "actions": actions, "example": "read:things"}));
    for odd in ["things", "fly:things", ":things", "read:", "", "read:a b"] {
        assert_eq!(api.scopes.parse(odd), None, "{odd}");
    }
    assert_eq!(api.scopes.bits(), [("read", 1, 1), ("write", 2, 3)]);
}
