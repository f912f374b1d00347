//! Types and values change, move, get other names, are written in place or taken out.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::api::{self, place};
use super::change::Random;
use super::{BEFORE, built, changed, meanings_stay, only_touched};

#[test]
fn a_file_or_type_with_another_name_or_in_another_place_is_called_as_before() {
    let mut changed = changed();
    for module in ["ticket", "account", "article", "thread"] {
        changed.rename_module(module, &format!("renamed_{module}"));
    }
    let mut random = Random(3);
    let types = changed.modules.values().filter_map(|module| module["types"].as_object());
    let types: BTreeSet<String> = types.flat_map(|types| types.keys().cloned()).collect();
    let types: Vec<String> = types.into_iter().collect();
    let moved = (0..100).map(|index| {
        let name = &types[random.below(types.len())];
        let (module, own) = name.split_once('.').unwrap();
        let to = if index % 2 == 0 { format!("{module}.{own}Object") } else { format!("community.{own}") };
        (name.clone(), to)
    });
    changed.rename_types(&moved.filter(|(_, to)| !types.contains(to)).collect());
    let after = built(&changed.files());
    // By its new name, a type may be a view of more or fewer things; whatever uses it does not notice.
    let now = api::of(&after);
    let operations = BEFORE.api.iter().filter(|(name, _)| name.contains(' '));
    let other: Vec<_> = operations.filter(|(name, text)| now.get(*name) != Some(*text)).collect();
    assert!(other.is_empty(), "{other:?}");
    let lost: Vec<_> = BEFORE.api.keys().filter(|name| !now.contains_key(*name)).collect();
    assert!(lost.is_empty(), "{lost:?}");
    meanings_stay(&after);
}

/// The types that an operation answers with and sends, where it only names them.
fn parts(operation: &mut Value) -> Vec<&mut Value> {
    let mut found = Vec::new();
    let keys = operation.as_object_mut().unwrap();
    for (key, value) in keys.iter_mut() {
        match key.as_str() {
            "body" => found.extend(value.get_mut("json")),
            "answers" => {
                found.extend(value.as_object_mut().unwrap().values_mut().filter_map(|one| one.get_mut("json")))
            }
            _ => {}
        }
    }
    found
}

#[test]
fn a_type_written_where_it_is_used_or_the_other_way_round_keeps_its_name() {
    let mut changed = changed();
    let mut random = Random(17);
    let mut all = changed.all();
    random.shuffle(&mut all);
    let local = changed.local();
    // Taken in: what an operation names is written in it.
    let mut inlined = 0;
    for (_, operation) in &all {
        let id = operation["id"].as_str().unwrap();
        let mut edited = operation.clone();
        for part in parts(&mut edited) {
            let schema =
                part.as_str().and_then(|name| changed.type_of(name)).filter(|schema| schema["type"] == "object");
            if let Some(schema) = schema.filter(|_| !local.contains(id)) {
                *part = schema.clone();
                inlined += 1;
            }
        }
        changed.edit(id, |one| *one = edited);
        if inlined >= 60 {
            break;
        }
    }
    // Taken out: what is written in a type gets a name.
    let mut extracted = Vec::new();
    for (module, value) in &mut changed.modules {
        let Some(types) = value.get_mut("types").and_then(Value::as_object_mut) else { continue };
        for (owner, schema) in types.iter_mut() {
            // Corrections name fields by their path.
            let Some(fields) = schema.get_mut("fields").and_then(Value::as_object_mut) else { continue };
            for (field, inner) in fields.iter_mut().filter(|_| !local.contains(owner.as_str())) {
                if inner["type"] == "object" && inner.get("fields").is_some() && extracted.len() < 200 {
                    let name = format!("{module}.{}Of{}", field, extracted.len());
                    extracted.push((name.clone(), std::mem::replace(inner, name.into())));
                }
            }
        }
    }
    assert!(inlined >= 60 && extracted.len() > 25, "{inlined} {}", extracted.len());
    for (name, schema) in extracted {
        changed.add_type(&name, schema);
    }
    let after = built(&changed.files());
    let now = api::of(&after);
    let lost: Vec<_> = BEFORE.api.keys().filter(|name| !now.contains_key(*name)).collect();
    assert!(lost.is_empty(), "{lost:?}");
    meanings_stay(&after);
}

#[test]
fn a_value_keeps_its_name_and_what_it_sends_when_others_are_added() {
    let mut changed = changed();
    let (mut added, mut places) = (0, BTreeSet::new());
    for module in changed.modules.values_mut() {
        more_values(module, &mut added);
    }
    changed.edit_corrected(|was| more_values(was, &mut 0));
    assert!(added > 1_000, "{added}");
    places.extend(api::operations(&BEFORE.model).map(place));
    let after = built(&changed.files());
    only_touched(&after, &places);
}

/// Adds to each list of values its first one in other spellings, and one that is new.
fn more_values(value: &mut Value, added: &mut usize) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(|one| more_values(one, added)),
        Value::Object(map) => {
            if let Some(list) = map.get_mut("values").and_then(Value::as_array_mut)
                && let Some(first) = list.first().and_then(Value::as_str).map(str::to_owned)
            {
                for text in [first.to_uppercase(), first.to_lowercase(), format!("A_{first}")] {
                    if !list.contains(&text.as_str().into()) {
                        list.insert(0, text.into());
                        *added += 1;
                    }
                }
            }
            map.values_mut().for_each(|one| more_values(one, added));
        }
        _ => {}
    }
}

#[test]
fn one_of_two_that_share_a_record_may_change_it_alone() {
    let mut changed = changed();
    let mut random = Random(29);
    let local = changed.local();
    let mut touched = BTreeSet::new();
    for (_, places) in api::shared_inputs(&BEFORE.model) {
        let mut operations: Vec<_> =
            api::operations(&BEFORE.model).filter(|one| places.contains(&place(one))).collect();
        // All but one change.
        random.shuffle(&mut operations);
        for operation in operations.into_iter().skip(1) {
            let id = &operation.operation.id;
            if local.contains(id.as_str()) || touched.contains(&place(operation)) {
                continue;
            }
            changed.edit(id, |one| {
                if let Some(fields) = one.get_mut("body").and_then(|body| body.get_mut("json")) {
                    grow(fields, random.below(2) == 0);
                }
            });
            touched.insert(place(operation));
        }
    }
    assert!(touched.len() > 15, "{}", touched.len());
    let after = built(&changed.files());
    let (before, now) = (&BEFORE.api, api::of(&after));
    let untouched = before.keys().filter(|name| name.contains(' ') && !touched.contains(*name));
    let other: Vec<_> = untouched.filter(|name| now.get(*name) != before.get(*name)).collect();
    assert!(other.is_empty(), "{other:?}");
    only_touched(&after, &touched);
}

/// Adds a field to each record in a body, or limits those that there are.
fn grow(value: &mut Value, add: bool) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(|one| grow(one, add)),
        Value::Object(map) => {
            if let Some(fields) = map.get_mut("fields").and_then(Value::as_object_mut) {
                for field in fields.values_mut().filter(|_| !add) {
                    if field == "text" {
                        *field = json!({"type": "text", "max_length": 77});
                    }
                }
                if add {
                    fields.insert("grownField".to_owned(), "text".into());
                }
            }
            map.values_mut().for_each(|one| grow(one, add));
        }
        _ => {}
    }
}
