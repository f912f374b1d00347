//! Mistakes that were once overlooked, reported twice, or reported elsewhere.

use crate::common::*;
use desk_codegen::Files;
use desk_codegen::load::load;
use serde_json::{Value, json};

fn with(local: Value) -> Files {
    let mut operation = get("get_ticket", "/tickets/{id}", json!("ticket.commonJson"));
    operation["parameters"] = json!([
        {"name": "id", "in": "path", "required": true, "type": "id"},
        {"name": "limit", "in": "query", "type": {"type": "integer", "maximum": 50}, "note": "most"},
    ]);
    let types = json!({"ticket.commonJson": {"type": "object", "fields": {"name": "text?", "size": "id"}, "required": ["name"]}});
    let mut files = spec_files(&[upstream("ticket", &[operation, get("get_b", "/b", json!("any"))], types)]);
    files.insert("spec/local/facts.json".to_owned(), format!("{local:#}"));
    files
}

fn correction(one: Value) -> Value {
    let mut one = one;
    one["why"] = json!("so");
    one["evidence"] = json!("documented");
    json!({"corrections": [one]})
}

#[test]
fn a_misspelt_type_gets_a_suggestion() {
    let mut files = with(json!({}));
    let text =
        files["spec/upstream/ticket.json"].replace("\"json\": \"ticket.commonJson\"", "\"json\": \"ticket.comonJson\"");
    files.insert("spec/upstream/ticket.json".into(), text);
    let found = mistakes(&files);
    assert!(found[0].help.contains("did you mean"));
}

#[test]
fn a_bad_value_does_not_hide_what_the_checks_find() {
    let mut bad = get("get_c", "/c/{id}", json!("any"));
    bad["risk"] = json!("no");
    let mut files = with(json!({}));
    let (path, text) = upstream("z", &[bad, get("get_d", "/d/{x}", json!("any"))], json!({}));
    files.insert(path, text);
    let found = mistakes(&files);
    assert!(found.iter().any(|one| one.problem.contains("{x} is not declared")));
}

#[test]
fn each_bad_entry_of_a_file_is_reported() {
    let found = mistakes(&with(
        json!({"corrections": [{"why": "a", "evidence": "documented", "operatoin": "x", "change": {}}, {"why": "a", "evidence": "documented", "operation": "get_ticket", "change": 5}], "familys": []}),
    ));
    assert_eq!(found.len(), 3);
}

#[test]
fn checked_mistake_of_correction_is_placed_there() {
    let found = mistakes(&with(correction(json!({"operation": "get_ticket", "change": {"scopes": [["x"]]}}))));
    assert_eq!(found[0].location.file, "spec/local/facts.json");
}

#[test]
fn a_name_may_be_chosen_for_a_type_that_the_spec_does_not_name() {
    assert!(load(&with(json!({"names": [{"why": "x", "type": "GetTicketAnswer", "name": "Ticket"}]}))).is_ok());
}

#[test]
fn a_family_stands_once() {
    let mut files = with(json!({}));
    let (path, text) = upstream("z", &[get("get_z", "/z", json!("any"))], json!({}));
    files.insert(path, text);
    files.insert("spec/local/families.json".into(), json!({"families": [{"name": "a", "about": "", "modules": ["z"]}, {"name": "a", "about": "", "modules": ["ticket"]}]}).to_string());
    assert_eq!(mistakes(&files)[0].problem, "two families have the name a");
}

#[test]
fn no_family_has_the_name_of_something_else() {
    for name in ["default", "full", "types", "scopes", "type", "super", "by_name"] {
        let mut files = with(json!({}));
        files.insert(
            "spec/local/families.json".into(),
            json!({"families": [{"name": name, "about": "", "modules": ["ticket"]}]}).to_string(),
        );
        assert_eq!(mistakes(&files)[0].problem, format!("{name:?} is not a valid feature name"));
    }
}

#[test]
fn a_module_has_a_name_that_rust_takes() {
    let mut files = with(
        json!({"operations": [{"why": "x", "evidence": "documented", "module": "Doc Things", "operation": get("get_z", "/z", json!("any"))}]}),
    );
    files.insert(
        "spec/local/families.json".into(),
        json!({"families": [{"name": "a", "about": "", "modules": ["Doc Things", "ticket"]}]}).to_string(),
    );
    assert_eq!(mistakes(&files)[0].problem, "\"Doc Things\" is not a valid module name");
}

#[test]
fn a_file_that_breaks_off_has_a_position() {
    let mut files = with(json!({}));
    for text in ["", "\n", "ä", "{\n  \"ä ä ä ä\": 5, x"] {
        files.insert("spec/local/facts.json".into(), text.into());
        let (line, column) = mistakes(&files)[0].location.position.expect("a position");
        assert!(line > 0 && column > 0, "{text:?}");
    }
}

#[test]
fn locations_after_an_earlier_mistake_in_a_list() {
    let mut files = with(json!({}));
    let mut operation = get("get_c", "/c", json!("any"));
    operation["parameters"] =
        json!([{"name": "a", "in": "query", "type": "string"}, {"name": "q", "in": "query", "typ": "id"}]);
    let (path, text) = upstream("z", &[operation], json!({}));
    files.insert(path, text);
    let found = mistakes(&files);
    let at: Vec<_> = found.iter().map(|one| one.location.path.join(".")).collect();
    assert_eq!(at, ["operations.0.parameters.0.type", "operations.0.parameters.1.typ"]);
}

#[test]
fn both_mistakes_in_one_type_are_reported() {
    let mut files = with(json!({}));
    let (path, text) =
        upstream("z", &[get("get_c", "/c", json!({"type": "text", "maxLength": 5, "minLength": 1}))], json!({}));
    files.insert(path, text);
    let found = mistakes(&files);
    assert_eq!(found.len(), 2);
}

#[test]
fn all_missing_keys_of_an_operation_are_reported() {
    let mut files = with(json!({}));
    let (path, text) = upstream("z", &[json!({"id": "x", "risk": "none"})], json!({}));
    files.insert(path, text);
    let problems: Vec<_> = mistakes(&files).into_iter().map(|mistake| mistake.problem).collect();
    for key in ["method", "path", "summary", "scopes", "organization", "answers"] {
        assert!(problems.contains(&format!("missing field `{key}`")), "{key} in {problems:?}");
    }
    assert!(problems.iter().any(|problem| problem.starts_with("unknown variant `none`")), "{problems:?}");
}
