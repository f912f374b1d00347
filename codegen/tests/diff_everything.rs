//! Whatever changes in a spec, the comparison tells of it if anything that is generated differs.

use crate::common::{self, files};
use desk_codegen::Files;
use desk_codegen::diff::{Level, between, level};
use desk_codegen::emit::{GENERATED, emit};
use desk_codegen::load::load;
use desk_codegen::model::{Model, build};
use desk_codegen::spec::Spec;
use desk_codegen::surface::Surface;
use serde_json::Value;

const CARGO: &str = include_str!("data/helpdesk/Cargo.toml");

fn spec() -> Files {
    files(&[
        ("spec/upstream/attachment.json", include_str!("data/helpdesk/upstream/attachment.json")),
        ("spec/upstream/organization.json", include_str!("data/helpdesk/upstream/organization.json")),
        ("spec/upstream/ticket.json", include_str!("data/helpdesk/upstream/ticket.json")),
        ("spec/local/facts.json", include_str!("data/helpdesk/local/facts.json")),
    ])
}

fn made(files: &Files) -> Option<(Spec, Model)> {
    let mut files = files.clone();
    files.insert("spec/local/api.json".to_owned(), common::DESK.to_owned());
    let loaded = load(&files).ok()?;
    let model = build(&loaded).ok()?;
    Some((loaded.spec, model))
}

fn generated((spec, model): &(Spec, Model)) -> Option<Files> {
    emit(spec, model, CARGO).ok()
}

/// Whether any of these files differs.
fn differ(old: &Files, new: &Files, is_meant: impl Fn(&str) -> bool) -> bool {
    let meant = |files: &Files| files.clone().into_iter().filter(|(path, _)| is_meant(path)).collect::<Files>();
    meant(old) != meant(new)
}

/// The crate's own files. How many operations name a scope counts duplicates, too, of which a model knows nothing else.
fn is_of_the_crate(path: &str) -> bool {
    path.ends_with("Cargo.toml") || path.starts_with(GENERATED) && !path.ends_with("/scopes.rs")
}

/// The paths of all values in a document.
fn places(value: &Value, path: &str, places: &mut Vec<String>) {
    match value {
        Value::Object(map) => map.iter().for_each(|(key, value)| {
            let key = key.replace('~', "~0").replace('/', "~1");
            places.push(format!("{path}/{key}"));
            self::places(value, &format!("{path}/{key}"), places);
        }),
        Value::Array(list) => list.iter().enumerate().for_each(|(index, value)| {
            places.push(format!("{path}/{index}"));
            self::places(value, &format!("{path}/{index}"), places);
        }),
        _ => {}
    }
}

/// The document without a value, and with other values in its place.
fn variants(document: &Value, place: &str) -> Vec<Value> {
    let with = |new: Value| {
        let mut changed = document.clone();
        changed.pointer_mut(place).map(|value| *value = new)?;
        Some(changed)
    };
    let mut without = document.clone();
    let (outer, last) = place.rsplit_once('/').unwrap();
    match without.pointer_mut(outer) {
        Some(Value::Object(map)) => drop(map.remove(&last.replace("~1", "/").replace("~0", "~"))),
        Some(Value::Array(list)) => drop(list.remove(last.parse().unwrap())),
        _ => {}
    }
    let other: Vec<Value> = match document.pointer(place) {
        Some(Value::String(text)) => ["text", "id", "integer", "safe", "write"]
            .into_iter()
            .map(Value::from)
            .chain([Value::from(format!("{text}X")), Value::from(format!("{text}?"))])
            .collect(),
        Some(Value::Bool(flag)) => vec![Value::from(!flag)],
        Some(Value::Number(number)) => vec![Value::from(number.as_u64().unwrap_or_default() + 1)],
        _ => Vec::new(),
    };
    std::iter::once(without).chain(other.into_iter().filter_map(with)).collect()
}

/// Of so many changes one is tried; all of them take minutes.
const ONE_OF: usize = 5;

#[test]
fn whatever_is_generated_differently_is_told() {
    let valid = spec();
    let before = made(&valid).unwrap();
    let (files, surface) = (generated(&before).unwrap(), Surface::of(&before.1).to_string());
    let (mut tried, mut compiled_otherwise) = (0, 0);
    for (path, text) in &valid {
        let document: Value = serde_json::from_str(text).unwrap();
        let mut all = Vec::new();
        places(&document, "", &mut all);
        let changed = all.iter().flat_map(|place| variants(&document, place).into_iter().map(move |new| (place, new)));
        for (place, changed) in changed.step_by(ONE_OF) {
            let mut spec = valid.clone();
            spec.insert(path.clone(), changed.to_string());
            let Some(after) = made(&spec) else { continue };
            let Some(now) = generated(&after) else { continue };
            let others = Surface::of(&after.1).to_string();
            tried += 1;
            for changes in [between(&before.1, &after.1), between(&after.1, &before.1)] {
                let what = format!("{path} {place}: {:?} {changes:#?}", changed.pointer(place));
                let level = level(&changes);
                assert!(level > Level::None || !differ(&files, &now, is_of_the_crate), "not told: {what}");
                assert!(
                    level == Level::None || differ(&files, &now, |_| true),
                    "nothing is generated otherwise: {what}"
                );
                assert!(level <= Level::Documentation || others != surface, "the compiler sees the same: {what}");
                compiled_otherwise += usize::from(level > Level::Documentation);
            }
        }
    }
    assert!(tried > 100 && compiled_otherwise > 50, "{tried} changes, {compiled_otherwise} for the compiler");
}
