//! Which lists of allowed values become which enums.

use crate::common::{get, loaded, modelled, spec_files, upstream};
use desk_codegen::model::{Model, Type, build};
use serde_json::{Value, json};

/// The name of a field and its allowed values.
type Values<'a> = (&'a str, &'a [&'a str]);

/// The model of one GET in each module, whose answer has these fields.
fn of(modules: &[(&str, &[Values<'_>])]) -> Model {
    let files: Vec<_> = modules
        .iter()
        .map(|(module, fields)| {
            let fields = fields.iter().enumerate().map(|(index, (name, values))| {
                // Records apart from one another, so that one field name can come twice.
                let inner = json!({"type": "object", "fields": {*name: {"type": "text", "values": values}, format!("{module}{index}"): "id"}});
                (format!("part{index}"), inner)
            });
            let fields: serde_json::Map<String, Value> = fields.collect();
            let answer = json!({"type": "object", "fields": fields});
            upstream(module, &[get(&format!("get_{module}"), &format!("/{module}"), answer)], json!({}))
        })
        .collect();
    modelled(&files).1
}

/// Each enum with its wire values.
fn enums(model: &Model) -> Vec<(&str, Vec<&str>)> {
    model
        .enums
        .enums
        .iter()
        .map(|one| (one.name.as_str(), one.variants.iter().map(|variant| variant.wire.as_str()).collect()))
        .collect()
}

#[test]
fn overlapping_values_of_one_name_in_a_module_are_one_enum() {
    let model =
        of(&[("task", &[("status", &["open", "done"]), ("status", &["done", "late"]), ("kind", &["x", "y", "z"])])]);
    assert_eq!(enums(&model), [("TaskKind", vec!["x", "y", "z"]), ("TaskStatus", vec!["done", "late", "open"])]);
}

#[test]
fn values_apart_of_one_name_are_two_enums() {
    let model = of(&[("task", &[("status", &["a", "b", "c"]), ("status", &["x", "y", "z"])])]);
    assert_eq!(enums(&model).iter().map(|(name, _)| *name).collect::<Vec<_>>(), ["TaskStatus", "TaskStatusKind"]);
}

#[test]
fn each_of_two_enums_of_one_name_can_be_named_or_be_one_with_another() {
    let mut files = spec_files(&["task", "call"].map(|module| {
        let values = |values: [&str; 3]| json!({"type": "text", "values": values});
        let fields = json!({"status": values(["a", "b", "c"]), "inner": {"type": "object", "fields": {
            "status": values(["x", "y", module]),
        }}});
        let find = get(&format!("get_{module}"), &format!("/{module}"), json!({"type": "object", "fields": fields}));
        upstream(module, &[find], json!({}))
    }));
    let names = json!([
        {"why": "they are one", "type": ["TaskStatusKind", "CallStatusKind"], "name": "Inner"},
        {"why": "it is shorter", "type": "TaskStatus", "name": "Outer"},
    ]);
    files.insert("spec/local/names.json".to_owned(), json!({ "names": names }).to_string());
    let model = build(&loaded(&files)).unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
    assert_eq!(enums(&model), [("Inner", vec!["call", "task", "x", "y"]), ("Outer", vec!["a", "b", "c"])]);
}

#[test]
fn equal_values_in_several_modules_are_one_enum() {
    let model = of(&[("task", &[("status", &["a", "b", "c"])]), ("call", &[("state", &["c", "b", "a"])])]);
    assert_eq!(enums(&model), [("CallState", vec!["a", "b", "c"])]);
    let model = of(&[("task", &[("status", &["ON", "OFF"])]), ("call", &[("state", &["ON", "OFF"])])]);
    assert_eq!(enums(&model), [("CallState", vec!["OFF", "ON"])], "a third value would rename it");
}

#[test]
fn enums_that_people_call_one_thing_are_one() {
    let read = upstream(
        "task",
        &[get(
            "get_task",
            "/task",
            json!({"type": "object", "fields": {"level": {"type": "text", "values": ["a", "b", "c"]}}}),
        )],
        json!({}),
    );
    let other = upstream(
        "call",
        &[get(
            "get_call",
            "/call",
            json!({"type": "object", "fields": {"state": {"type": "text", "values": ["b", "c", "d"]}}}),
        )],
        json!({}),
    );
    let names = json!({"names": [{"type": ["TaskLevel", "CallState"], "name": "Level", "why": "one is sent as the other was read"}]});
    let names = ("spec/local/names.json".to_owned(), names.to_string());
    let model = modelled(&[read, other, names]).1;
    assert_eq!(enums(&model), [("Level", vec!["a", "b", "c", "d"])]);
}

#[test]
fn what_three_modules_share_belongs_to_none() {
    let values: &[&str] = &["a", "b", "c"];
    let model =
        of(&[("task", &[("status", values)]), ("call", &[("status", values)]), ("event", &[("status", values)])]);
    assert_eq!(enums(&model).iter().map(|(name, _)| *name).collect::<Vec<_>>(), ["Status"]);
}

#[test]
fn a_name_that_already_says_whose_it_is_is_not_prefixed() {
    let model = of(&[("task", &[("taskStatus", &["a", "b"])])]);
    assert_eq!(enums(&model)[0].0, "TaskStatus");
}

#[test]
fn variants_have_rust_names_and_keep_their_wire_text() {
    let values = ["zh_TW", "zh-tw", "", "15", "-1", "Self", "a b", "${}", "*", "Unlisted", "type", "a  b.c", "zh.tw"];
    let model = of(&[("task", &[("language", &values)])]);
    let variants: Vec<_> =
        model.enums.enums[0].variants.iter().map(|one| (one.wire.as_str(), one.name.as_str())).collect();
    let expected = [
        ("", "Empty"),
        ("${}", "Symbol"),
        ("*", "Symbol2"),
        ("-1", "Minus1"),
        ("15", "N15"),
        ("Self", "Self_"),
        ("Unlisted", "Unlisted2"),
        ("a  b.c", "ABC"),
        ("a b", "AB"),
        ("type", "Type"),
        ("zh-tw", "ZhTw"),
        ("zh.tw", "ZhTw2"),
    ];
    assert_eq!(variants, expected);
}

#[test]
fn spellings_of_a_value_are_one_variant_and_most_places_say_which_is_usual() {
    let model = of(&[(
        "task",
        &[("status", &["DRAFT", "Review"]), ("status", &["Draft", "Review"]), ("status", &["Draft", "x"])],
    )]);
    let variants = &model.enums.enums[0].variants;
    let spellings: Vec<Vec<&str>> = variants.iter().map(|one| one.spellings().collect()).collect();
    assert_eq!(spellings, [vec!["Draft", "DRAFT"], vec!["Review"], vec!["x"]]);
    let one = &model.enums.enums[0];
    assert!(one.is_spelt_otherwise(&["DRAFT", "x"]) && !one.is_spelt_otherwise(&["DRAFT", "Draft"]));
    assert!(!one.is_spelt_otherwise(&["Review", "x"]));
}

#[test]
fn a_single_value_stays_text_without_an_enum() {
    let model = of(&[("task", &[("kind", &["TASK"])])]);
    assert_eq!(model.enums.enums, []);
    let fields = model.records.iter().flat_map(|record| &record.fields);
    let Some(Type::Enum(id)) = fields.map(|field| &field.ty).find(|ty| matches!(ty, Type::Enum(_))) else { panic!() };
    assert_eq!(model.enums.get(*id), None);
}
