use std::collections::BTreeSet;

use crate::common::{get, modelled, post, upstream};
use desk_codegen::emit::emit;
use desk_codegen::model::Model;
use serde_json::{Value, json};

const CARGO: &str = include_str!("data/helpdesk/Cargo.toml");

fn names(model: &Model) -> BTreeSet<String> {
    let enums = model.enums.enums.iter().map(|one| &one.name);
    model.records.iter().map(|record| &record.name).chain(enums).cloned().collect()
}

fn rust(mut operation: Value) -> desk_codegen::Files {
    operation["discovers_organization"] = json!(true);
    let (spec, model) = modelled(&[upstream("thing", &[operation], json!({}))]);
    let files = emit(&spec, &model, CARGO).unwrap();
    for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".rs")) {
        syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}\n{text}"));
    }
    files
}

#[test]
fn a_number_needs_no_underscore() {
    let twins = [get("get_x2", "/a", json!("any")), get("get_x", "/a", json!("any"))];
    let model = modelled(&[upstream("t", &twins, json!({}))]).1;
    assert_eq!(model.families[0].modules["t"][0].operation.id, "get_x");
}

#[test]
fn facts_of_a_twin_are_not_lost() {
    for (key, value) in [
        ("paging", json!({"first": 1, "key": "data"})),
        ("undocumented_query", json!(true)),
        ("deprecated", json!(true)),
    ] {
        let mut twin = get("get_a_2", "/a", json!("any"));
        twin[key] = value;
        let model = modelled(&[upstream("t", &[get("get_a", "/a", json!("any")), twin], json!({}))]).1;
        assert_eq!(model.notes.len(), 1, "{key}");
    }
}

#[test]
fn a_twin_of_what_is_deprecated_is_deprecated() {
    let mut real = get("a", "/a", json!("any"));
    real["deprecated"] = json!(true);
    real["discovers_organization"] = json!(true);
    let (spec, model) = modelled(&[upstream("t", &[real, get("a_2", "/a", json!("any"))], json!({}))]);
    let files = emit(&spec, &model, CARGO).unwrap();
    assert_eq!(files["desk-sdk/src/generated/all/t.rs"].matches("#[deprecated").count(), 2);
}

#[test]
fn values_and_names_of_any_characters_give_rust() {
    let fields = json!({"m²": "id", "x": {"type": "text", "values": ["a\nb", "`", "½"]}});
    rust(get("a", "/a", json!({"type": "object", "fields": fields})));
    let mut operation = get("a", "/a", json!("any"));
    operation["parameters"] = json!([{"name": "m²", "in": "query", "type": "id"}]);
    rust(operation);
}

#[test]
fn maps_of_records_are_named_after_their_field() {
    let map = |field: &str| json!({"type": "map", "of": {"type": "object", "fields": {field: "id"}}});
    let answer = json!({"type": "object", "fields": {"x": map("b"), "y": map("c")}});
    let model = modelled(&[upstream("t", &[get("a", "/a", answer)], json!({}))]).1;
    assert_eq!(names(&model), ["AAnswer", "XValue", "YValue"].map(str::to_owned).into());
}

#[test]
fn parts_of_a_named_body_are_named_after_it() {
    let types =
        json!({"thing.data": {"type": "object", "fields": {"part": {"type": "object", "fields": {"x": "id"}}}}});
    let thing = upstream("thing", &[post("do_a", "/a", json!("thing.data"))], types);
    let before = names(&modelled(std::slice::from_ref(&thing)).1);
    let other = upstream("alpha", &[post("do_b", "/b", json!("thing.data"))], json!({}));
    let after = names(&modelled(&[other, thing]).1);
    assert!(before.is_subset(&after), "{before:?} {after:?}");
}

#[test]
fn equal_inline_shapes_keep_their_name_when_an_earlier_module_has_one() {
    let answer = |field: &str| json!({"type": "object", "fields": {field: {"type": "object", "fields": {"id": "id", "name": "text"}}}});
    let thing = upstream("thing", &[get("get_a", "/a", answer("owner"))], json!({}));
    let before = names(&modelled(std::slice::from_ref(&thing)).1);
    let after = names(&modelled(&[upstream("alpha", &[get("get_b", "/b", answer("maker"))], json!({})), thing]).1);
    assert!(before.is_subset(&after), "{before:?} {after:?}");
}
