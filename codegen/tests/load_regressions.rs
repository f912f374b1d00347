mod common;
use common::*;
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
fn typo_gets_a_suggestion() {
    let mut f = with(json!({}));
    let t = f["spec/upstream/ticket.json"].replace("\"json\": \"ticket.commonJson\"", "\"json\": \"ticket.comonJson\"");
    f.insert("spec/upstream/ticket.json".into(), t);
    let d = mistakes(&f);
    assert!(d[0].help.contains("did you mean"));
}

#[test]
fn both_phases_in_one_run() {
    let mut bad = get("get_c", "/c/{id}", json!("any"));
    bad["risk"] = json!("no");
    let mut f = with(json!({}));
    let (p, t) = upstream("z", &[bad, get("get_d", "/d/{x}", json!("any"))], json!({}));
    f.insert(p, t);
    let d = mistakes(&f);
    assert!(d.iter().any(|d| d.problem.contains("{x} is not declared")));
}

#[test]
fn two_bad_corrections_in_one_file() {
    let d = mistakes(&with(
        json!({"corrections": [{"why": "a", "evidence": "documented", "operatoin": "x", "change": {}}, {"why": "a", "evidence": "documented", "operation": "get_ticket", "change": 5}], "familys": []}),
    ));
    assert_eq!(d.len(), 3);
}

#[test]
fn empty_change() {
    assert!(load(&with(correction(json!({"operation": "get_ticket", "change": {}})))).is_err());
}

#[test]
fn field_with_operation() {
    assert!(
        load(&with(correction(json!({"operation": "get_ticket", "field": "x", "change": {"risk": "write"}})))).is_err()
    );
}

#[test]
fn parameter_with_type() {
    assert!(
        load(&with(correction(
            json!({"type": "ticket.commonJson", "parameter": "x", "change": {"required": ["size"]}})
        )))
        .is_err()
    );
}

#[test]
fn checked_mistake_of_correction_is_placed_there() {
    let d = mistakes(&with(correction(json!({"operation": "get_ticket", "change": {"scopes": [["x"]]}}))));

    assert_eq!(d[0].location.file, "spec/local/facts.json");
}

#[test]
fn corrected_id_clash() {
    let d = load(&with(correction(json!({"operation": "get_ticket", "change": {"id": "get_b"}}))));
    println!("{:?}", d.is_err());
    assert!(d.is_err());
}

#[test]
fn rename_of_inline_name() {
    assert!(load(&with(json!({"names": [{"why": "x", "type": "GetTicketAnswer", "name": "Ticket"}]}))).is_ok());
}

#[test]
fn same_family_twice() {
    let mut f = with(json!({}));
    let (p, t) = upstream("z", &[get("get_z", "/z", json!("any"))], json!({}));
    f.insert(p, t);
    f.insert("spec/local/families.json".into(), json!({"families": [{"name": "a", "about": "", "modules": ["z"]}, {"name": "a", "about": "", "modules": ["ticket"]}]}).to_string());
    assert!(load(&f).is_err());
}

#[test]
fn family_named_default() {
    for n in ["default", "full", "types", "scopes", "type", "super", "by_name"] {
        let mut f = with(json!({}));
        f.insert(
            "spec/local/families.json".into(),
            json!({"families": [{"name": n, "about": "", "modules": ["ticket"]}]}).to_string(),
        );
        assert!(load(&f).is_err(), "{n}");
    }
}

#[test]
fn module_name_checked() {
    let mut f = with(
        json!({"operations": [{"why": "x", "evidence": "documented", "module": "Doc Things", "operation": get("get_z", "/z", json!("any"))}]}),
    );
    f.insert(
        "spec/local/families.json".into(),
        json!({"families": [{"name": "a", "about": "", "modules": ["Doc Things", "ticket"]}]}).to_string(),
    );
    assert!(load(&f).is_err());
}

#[test]
fn empty_file() {
    let mut f = with(json!({}));
    for text in ["", "\n", "ä", "{\n  \"ä ä ä ä\": 5, x"] {
        f.insert("spec/local/facts.json".into(), text.into());
        let (line, column) = mistakes(&f)[0].location.position.expect("a position");
        assert!(line > 0 && column > 0, "{text:?}");
    }
}

#[test]
fn places_after_an_earlier_mistake_in_a_list() {
    let mut f = with(json!({}));
    let mut o = get("get_c", "/c", json!("any"));
    o["parameters"] =
        json!([{"name": "a", "in": "query", "type": "string"}, {"name": "q", "in": "query", "typ": "id"}]);
    let (p, t) = upstream("z", &[o], json!({}));
    f.insert(p, t);
    let d = mistakes(&f);
    let at: Vec<_> = d.iter().map(|d| d.location.path.join(".")).collect();
    assert_eq!(at, ["operations.0.parameters.0.type", "operations.0.parameters.1.typ"]);
}

#[test]
fn two_mistakes_in_one_type() {
    let mut f = with(json!({}));
    let (p, t) =
        upstream("z", &[get("get_c", "/c", json!({"type": "text", "maxLength": 5, "minLength": 1}))], json!({}));
    f.insert(p, t);
    let d = mistakes(&f);
    assert_eq!(d.len(), 2);
}

#[test]
fn all_missing_keys_of_an_operation_are_reported() {
    let mut f = with(json!({}));
    let (p, t) = upstream("z", &[json!({"id": "x", "risk": "none"})], json!({}));
    f.insert(p, t);
    let problems: Vec<_> = mistakes(&f).into_iter().map(|mistake| mistake.problem).collect();
    for key in ["method", "path", "summary", "scopes", "organization", "answers"] {
        assert!(problems.contains(&format!("missing field `{key}`")), "{key} in {problems:?}");
    }
    assert!(problems.iter().any(|problem| problem.starts_with("unknown variant `none`")), "{problems:?}");
}
