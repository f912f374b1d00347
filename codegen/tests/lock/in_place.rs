//! One type at a time is written in place or taken out, or one body gets a field: what is public stays.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::change::{Changed, Random};
use super::{BEFORE, api, changed};
use desk_codegen::load;
use desk_codegen::model::build;

/// So many changes of each kind are tried in every run; those that are ignored try all.
const SOME: usize = 4;
/// The field that bodies get.
const GROWN: &str = "grownField";

/// Everything public that is other than before, apart from lines about the field that was added; or why there is
/// nothing.
fn differences(changed: &Changed) -> Vec<String> {
    let after = match load::load(&changed.files()).and_then(|loaded| build(&loaded)) {
        Ok(model) => api::of(&model),
        Err(diagnostics) => return vec![diagnostics.to_string()],
    };
    let bare = |text: &str| text.lines().filter(|line| !line.contains(GROWN)).collect::<Vec<_>>().join("\n");
    let names = BEFORE.api.keys().chain(after.keys().filter(|name| !BEFORE.api.contains_key(*name)));
    let text = |api: &api::Api, name: &String| api.get(name).map(|text| bare(text));
    let pairs = names.map(|name| (name, text(&BEFORE.api, name), text(&after, name)));
    pairs.filter(|(_, was, is)| was != is).map(|(name, was, is)| format!("{name}: {was:?} -> {is:?}")).collect()
}

