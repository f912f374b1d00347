//! The spec's types → records with Rust names.

use std::collections::{BTreeMap, BTreeSet};

use crate::common::{self, get, loaded, modelled, post, spec_files, upstream};
use desk_codegen::model::{AnswerModel, BodyModel, Model, Need, Record, Role, Type, build};
use serde_json::{Value, json};

fn of(operations: &[Value], types: Value) -> Model {
    modelled(&[upstream("thing", operations, types)]).1
}

fn record<'m>(model: &'m Model, name: &str) -> &'m Record {
    model.records.iter().find(|record| record.name == name).unwrap_or_else(|| panic!("{name} in {:?}", names(model)))
}

fn names(model: &Model) -> BTreeSet<String> {
    let enums = model.enums.enums.iter().map(|one| &one.name);
    model.records.iter().map(|record| &record.name).chain(enums).cloned().collect()
}

fn record_names(model: &Model) -> Vec<&str> {
    model.records.iter().map(|record| record.name.as_str()).collect()
}

#[test]
fn unions_of_records_become_one_record() {
    let types = json!({
        "thing.one": {"type": "object", "fields": {"id": "id", "a": "text", "both": "text"}, "required": ["id", "a"]},
        "thing.other": {"type": "object", "fields": {"id": "id", "both": "integer"}, "required": ["both", "id"]},
        "thing.either": {"type": "union", "of": ["thing.one", "thing.other"]},
    });
    let model = of(&[get("get_a", "/a", json!("thing.either"))], types);
    assert_eq!(record_names(&model), ["ThingEither"]);
    let fields: Vec<_> =
        model.records[0].fields.iter().map(|f| (f.wire.as_str(), f.ty.clone(), f.need == Need::Required)).collect();
    assert_eq!(fields, [("a", Type::Text, false), ("both", Type::Text, false), ("id", Type::Id, true)]);
}

#[test]
fn unions_of_single_values_become_the_wider_one() {
    for (of_, ty) in [
        (json!(["id", "integer"]), Type::Id),
        (json!(["integer", "number"]), Type::Number),
        (json!(["date", "email"]), Type::Text),
        (json!(["text", "id"]), Type::Text),
        (json!(["boolean", "text"]), Type::Any),
        (json!(["text", {"type": "list", "of": "text"}]), Type::Any),
        (json!([{"type": "list", "of": "id"}, {"type": "list", "of": "integer"}]), Type::List(Box::new(Type::Id))),
        (json!([{"type": "map", "of": "id"}, {"type": "object", "fields": {"a": "id"}}]), Type::Any),
    ] {
        let body = json!({"type": "object", "fields": {"x": {"type": "union", "of": of_}, "y": "id"}});
        let model = of(&[get("get_a", "/a", body)], json!({}));
        assert_eq!(model.records[0].fields[0].ty, ty, "{of_}");
    }
}

#[test]
fn equal_inline_shapes_become_one_record() {
    let owner =
        |required: Value| json!({"type": "object", "fields": {"id": "id", "name": "text"}, "required": required});
    let answer = json!({"type": "object", "fields": {"owner": owner(json!(["id"])), "editor": owner(json!([]))}});
    let model = of(&[get("get_a", "/a", answer)], json!({}));
    assert_eq!(record_names(&model), ["A", "Editor", "Owner"], "a part is named after its field");
    let body = json!({"type": "object", "fields": {"owner": owner(json!(["id"])), "editor": owner(json!([]))}});
    let model = of(&[post("do_a", "/a", body)], json!({}));
    assert_eq!(record_names(&model), ["EditorInput", "OwnerInput"], "what is sent differs by what is required");
}

#[test]
fn a_type_that_is_sent_and_comes_back_is_two_records() {
    let types = json!({"thing.data": {"type": "object", "fields": {"tree": "thing.data"}}});
    let body =
        json!({"type": "object", "fields": {"thing": "thing.data", "things": {"type": "list", "of": "thing.data"}}});
    let model = of(&[get("get_a", "/a", json!("thing.data")), post("do_a", "/b", body)], types);
    let roles: Vec<_> = model.records.iter().map(|record| (record.name.as_str(), record.role)).collect();
    assert_eq!(roles, [("ThingData", Role::Answer), ("ThingDataInput", Role::Input)]);
    let Type::Record(inner) = &record(&model, "ThingDataInput").fields[0].ty else { panic!() };
    assert_eq!(model.records[inner.0].name, "ThingDataInput", "a record may hold itself");
}

#[test]
fn records_never_take_the_names_of_operations_or_of_the_runtime() {
    let types = json!({
        "thing.getThing": {"type": "object", "fields": {"a": "id"}},
        "client.client": {"type": "object", "fields": {"b": "id"}},
        "thing.thingList": {"type": "object", "fields": {"c": "id"}},
        "thing.list": {"type": "object", "fields": {"d": "id"}},
    });
    let fields = json!({"v": "thing.getThing", "w": "client.client", "x": "thing.thingList", "y": "thing.list", "answer": {"type": "object", "fields": {"e": "id"}}});
    let model = of(&[get("get_thing", "/a", json!({"type": "object", "fields": fields}))], types);
    let expected =
        ["ClientClient", "GetThingAnswer", "GetThingAnswerAnswer", "ThingGetThing", "ThingList", "ThingThingList"];
    assert_eq!(names(&model).iter().map(String::as_str).collect::<Vec<_>>(), expected);
}

