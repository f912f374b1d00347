//! Names stay, whatever else changes in the real spec.

mod api;
mod change;
#[path = "../common/mod.rs"]
mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use api::{Api, place, reached};
use change::{Changed, Random};
use desk_codegen::lock::LOCK;
use desk_codegen::model::{Model, build};
use desk_codegen::{Files, load};
use serde_json::{Value, json};

/// The real spec, before anything changes.
static BEFORE: LazyLock<Before> = LazyLock::new(Before::new);

struct Before {
    files: Files,
    model: Model,
    api: Api,
}

impl Before {
    fn new() -> Self {
        let files = common::real();
        let model = built(&files);
        Self { api: api::of(&model), model, files }
    }

    /// For each type, how many operations reach it.
    fn uses(&self) -> BTreeMap<String, usize> {
        let mut uses = BTreeMap::new();
        for name in api::operations(&self.model).flat_map(|one| reached(&self.model, one)) {
            *uses.entry(name).or_default() += 1;
        }
        uses
    }
}

fn changed() -> Changed {
    Changed::new(BEFORE.files.clone())
}

fn built(files: &Files) -> Model {
    let made = load::load(files).and_then(|loaded| build(&loaded));
    made.unwrap_or_else(|diagnostics| panic!("{}", diagnostics.locate(files)))
}

/// Every name and type that there was is still there, with the same content.
fn nothing_is_lost(after: &Model) {
    let after = api::of(after);
    let changed: Vec<_> = BEFORE.api.iter().filter(|(name, text)| after.get(*name) != Some(*text)).collect();
    let shown: Vec<_> = changed.iter().map(|(name, text)| (name, text, after.get(*name))).take(3).collect();
    assert!(changed.is_empty(), "{} of {} items changed, such as {shown:#?}", changed.len(), BEFORE.api.len());
}

/// What nothing touched is as before: all operations but these, and all types that these do not reach. A name of a type
/// that something else uses is still there, and what stays in it is called as before.
fn only_touched(after: &Model, touched: &BTreeSet<String>) {
    let (mut types, mut used) = (BTreeSet::new(), BTreeSet::new());
    for model in [&BEFORE.model, after] {
        for operation in api::operations(model) {
            let names = reached(model, operation);
            if touched.contains(&place(operation)) { types.extend(names) } else { used.extend(names) }
        }
    }
    let new = api::of(after);
    // What a type consists of belongs to it.
    let mut todo: Vec<String> = types.iter().cloned().collect();
    while let Some(name) = todo.pop() {
        let parts = new.get(&name).into_iter().flat_map(|text| text.split(|c: char| !c.is_ascii_alphanumeric()));
        todo.extend(
            parts.filter(|part| new.contains_key(*part) && types.insert((*part).to_owned())).map(str::to_owned),
        );
    }
    let free = |name: &String| !touched.contains(name) && !types.contains(name);
    let names: BTreeSet<&String> = BEFORE.api.keys().chain(new.keys()).filter(|name| free(name)).collect();
    let changed: Vec<_> = names.into_iter().filter(|name| BEFORE.api.get(*name) != new.get(*name)).collect();
    let shown: Vec<_> = changed.iter().map(|name| (name, BEFORE.api.get(*name), new.get(*name))).take(3).collect();
    assert!(changed.is_empty(), "{} items changed, such as {shown:#?}", changed.len());
    let lost: Vec<_> = BEFORE.api.keys().filter(|name| used.contains(*name) && !new.contains_key(*name)).collect();
    assert!(lost.is_empty(), "lost: {lost:?}");
    meanings_stay(after);
}

/// A field or value that exists before and after has the same name.
fn meanings_stay(after: &Model) {
    let (before, after) = (api::meanings(&BEFORE.model), api::meanings(after));
    for (wire, name) in before {
        assert!(after.get(&wire).is_none_or(|now| *now == name), "{wire:?} was {name} and is {:?}", after.get(&wire));
    }
}

#[test]
fn the_order_of_files_and_operations_names_nothing() {
    let mut changed = changed();
    let mut random = Random(7);
    for module in changed.modules.values_mut() {
        if let Some(list) = module.get_mut("operations").and_then(Value::as_array_mut) {
            random.shuffle(list);
        }
    }
    let mut files = changed.files();
    let after = built(&files);
    nothing_is_lost(&after);
    assert!(after.lock.to_string() == BEFORE.files[LOCK]);

    // Without a lock as well, though the names are others.
    files.remove(LOCK);
    let mut plain = BEFORE.files.clone();
    plain.remove(LOCK);
    let locks = [plain, files].map(|mut files| {
        files.remove("spec/local/names.json");
        ["about", "key_fields", "links"].iter().for_each(|name| drop(files.remove(&format!("spec/local/{name}.json"))));
        built(&files).lock.to_string()
    });
    assert!(locks[0] == locks[1], "the order names something");
}

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
            0 => heck(types[random.below(types.len())]),
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
fn heck(name: &str) -> String {
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

#[test]
fn a_value_keeps_its_name_and_what_it_sends_when_others_are_added() {
    let mut changed = changed();
    let (mut added, mut places) = (0, BTreeSet::new());
    for module in changed.modules.values_mut() {
        more_values(module, &mut added);
    }
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