/// Tries these changes, or some of them, those that were wrong once always.
fn stays<T: std::fmt::Debug>(
    mut cases: Vec<T>,
    all: bool,
    always: impl Fn(&T) -> bool,
    change: impl Fn(&T, &mut Changed),
) {
    assert!(cases.len() > 20, "{}", cases.len());
    if !all {
        Random(41).shuffle(&mut cases);
        cases.sort_by_key(|case| !always(case));
        cases.truncate(SOME);
    }
    let mut wrong = Vec::new();
    for case in &cases {
        let mut changed = changed();
        change(case, &mut changed);
        assert!(changed.modules != super::changed().modules, "{case:?} changes nothing");
        let differences = differences(&changed);
        if !differences.is_empty() {
            wrong.push(format!("{case:?}\n    {}", differences.join("\n    ")));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

/// The types that are records, and that nobody has written about: corrections name them.
fn records(changed: &Changed) -> Vec<String> {
    let local = changed.local();
    let types = changed.modules.values().filter_map(|module| module.get("types")?.as_object()).flatten();
    let object = |schema: &Value| matches!(schema["type"].as_str(), Some("object" | "object?"));
    let free = |name: &str| !local.contains(&format!("\"{name}"));
    types.filter(|(name, schema)| object(schema) && free(name)).map(|(name, _)| name.clone()).collect()
}

/// How often each text is a type alone, and how often with more about it.
#[derive(Default)]
struct Mentions(BTreeMap<String, (usize, usize)>);

impl Mentions {
    fn of(value: &Value) -> Self {
        let mut mentions = Self::default();
        mentions.count(value, "");
        mentions
    }

    fn count(&mut self, value: &Value, key: &str) {
        match value {
            Value::String(text) => {
                let name = text.strip_suffix('?').unwrap_or(text);
                let (alone, more) = self.0.entry(name.to_owned()).or_default();
                *(if key == "type" { more } else { alone }) += 1;
            }
            Value::Array(list) => list.iter().for_each(|one| self.count(one, "")),
            Value::Object(map) => map.iter().for_each(|(key, one)| self.count(one, key)),
            _ => {}
        }
    }

    fn get(&self, name: &str) -> (usize, usize) {
        self.0.get(name).copied().unwrap_or_default()
    }
}

/// Writes a type in each place where it is used, and drops it.
fn write_in_place(changed: &mut Changed, name: &str) {
    let schema = changed.type_of(name).expect("it is there").clone();
    for module in changed.modules.values_mut() {
        if let Some(types) = module.get_mut("types").and_then(Value::as_object_mut) {
            types.remove(name);
        }
        put(module, name, &schema);
    }
}

fn put(value: &mut Value, name: &str, schema: &Value) {
    match value {
        Value::String(text) if text.strip_suffix('?').unwrap_or(text) == name => {
            let nullable = text.ends_with('?');
            *value = schema.clone();
            if nullable {
                value["type"] = "object?".into();
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|one| put(one, name, schema)),
        Value::Object(map) => map.values_mut().for_each(|one| put(one, name, schema)),
        _ => {}
    }
}

fn in_place(all: bool) {
    let before = changed();
    let whole = Mentions::of(&json!(before.modules));
    let once = |name: &String| {
        let (alone, more) = whole.get(name);
        alone > 0 && more == 0 && Mentions::of(before.type_of(name).unwrap()).get(name) == (0, 0)
    };
    let names = records(&before).into_iter().filter(once).collect();
    let always = |name: &String| name == "label.creatorResponse";
    stays(names, all, always, |name, changed| write_in_place(changed, name));
}

/// A record that is written in a type: the type, and where in it.
type Inner = (String, String);

fn inner(schema: &Value, at: &str, found: &mut Vec<String>) {
    match schema {
        Value::Object(map) => {
            let record =
                map.contains_key("fields") && map.get("type").is_some_and(|kind| kind == "object" || kind == "object?");
            if record && !at.is_empty() {
                found.push(at.to_owned());
            }
            map.iter().for_each(|(key, one)| inner(one, &format!("{at}/{key}"), found));
        }
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(index, one)| inner(one, &format!("{at}/{index}"), found));
        }
        _ => {}
    }
}

fn taken_out(all: bool) {
    let before = changed();
    let mut cases: Vec<Inner> = Vec::new();
    for name in records(&before) {
        let mut found = Vec::new();
        inner(before.type_of(&name).unwrap(), "", &mut found);
        cases.extend(found.into_iter().map(|at| (name.clone(), at)));
    }
    stays(
        cases,
        all,
        |_| false,
        |(owner, at), changed| {
            let module = owner.split_once('.').unwrap().0;
            let name = format!("{module}.takenOut");
            let types = &mut changed.modules.get_mut(module).unwrap()["types"];
            let place = types[owner].pointer_mut(at).unwrap();
            let schema = std::mem::replace(place, name.clone().into());
            changed.add_type(&name, schema);
        },
    );
}

/// The type that each body is, if it is only sent.
fn bodies(changed: &Changed) -> Vec<String> {
    let free = records(changed);
    let all = changed.all();
    let named = all.iter().filter_map(|(_, operation)| operation.get("body")?.get("json")?.as_str());
    let counted: BTreeMap<&str, usize> = named.map(|name| (name, 1)).collect();
    let whole = Mentions::of(&json!(changed.modules));
    let sent = all.iter().filter_map(|(_, operation)| operation.get("body"));
    let sent = Mentions::of(&Value::Array(sent.cloned().collect()));
    let only_sent = |name: &&&str| whole.get(name) == sent.get(name);
    counted.keys().filter(only_sent).map(|name| (*name).to_owned()).filter(|name| free.contains(name)).collect()
}

fn grown(all: bool) {
    let always = |name: &String| name == "label.createLabelPayloadJson";
    stays(bodies(&changed()), all, always, |name, changed| {
        let types = &mut changed.modules.get_mut(name.split_once('.').unwrap().0).unwrap()["types"];
        let fields: &mut Map<String, Value> = types[name]["fields"].as_object_mut().unwrap();
        fields.insert(GROWN.to_owned(), "text".into());
    });
}

#[test]
fn some_types_written_in_place_change_nothing() {
    in_place(false);
}

#[test]
fn some_types_taken_out_change_nothing() {
    taken_out(false);
}

#[test]
fn a_new_field_of_some_bodies_changes_nothing_else() {
    grown(false);
}

#[test]
#[ignore = "builds the real spec once for each type"]
fn every_type_written_in_place_changes_nothing() {
    in_place(true);
}

#[test]
#[ignore = "builds the real spec once for each record that is written in a type"]
fn every_type_taken_out_changes_nothing() {
    taken_out(true);
}

#[test]
#[ignore = "builds the real spec once for each body"]
fn a_new_field_of_any_body_changes_nothing_else() {
    grown(true);
}
