//! The names of setters and fields.

use crate::common::{get, loaded, operations, post, spec_files, upstream};
use desk_codegen::model::{BodyModel, Model, build};
use serde_json::{Value, json};

/// The model of one operation that takes the query parameters and sends the body, with the chosen names.
fn built(query: &[&str], body: Value, names: Value) -> Result<Model, String> {
    let mut send = post("send_thing", "/things/{thingId}", body);
    let in_query = query.iter().map(|name| json!({"name": name, "in": "query", "type": "text"}));
    let path = json!({"name": "thingId", "in": "path", "required": true, "type": "id"});
    send["parameters"] = in_query.chain([path]).collect();
    let types = json!({"thing.data": {"type": "object", "fields": {"shownAs": "text"}}});
    let find = get("get_thing", "/things", json!("thing.data"));
    let mut files = spec_files(&[upstream("thing", &[find, send], types)]);
    files.insert("spec/local/names.json".to_owned(), json!({ "names": names }).to_string());
    build(&loaded(&files)).map_err(|diagnostics| diagnostics.to_string())
}

/// What `new` takes and the setters, each by wire name and Rust name.
fn names(model: &Model) -> Vec<(String, String)> {
    let sends = operations(model).into_iter().find(|one| one.operation.id == "send_thing").unwrap();
    let BodyModel::Fields { fields, .. } = &sends.body else { panic!("no fields") };
    let parameters = sends.parameters.iter().map(|one| (one.wire.clone(), one.rust.clone()));
    parameters.chain(fields.iter().map(|one| (one.wire.clone(), one.rust.clone()))).collect()
}

fn rust_names(model: &Model) -> Vec<String> {
    names(model).into_iter().map(|(_, rust)| rust).collect()
}

fn body(fields: &[&str]) -> Value {
    let fields: serde_json::Map<_, _> = fields.iter().map(|name| ((*name).to_owned(), json!("text"))).collect();
    json!({"type": "object", "fields": fields})
}

#[test]
fn a_setter_is_named_after_its_value_and_says_where_it_stands_when_two_share_a_name() {
    let model = built(&["isOpen"], body(&["isOpen", "thingId", "type"]), json!([])).unwrap();
    // What stands in the path has no setter, so that it is in nobody's way.
    assert_eq!(rust_names(&model), ["thing_id", "is_open", "is_open_field", "thing_id", "r#type"]);
}

#[test]
fn names_that_every_struct_has_end_with_an_underscore() {
    let model = built(&["new", "query"], body(&["body", "field", "default"]), json!([])).unwrap();
    assert_eq!(rust_names(&model), ["thing_id", "new_", "query_", "body", "default", "field_"]);
}

#[test]
fn people_choose_names_of_parameters_fields_and_fields_of_types() {
    let chosen = json!([
        {"why": "shorter", "operation": "send_thing", "parameter": "isOpen", "name": "open"},
        {"why": "shorter", "operation": "send_thing", "field": "isOpen", "name": "opened"},
        {"why": "clearer", "type": "thing.data", "field": "shownAs", "name": "label"},
    ]);
    let model = built(&["isOpen"], body(&["isOpen"]), chosen).unwrap();
    assert_eq!(rust_names(&model), ["thing_id", "open", "opened"]);
    let data = model.records.iter().find(|record| record.fields.iter().any(|field| field.wire == "shownAs")).unwrap();
    assert_eq!(data.fields[0].rust, "label");
}

#[test]
fn a_name_for_what_is_not_there_is_an_error() {
    for (chosen, problem) in [
        (json!({"operation": "send_thing", "parameter": "gone"}), "send_thing takes no parameter gone"),
        (json!({"operation": "gone", "field": "a"}), "gone sends no field a"),
        (json!({"type": "thing.data", "field": "gone"}), "thing.data has no field gone"),
    ] {
        let mut chosen = chosen;
        chosen["why"] = json!("shorter");
        chosen["name"] = json!("short");
        let told = built(&[], body(&["a"]), json!([chosen])).expect_err(problem);
        assert!(told.contains(problem) && told.contains("spec/local/names.json"), "{told}");
    }
}
