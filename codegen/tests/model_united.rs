//! Records without a name in the spec that people say are one thing, and answers that are lists.

use crate::common::{get, loaded, operations, spec_files, upstream};
use desk_codegen::model::{AnswerModel, Model, Type, build};
use serde_json::{Value, json};

/// The model of operations, with names that people chose.
fn built(operations: &[Value], names: Value) -> Result<Model, String> {
    let mut files = spec_files(&[upstream("thing", operations, json!({}))]);
    files.insert("spec/local/names.json".to_owned(), json!({ "names": names }).to_string());
    build(&loaded(&files)).map_err(|diagnostics| diagnostics.to_string())
}

/// A record of these fields.
fn record(fields: Value) -> Value {
    json!({"type": "object", "fields": fields})
}

/// What an operation answers: whether a list, and the record's name.
fn answered(model: &Model, id: &str) -> (bool, String) {
    let operation = operations(model).into_iter().find(|one| one.operation.id == id).unwrap();
    match &operation.answer {
        AnswerModel::Json(Type::Records(of)) => match **of {
            Type::Record(id) => (true, model.records[id.0].name.clone()),
            _ => (true, String::new()),
        },
        AnswerModel::Json(Type::Record(id)) => (false, model.records[id.0].name.clone()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn records_that_have_no_name_in_the_spec_are_one_thing_where_people_say_so() {
    let list = |fields| record(json!({"data": {"type": "list", "of": record(fields)}}));
    let found = json!({"id": "id", "shade": "text", "part": record(json!({"a": "id"}))});
    let shown = json!({"id": "id", "size": "integer", "part": record(json!({"b": "id"}))});
    let all = [get("get_lamps", "/lamps", list(shown)), get("search_lamps", "/search", list(found))];
    let apart = built(&all, json!([])).unwrap();
    let (one, other) = (answered(&apart, "get_lamps").1, answered(&apart, "search_lamps").1);
    assert_ne!(one, other);
    let names = json!([{"why": "a lamp", "type": [one, other], "name": "Lamp"}]);
    let model = built(&all, names).unwrap();
    assert_eq!(answered(&model, "get_lamps"), (true, "Lamp".to_owned()));
    assert_eq!(answered(&model, "search_lamps"), (true, "Lamp".to_owned()));
    let used: Vec<_> =
        model.records.iter().zip(&model.record_families).filter(|(_, families)| !families.is_empty()).collect();
    let lamp = used.iter().find(|(record, _)| record.name == "Lamp").unwrap().0;
    let fields: Vec<_> = lamp.fields.iter().map(|field| field.wire.as_str()).collect();
    assert_eq!(fields, ["id", "part", "shade", "size"], "the fields of both");
    assert_eq!(used.len(), 2, "the lamp and its part: {used:?}");
}

#[test]
fn values_that_two_records_of_one_thing_allow_are_one_enum_with_the_values_of_both() {
    let list = |values| {
        let fields = json!({"id": "id", "shade": {"type": "text", "values": values}});
        record(json!({"data": {"type": "list", "of": record(fields)}}))
    };
    let all = [
        get("get_lamps", "/lamps", list(json!(["red", "green"]))),
        get("search_lamps", "/search", list(json!(["blue", "black"]))),
    ];
    let apart = built(&all, json!([])).unwrap();
    let types = [answered(&apart, "get_lamps").1, answered(&apart, "search_lamps").1];
    let model = built(&all, json!([{"why": "a lamp", "type": types, "name": "Lamp"}])).unwrap();
    let lamp = model.records.iter().find(|record| record.name == "Lamp").unwrap();
    let shade = lamp.fields.iter().find(|field| field.wire == "shade").unwrap();
    let Type::Enum(id) = shade.ty else { panic!("{:?}", shade.ty) };
    let variants = &model.enums.enums[model.enums.get(id).unwrap()].variants;
    let values: Vec<_> = variants.iter().map(|variant| variant.wire.as_str()).collect();
    assert_eq!(values, ["black", "blue", "green", "red"]);
}

#[test]
fn what_is_said_to_be_one_thing_must_not_contradict_itself() {
    let list = |fields| record(json!({"data": {"type": "list", "of": record(fields)}}));
    let all = [
        get("get_lamps", "/lamps", list(json!({"id": "id", "shade": "integer"}))),
        get("search_lamps", "/search", list(json!({"id": "id", "shade": record(json!({"a": "id"}))}))),
    ];
    let apart = built(&all, json!([])).unwrap();
    let types = [answered(&apart, "get_lamps").1, answered(&apart, "search_lamps").1];
    let told = built(&all, json!([{"why": "a lamp", "type": types, "name": "Lamp"}])).expect_err("shade");
    assert!(told.contains("`shade` is of another kind") && told.contains("spec/local/names.json"), "{told}");
}

#[test]
fn every_answer_that_is_a_list_of_records_is_the_same_kind_of_list() {
    let lamp = record(json!({"id": "id"}));
    let bare = json!({"type": "list", "of": lamp});
    let refusal = record(json!({"errorCode": "text", "message": "text"}));
    let keyed = record(json!({"lamps": {"type": "list", "of": lamp}, "count": "integer"}));
    let model = built(
        &[
            get("get_bare", "/bare", bare),
            get("get_keyed", "/keyed", keyed.clone()),
            get("get_or_fail", "/or-fail", json!({"type": "union", "of": [keyed, refusal]})),
        ],
        json!([]),
    )
    .unwrap();
    for id in ["get_bare", "get_keyed", "get_or_fail"] {
        assert!(answered(&model, id).0, "{id}");
    }
}
