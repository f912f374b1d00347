//! Names stay, whatever else changes in the real spec.

mod api;
mod change;
mod in_place;
mod operations;
mod types;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crate::common;
use api::{Api, place, reached};
use change::{Changed, Random};
use desk_codegen::lock::LOCK;
use desk_codegen::model::{Model, build};
use desk_codegen::{Files, load};
use serde_json::Value;

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
