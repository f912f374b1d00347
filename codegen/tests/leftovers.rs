//! Names that break a rule for names: which do, and why they stay.

use crate::common::{self, get, loaded, post, spec_files, upstream};
use desk_codegen::load::load;
use desk_codegen::model::{Leftover, Model, build};
use serde_json::{Value, json};

/// A field of 64 characters, a type that has nothing but words of transport, two values that are symbols alone.
fn model(local: Value) -> Result<Model, String> {
    let types = json!({
        "thing.thing": {"type": "object", "fields": {
            "theOneFieldWhoseNameIsSoLongThatNobodyWantsToReadIt": "text",
            "address2": "text",
            "listKind": {"type": "text", "values": ["<", ">"]},
        }},
    });
    let mut find = get("get_thing", "/things/{id}", json!("thing.thing"));
    find["parameters"] = json!([{"name": "id", "in": "path", "required": true, "type": "id"}]);
    let mut twin = find.clone();
    twin["id"] = json!("get_thing_2");
    let send = post("send_thing", "/things", json!({"type": "object", "fields": {"line1": "text"}}));
    let mut files = spec_files(&[upstream("thing", &[find, twin, send], types)]);
    files.insert("spec/local/kept.json".to_owned(), local.to_string());
    load(&files).and_then(|loaded| build(&loaded)).map_err(|diagnostics| diagnostics.locate(&files).to_string())
}

fn told(leftovers: &[Leftover]) -> Vec<(String, Option<&str>)> {
    leftovers.iter().map(|leftover| (leftover.to_string(), leftover.reason.as_deref())).collect()
}

const LONG: &str = "field Thing::the_one_field_whose_name_is_so_long_that_nobody_wants_to_read_it: 64 characters";

#[test]
fn long_names_words_of_transport_and_numbers_that_only_keep_two_apart_are_left_over() {
    let model = model(json!({})).unwrap();
    let expected = [
        "type ThingListKind: the word `list`",
        "method get_thing_2: a number that only keeps two apart",
        LONG,
        "variant ThingListKind::Symbol2: a number that only keeps two apart",
    ];
    assert_eq!(told(&model.leftovers), expected.map(|text| (text.to_owned(), None)));
}

#[test]
fn a_reason_is_given_for_names_or_for_a_word_in_a_module() {
    let kept = json!({"kept": [
        {"why": "a list is a thing", "word": ["list"], "modules": ["thing"]},
        {"why": "that is its name", "names": ["the_one_field_whose_name_is_so_long_that_nobody_wants_to_read_it", "get_thing_2"]},
    ]});
    let model = model(kept).unwrap();
    let reasons: Vec<_> = told(&model.leftovers).into_iter().map(|(_, reason)| reason).collect();
    assert_eq!(reasons, [Some("a list is a thing"), Some("that is its name"), Some("that is its name"), None]);
}

#[test]
fn a_name_that_people_chose_has_its_reason() {
    let model = model(json!({"names": [{"why": "as it is", "type": "ThingListKind", "name": "ListOfKinds"}]})).unwrap();
    assert_eq!(told(&model.leftovers)[0], ("type ListOfKinds: the word `list`".to_owned(), Some("as it is")));
}

#[test]
fn a_reason_that_nothing_needs_is_an_error_where_it_stands() {
    for (kept, problem) in [
        (json!({"names": ["ThingListKind", "Thing"]}), "Thing needs no reason"),
        (json!({"word": "list", "modules": ["thing", "other"]}), "other needs no reason"),
        (json!({"word": "view", "modules": ["thing"]}), "thing needs no reason"),
        (json!({"names": ["ThingListKind"], "why": " "}), "no reason is given"),
    ] {
        let mut kept = kept;
        if kept.get("why").is_none() {
            kept["why"] = json!("so");
        }
        let told = model(json!({ "kept": [kept] })).expect_err(problem);
        assert!(told.contains(problem) && told.contains("spec/local/kept.json"), "{told}");
    }
}

#[test]
fn every_name_of_the_real_spec_that_breaks_a_rule_has_a_reason() {
    let files = common::real();
    let model = build(&loaded(&files)).unwrap_or_else(|diagnostics| panic!("{}", diagnostics.locate(&files)));
    assert!(model.leftovers.len() > 50, "the rules find the names that are known to break them");
    let without: Vec<_> = model.leftovers.iter().filter(|leftover| leftover.reason.is_none()).collect();
    let lines: Vec<_> = without.iter().map(ToString::to_string).collect();
    assert!(without.is_empty(), "give these better names, or a reason in spec/local/names.json:\n{}", lines.join("\n"));
}
