//! Operations that are one, and what becomes of the differences between them.

use crate::common::{get, loaded, modelled, operations, post, spec_files, upstream};
use desk_codegen::model::{Model, Need};
use desk_codegen::spec::Risk;
use serde_json::{Value, json};

/// The model of operations of one module.
fn of(operations: &[Value]) -> Model {
    modelled(&[upstream("thing", operations, json!({"thing.data": {"type": "object", "fields": {"a": "text"}}}))]).1
}

/// Which operation stands for which.
fn pairs(model: &Model) -> Vec<(String, Vec<String>)> {
    operations(model)
        .iter()
        .map(|one| (one.operation.id.clone(), one.aliases.iter().map(|alias| alias.id.clone()).collect()))
        .collect()
}

fn with(mut operation: Value, key: &str, value: Value) -> Value {
    operation[key] = value;
    operation
}

fn query(name: &str, required: bool) -> Value {
    json!({"name": name, "in": "query", "required": required, "type": "text"})
}

#[test]
fn the_one_without_a_number_is_real_else_the_first_by_name() {
    let any = || json!("any");
    for (ids, real) in [
        (["get_all_2", "get_all"], "get_all"),
        (["get_all", "get_all_2"], "get_all"),
        (["get_b", "get_a"], "get_a"),
        (["get_all_2", "get_all_3"], "get_all_2"),
    ] {
        let model = of(&ids.map(|id| get(id, "/all", any())));
        let alias = ids.iter().find(|id| **id != real).unwrap();
        assert_eq!(pairs(&model), [(real.to_owned(), vec![(*alias).to_owned()])]);
        assert_eq!(model.notes, []);
    }
}

#[test]
fn a_person_may_choose_the_real_one() {
    let chosen = with(get("get_a", "/all", json!("any")), "alias_of", json!("get_b_2"));
    let model = of(&[chosen, get("get_b_2", "/all", json!("any"))]);
    assert_eq!(pairs(&model), [("get_b_2".to_owned(), vec!["get_a".to_owned()])]);
}

#[test]
fn names_of_path_parameters_do_not_matter_but_methods_and_paths_do() {
    let one = |id: &str, path: &str, name: &str| {
        with(
            get(id, path, json!("any")),
            "parameters",
            json!([{"name": name, "in": "path", "required": true, "type": "id"}]),
        )
    };
    let model = of(&[
        one("get_a", "/a/{id}", "id"),
        one("get_a_again", "/a/{thingId}", "thingId"),
        one("get_other", "/b/{id}", "id"),
        get("get_literal", "/a/all", json!("any")),
    ]);
    assert_eq!(pairs(&model).len(), 3);
    assert!(pairs(&model).contains(&("get_a".to_owned(), vec!["get_a_again".to_owned()])));
    let real = operations(&model).into_iter().find(|one| one.operation.id == "get_a").unwrap();
    assert_eq!(real.parameters.len(), 1);
    let body = json!("thing.data");
    let twins = of(&[post("put_a", "/a", body.clone()), post("patch_a", "/a", body)].map(|one| {
        let method = if one["id"] == "put_a" { "PUT" } else { "PATCH" };
        with(one, "method", json!(method))
    }));
    assert_eq!(pairs(&twins).len(), 2, "a PUT/PATCH pair is no pair of duplicates");
}

#[test]
fn parameters_and_answers_of_twins_are_merged() {
    let real = with(
        get("get_a", "/a", json!({"type": "object", "fields": {"x": "text"}})),
        "parameters",
        json!([query("q", true)]),
    );
    let mut twin = get("get_a_2", "/a", json!({"type": "object", "fields": {"y": "text"}}));
    twin["parameters"] = json!([query("q", true), query("more", true)]);
    twin["answers"]["204"] = json!("empty");
    let model = of(&[real, twin]);
    let merged = operations(&model)[0];
    let parameters: Vec<_> =
        merged.parameters.iter().map(|one| (one.wire.as_str(), one.need == Need::Required)).collect();
    assert_eq!(parameters, [("q", true), ("more", false)], "what only a twin needs cannot be needed");
    assert!(merged.operation.answers.contains_key(&204));
    let fields: Vec<_> = model.records[0].fields.iter().map(|field| field.wire.as_str()).collect();
    assert_eq!((model.records.len(), fields), (1, vec!["x", "y"]));
    assert_eq!(model.notes, []);
}

#[test]
fn what_twins_do_not_agree_on_is_noted() {
    let real = || get("get_a", "/a", json!("any"));
    let twin = || get("get_a_2", "/a", json!("any"));
    for (real, twin, note) in [
        (real(), with(twin(), "scopes", json!([])), "their scopes differ; those of the former count"),
        (real(), with(twin(), "organization", json!(false)), "only one takes the organization; the former counts"),
        (real(), with(twin(), "body", json!({"json": "any"})), "their bodies differ; the former's counts"),
        (
            with(real(), "parameters", json!([query("q", true)])),
            with(twin(), "parameters", json!([query("q", false)])),
            "parameter `q` differs; the former's counts",
        ),
        (
            real(),
            with(twin(), "answers", json!({"200": "bytes"})),
            "the kinds of their answers under 200 differ; the former's counts",
        ),
    ] {
        let model = of(&[real, twin]);
        let told: Vec<_> = model.notes.iter().map(|note| note.problem.as_str()).collect();
        assert_eq!(told, [format!("get_a stands for get_a_2, but {note}")]);
    }
    // An entry with the note as it is shown accepts it; one of nothing is told.
    let accepted = |note: &str| json!({"why": "one of them lists less", "note": note});
    let shown =
        "spec/upstream/thing.json: get_a stands for get_a_2, but their scopes differ; those of the former count";
    let twins = upstream("thing", &[real(), with(twin(), "scopes", json!([]))], json!({}));
    let model = |notes: &[Value]| {
        let mut files = spec_files(std::slice::from_ref(&twins));
        files.insert("spec/local/notes.json".to_owned(), json!({"accepted_notes": notes}).to_string());
        desk_codegen::model::build(&loaded(&files)).unwrap()
    };
    let news = model(&[]);
    let [note] = news.notes.as_slice() else { panic!("{:?}", news.notes) };
    assert!(note.help.contains(&json!(shown).to_string()) && note.to_string().starts_with(shown), "{note}");
    // Those of an import are none of this.
    let news = model(&[accepted(shown), accepted("spec/upstream/thing.json: no more"), accepted("Thing.json: odd")]);
    assert_eq!(news.accepted, 1);
    let [gone] = news.notes.as_slice() else { panic!("{:?}", news.notes) };
    assert_eq!(gone.problem, "nothing gives this note any more: spec/upstream/thing.json: no more");
    let model = of(&[real(), with(twin(), "risk", json!("destructive"))]);
    assert_eq!(operations(&model)[0].operation.risk, Risk::Destructive);
    assert!(model.notes[0].problem.contains("the higher one counts"));
}