#[test]
fn chosen_names_come_first() {
    let types = json!({"thing.data": {"type": "object", "fields": {"a": "id"}}, "thing.ticket": {"type": "object", "fields": {"b": "id"}}});
    let mut files = spec_files(&[upstream(
        "thing",
        &[
            get("get_a", "/a", json!("thing.data")),
            post("do_a", "/b", json!({"type": "object", "fields": {"x": "thing.data", "y": "thing.ticket"}})),
        ],
        types,
    )]);
    let names = json!({"names": [{"why": "shorter", "type": "thing.data", "name": "ThingTicket"}]});
    files.insert("spec/local/names.json".to_owned(), names.to_string());
    let model = build(&loaded(&files)).unwrap();
    assert_eq!(record_names(&model), ["ThingTicket", "ThingTicketInput", "ThingTicketInput2"]);
}

#[test]
fn fields_of_bodies_and_parameters_share_their_names_without_collision() {
    let fields = json!({"id": "id", "new": "text", "query": "text", "type": "text", "self": "text", "15": "text", "a-b": "text", "aB": "text"});
    let mut operation = post("do_a", "/a/{id}", json!({"type": "object", "fields": fields}));
    operation["parameters"] = json!([
        {"name": "id", "in": "path", "required": true, "type": "id"},
        {"name": "type", "in": "query", "type": "text"},
        {"name": "async", "in": "query", "type": "text"},
        {"name": "Type", "in": "header", "type": "text"},
    ]);
    let model = of(&[operation], json!({}));
    let operation = &model.families[0].modules["thing"][0];
    let parameters: Vec<_> = operation.parameters.iter().map(|one| one.rust.as_str()).collect();
    assert_eq!(parameters, ["id", "r#type", "r#async", "type_parameter"]);
    let BodyModel::Fields { fields, .. } = &operation.body else { panic!("{:?}", operation.body) };
    let fields: Vec<_> = fields.iter().map(|field| (field.rust.as_str(), field.wire.as_str())).collect();
    let expected = [
        ("n15", "15"),
        ("a_b", "a-b"),
        ("a_b_field", "aB"),
        ("id", "id"),
        ("new_", "new"),
        ("query_", "query"),
        ("self_", "self"),
        ("type_field", "type"),
    ];
    assert_eq!(fields, expected);
}

#[test]
fn path_parameters_come_first_and_in_the_order_of_the_path() {
    let mut operation = get("get_a", "/a/{first}/b/{second}", json!("any"));
    let path = |name: &str| json!({"name": name, "in": "path", "required": true, "type": "id"});
    operation["parameters"] = json!([{"name": "q", "in": "query", "type": "id"}, path("second"), path("first")]);
    let model = of(&[operation], json!({}));
    let wires: Vec<_> = model.families[0].modules["thing"][0].parameters.iter().map(|one| one.wire.as_str()).collect();
    assert_eq!(wires, ["first", "second", "q"]);
}

#[test]
fn bodies_that_are_no_records_are_sent_whole() {
    for (body, ty) in [
        (json!({"type": "list", "of": "id"}), Type::List(Box::new(Type::Id))),
        (json!("any"), Type::Any),
        (json!({"type": "object", "fields": {}}), Type::Map(Box::new(Type::Any))),
    ] {
        let model = of(&[post("do_a", "/a", body)], json!({}));
        let BodyModel::Whole { required: true, ty: found, .. } = &model.families[0].modules["thing"][0].body else {
            panic!()
        };
        assert_eq!(*found, ty);
    }
}

#[test]
fn operations_whose_names_collide_in_rust_are_refused() {
    let loaded = loaded(&spec_files(&[upstream(
        "thing",
        &[get("get_a_b", "/a", json!("any")), get("get_a__b", "/b", json!("any"))],
        json!({}),
    )]));
    let found = common::listed(&build(&loaded).unwrap_err());
    assert!(found[0].problem.contains("have the same Rust name, GetAB"), "{}", found[0]);
}

