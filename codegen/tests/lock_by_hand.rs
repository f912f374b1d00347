//! Names that somebody changes in the lock by hand are told, whatever they are of.

use crate::common::{get, loaded, post, spec_files, upstream};
use desk_codegen::Files;
use desk_codegen::emit::{changed_by_hand, emit};
use desk_codegen::lock::LOCK;
use desk_codegen::model::{Model, build};
use serde_json::json;

/// A spec with something of every kind.
fn spec() -> Files {
    let status = json!({"type": "text", "values": ["OPEN", "CLOSED"]});
    let mut list = get("get_pins", "/pins", json!({"type": "list", "of": "pin.data"}));
    list["parameters"] = json!([
        {"name": "sortBy", "in": "query", "type": "text"}, {"name": "status", "in": "query", "type": status},
    ]);
    let owner = json!({"type": "object", "fields": {"mailAddress": "text"}});
    let body = json!({"type": "object", "fields": {"type": "text", "pinOwner": owner}});
    let mut send = post("send_pin", "/pins/{pinId}", body);
    // The same on the wire as a field, and another name for it in Rust.
    send["parameters"] = json!([
        {"name": "pinId", "in": "path", "required": true, "type": "id"}, {"name": "type", "in": "query", "type": "id"},
    ]);
    let types = json!({"pin.data": {"type": "object", "fields": {"id": "id", "dueDate": "date", "status": status}}});
    let mut organizations = get("get_organizations", "/organizations", json!("any"));
    organizations["organization"] = json!(false);
    organizations["discovers_organization"] = json!(true);
    spec_files(&[upstream("pin", &[organizations, list, send], types)])
}

/// What is made of a spec with a lock, and what was generated of it.
fn made(files: &Files) -> (Model, Files) {
    let loaded = loaded(files);
    let model = build(&loaded).unwrap_or_else(|found| panic!("{found}"));
    let generated = emit(&loaded.spec, &model, include_str!("../../desk-sdk/Cargo.toml")).unwrap();
    (model, generated)
}

/// What is told after a text in the lock was replaced everywhere.
fn told(from: &str, to: &str) -> Vec<String> {
    let (_, mut present) = made(&spec());
    let lock = present[LOCK].replace(from, to);
    assert_ne!(lock, present[LOCK], "{from} is not in {lock}");
    present.insert(LOCK.to_owned(), lock.clone());
    let mut files = spec();
    files.insert(LOCK.to_owned(), lock);
    changed_by_hand(&made(&files).0.lock, &present).iter().map(ToString::to_string).collect()
}

#[test]
fn a_lock_that_nobody_touched_lost_no_name() {
    let (model, generated) = made(&spec());
    assert!(changed_by_hand(&model.lock, &generated).is_empty());
    let (model, generated) = made(&crate::common::real());
    let found = changed_by_hand(&model.lock, &generated);
    assert!(found.is_empty(), "{found}");
}

#[test]
fn every_name_that_is_changed_by_hand_is_told() {
    for (from, to, problem, rename) in [
        ("method get_pins\n", "method pins\n", "get_pins was generated, and is pins here", "get_pins pins"),
        ("struct GetPins\n", "struct Pins\n", "GetPins was generated, and is Pins here", "GetPins Pins"),
        ("sortBy sort_by", "sortBy order", "GetPins.sort_by was generated, and is order here", "GetPins.sort_by order"),
        ("dueDate due_date", "dueDate due", "PinData.due_date was generated, and is due here", "PinData.due_date due"),
        ("OPEN Open", "OPEN Started", "PinStatus::Open was generated, and is Started here", "PinStatus::Open Started"),
        ("PinStatus", "Status", "PinStatus was generated, and no line has that type any more", "PinStatus …"),
    ] {
        let told = told(from, to);
        let [told] = told.as_slice() else { panic!("{from}: {told:#?}") };
        assert!(told.contains(problem), "{told}");
        assert!(told.contains(&format!("`cargo xtask rename {rename}`")), "{told}");
    }
    let ids = told("operation get_pins ", "operation pins ");
    assert!(ids[0].contains("get_pins was generated, and no operation has that id any more"), "{ids:#?}");
}

#[test]
fn what_keeps_the_old_name_is_no_change_by_hand() {
    for (from, to) in [
        ("method get_pins\n", "method pins was get_pins\n"),
        ("dueDate due_date", "dueDate due was due_date"),
        ("OPEN Open", "OPEN Started was Open"),
    ] {
        assert_eq!(told(from, to), [""; 0], "{from}");
    }
}
