//! Operations come and go, are copied, registered twice, and have ids that others had.

use std::collections::BTreeSet;

use desk_codegen::lock::LOCK;
use serde_json::{Value, json};

use super::api::{self, place, reached};
use super::change::Random;
use super::{BEFORE, built, changed, nothing_is_lost, only_touched};
use crate::common;

/// A second operation that sends and answers the same as one that exists.
fn copy_of(operation: &Value, id: &str) -> Value {
    let mut copy = operation.clone();
    copy["id"] = id.into();
    copy["path"] = format!("{}/again", operation["path"].as_str().unwrap()).into();
    if let Some(keys) = copy.as_object_mut() {
        keys.remove("discovers_organization");
    }
    copy
}

#[test]
fn new_operations_take_no_name_and_change_none() {
    let mut changed = changed();
    let mut random = Random(11);
    let modules: Vec<String> =
        changed.modules.keys().filter(|name| !changed.operations(name).is_empty()).cloned().collect();
    let mut all = changed.all();
    random.shuffle(&mut all);
    let mut ids: BTreeSet<String> = all.iter().map(|(_, one)| one["id"].as_str().unwrap().to_owned()).collect();
    // Half of them stand in another module; some are named like a type that exists.
    let types: Vec<&String> = BEFORE.api.keys().filter(|name| !name.contains(' ')).collect();
    for (index, (module, operation)) in all.iter().take(160).enumerate() {
        let module = if index % 2 == 0 { module } else { &modules[random.below(modules.len())] };
        let id = match index % 3 {
            0 => as_id(types[random.below(types.len())]),
            _ => format!("a_{index}_{}", operation["id"].as_str().unwrap()),
        };
        if ids.insert(id.clone()) {
            changed.add(module, copy_of(operation, &id));
        }
    }
    // One enum is used in two more modules, and values of two others meet in a new one.
    let enums: Vec<&desk_codegen::model::Enum> =
        BEFORE.model.enums.enums.iter().filter(|one| one.variants.len() > 2).collect();
    for index in 0..60 {
        let [one, other] = [0, 0].map(|_| enums[random.below(enums.len())]);
        let mut values: Vec<&str> = one.variants.iter().map(|variant| variant.wire.as_str()).collect();
        let (module, field) = uses_of(&one.name);
        if index % 2 == 0 {
            values.extend(other.variants.iter().map(|variant| variant.wire.as_str()));
            values.dedup();
        }
        let mut operation = common::get(&format!("bridge_{index}"), &format!("/api/v1/bridges{index}"), json!("text"));
        operation["scopes"] = json!([["Desk.tickets.READ"]]);
        let values: Vec<&str> = values.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
        operation["parameters"] = json!([{"name": field, "in": "query", "type": {"type": "text", "values": values}}]);
        let module = if index % 3 == 0 { module } else { modules[random.below(modules.len())].clone() };
        changed.add(&module, operation);
    }
    let after = built(&changed.files());
    let touched: BTreeSet<String> =
        api::operations(&after).map(place).filter(|place| !BEFORE.api.contains_key(place)).collect();
    assert!(touched.len() > 150, "{}", touched.len());
    only_touched(&after, &touched);
    let now = api::of(&after);
    assert!(BEFORE.api.keys().all(|name| now.contains_key(name)));
}

/// A name as an id.
fn as_id(name: &str) -> String {
    let mut id = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !id.is_empty() {
            id.push('_');
        }
        id.push(c.to_ascii_lowercase());
    }
    id
}

/// A module and a parameter or field that have an enum.
fn uses_of(name: &str) -> (String, String) {
    for operation in api::operations(&BEFORE.model) {
        for parameter in &operation.parameters {
            if let desk_codegen::model::Type::Enum(id) = &parameter.ty
                && let Some(index) = BEFORE.model.enums.get(*id)
                && BEFORE.model.enums.enums[index].name == name
            {
                return (operation.module.clone(), parameter.wire.clone());
            }
        }
    }
    ("ticket".to_owned(), "status".to_owned())
}

#[test]
fn what_remains_when_operations_go_is_called_as_before_and_what_comes_back_as_well() {
    let mut changed = changed();
    let mut random = Random(5);
    let local = changed.local();
    let mut uses = BEFORE.uses();
    let mut touched = BTreeSet::new();
    let mut all: Vec<_> = api::operations(&BEFORE.model).collect();
    random.shuffle(&mut all);
    for operation in all {
        let id = &operation.operation.id;
        let names = reached(&BEFORE.model, operation);
        // What people wrote about it, or about a type that nothing else has, would be an error.
        let free = !local.contains(id.as_str()) && operation.aliases.is_empty();
        let written = |name: &str| local.contains(&format!("\"{name}\""));
        let told = |name: &String| uses[name] == 1 && (written(name) || written(name.trim_end_matches("Input")));
        let last = !changed.modules.contains_key(&operation.module) || changed.operations(&operation.module).len() == 1;
        if free && !last && !names.iter().any(told) && touched.len() < 120 {
            names.iter().for_each(|name| *uses.get_mut(name).unwrap() -= 1);
            changed.remove(id);
            touched.insert(place(operation));
        }
    }
    assert!(touched.len() > 60, "{}", touched.len());
    let mut files = changed.files();
    // It speaks of fields that only some of them answer with.
    files.remove("spec/local/about.json");
    let after = built(&files);
    only_touched(&after, &touched);
    let mut again = BEFORE.files.clone();
    again.insert(LOCK.to_owned(), after.lock.to_string());
    let back = built(&again);
    nothing_is_lost(&back);
    // What came in between is gone now.
    assert!(back.lock.pruned().to_string() == BEFORE.files[LOCK], "a name was lost or added");
}

#[test]
fn an_id_that_turns_up_again_and_a_second_registration_take_nothing_from_those_that_exist() {
    let mut changed = changed();
    let mut random = Random(23);
    let local = changed.local();
    let mut all = changed.all();
    random.shuffle(&mut all);
    let mut again = 0;
    let mut touched = BTreeSet::new();
    for (_, operation) in all {
        let id = operation["id"].as_str().unwrap().to_owned();
        if local.contains(&id) || again == 40 {
            continue;
        }
        again += 1;
        if again % 2 == 0 {
            // As import does: the first one in the files has the id.
            let mut other = copy_of(&operation, &id);
            other["answers"] = json!({"204": "empty"});
            changed.edit(&id, |one| one["id"] = format!("{id}_2").into());
            changed.add("account", other);
        } else {
            let mut twin = operation.clone();
            twin["id"] = format!("a_{id}").into();
            twin.as_object_mut().unwrap().remove("alias_of");
            changed.add("account", twin);
        }
    }
    let after = built(&changed.files());
    touched.extend(api::operations(&after).map(place).filter(|place| !BEFORE.api.contains_key(place)));
    assert_eq!(touched.len(), 20);
    nothing_is_lost(&after);
}