#[test]
fn names_stay_when_an_unrelated_operation_comes_in_another_module() {
    let status = |values: Value| json!({"type": "text", "values": values});
    let answer = json!({"type": "object", "fields": {
        "owner": {"type": "object", "fields": {"id": "id", "name": "text"}},
        "status": status(json!(["OPEN", "CLOSED", "HELD"])), "kind": status(json!(["a", "b"])), "data": {"type": "list", "of": "thing.data"},
    }});
    let types = json!({"thing.data": {"type": "object", "fields": {"status": status(json!(["OPEN", "GONE"]))}}});
    let thing = upstream("thing", &[get("get_a", "/a", answer), post("do_a", "/b", json!("thing.data"))], types);
    let before = modelled(std::slice::from_ref(&thing)).1;
    for module in ["alpha", "zulu"] {
        let types = json!({format!("{module}.data"): {"type": "object", "fields": {"status": status(json!(["X", "Y", "Z"])), "flag": "boolean"}}});
        let other = json!({"type": "object", "fields": {"list": {"type": "list", "of": format!("{module}.data")}, "owner": {"type": "object", "fields": {"x": "id"}}}});
        let unrelated =
            upstream(module, &[get("get_b", "/other", other.clone()), post("do_b", "/other", other)], types);
        let after = modelled(&[thing.clone(), unrelated]).1;
        let (mut before, after) = (names(&before), names(&after));
        // A part that differs from another of its name takes its owner's name before its own.
        assert!(before.remove("Owner") && after.contains("AOwner") && after.contains("BOwner"), "{after:?}");
        assert!(before.is_subset(&after), "{before:?} in {after:?}");
        assert!(after.len() >= before.len() + 3);
    }
}

#[test]
fn a_type_knows_the_families_that_need_it() {
    let types = json!({"apple.own": {"type": "object", "fields": {"x": "id"}}, "apple.shared": {"type": "object", "fields": {"y": "pear.deep"}}});
    let deep = json!({"pear.deep": {"type": "object", "fields": {"z": "id"}}});
    let list = json!({"type": "object", "fields": {"own": "apple.own", "shared": "apple.shared"}});
    let mut files = spec_files(&[
        upstream("apple", &[get("get_a", "/a", list)], types),
        upstream("pear", &[get("get_b", "/b", json!("apple.shared"))], deep),
    ]);
    let families = json!({"families": [{"name": "one", "about": "A.", "modules": ["apple"]}, {"name": "two", "about": "B.", "modules": ["pear"]}]});
    files.insert("spec/local/families.json".to_owned(), families.to_string());
    let model = build(&loaded(&files)).unwrap();
    let needed: BTreeMap<_, _> = record_names(&model).into_iter().zip(&model.record_families).collect();
    assert_eq!(needed["AppleOwn"], &BTreeSet::from([0]));
    assert_eq!(needed["AppleShared"], &BTreeSet::from([0, 1]));
    assert_eq!(needed["PearDeep"], &BTreeSet::from([0, 1]));
}

#[test]
fn types_about_the_same_whose_fields_agree_are_one_record() {
    let fields =
        |more: &str| json!({"type": "object", "fields": {"id": "id", "name": "text", "owner": "text", more: "id"}});
    let types = json!({
        "thing.thingResponse": fields("a"), "thing.thingListView": fields("b"),
        "thing.countJson": {"type": "object", "fields": {"id": "text", "x": "id", "y": "id", "z": "id"}},
    });
    let page = json!({"type": "object", "fields": {"data": {"type": "list", "of": "thing.thingListView"}, "count": "integer"}});
    let operations = [
        get("get_a", "/a", json!("thing.thingResponse")),
        get("get_b", "/b", page),
        get("get_c", "/c", json!("thing.countJson")),
    ];
    let model = of(&operations, types);
    assert_eq!(record_names(&model), ["Thing", "ThingCount"]);
    let thing: Vec<_> = record(&model, "Thing").fields.iter().map(|field| field.wire.as_str()).collect();
    assert_eq!(thing, ["a", "b", "id", "name", "owner"]);
}

#[test]
fn what_is_shown_beside_a_thing_belongs_to_it() {
    let types = json!({"thing.thingJson": {"type": "object", "fields": {"id": "id", "name": "text"}}});
    let beside = json!({"type": "object", "fields": {"contact": {"type": "object", "fields": {"id": "id"}}}});
    let page = json!({"type": "object", "fields": {"data": {"type": "list", "of": {"type": "union", "of": [beside, "thing.thingJson"]}}}});
    let model = of(&[get("get_a", "/a", page)], types);
    let thing: Vec<_> = record(&model, "Thing").fields.iter().map(|field| field.wire.as_str()).collect();
    assert_eq!(thing, ["contact", "id", "name"]);
    let answer = &model.families[0].modules["thing"][0].answer;
    assert!(matches!(answer, AnswerModel::Json(Type::Records(_))), "{answer:?}");
}

#[test]
fn what_is_said_to_be_one_thing_has_to_agree() {
    let types = json!({
        "thing.a": {"type": "object", "fields": {"id": "id", "words": "text", "rank": "text"}},
        "thing.b": {"type": "object", "fields": {"id": "id", "words": {"type": "list", "of": "text"}, "rank": "integer"}},
    });
    let mut files = spec_files(&[upstream(
        "thing",
        &[get("get_a", "/a", json!("thing.a")), get("get_b", "/b", json!("thing.b"))],
        types,
    )]);
    let names = json!({"names": [{"why": "one thing", "type": ["thing.a", "thing.b"], "name": "Thing"}]});
    files.insert("spec/local/names.json".to_owned(), names.to_string());
    let found = common::listed(&build(&loaded(&files)).unwrap_err());
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].problem.contains("`words` is of another kind in each"), "{}", found[0]);
}
