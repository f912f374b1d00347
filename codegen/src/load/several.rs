//! Entries of `spec/local` that are true of several things: one entry for each of them.

use indexmap::IndexSet;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::entries::Entry;
use crate::diagnostic::{Diagnostic, Diagnostics, Location};

/// Reads the entries of a list; errors go to `diagnostics`.
pub(super) fn typed<T: DeserializeOwned>(
    path: &str,
    list: &str,
    values: Vec<Value>,
    to: &mut Vec<(T, Location)>,
    diagnostics: &mut Diagnostics,
) {
    for (index, value) in values.into_iter().enumerate() {
        let location = Location::key(path, &[list, &index.to_string()]);
        // Serde takes a list for the values of an entry's keys, in their order.
        if value.is_array() {
            let problem = "invalid type: a list instead of an object";
            diagnostics.push(Diagnostic::new(location, problem, "an entry has keys: see spec/README.md"));
            continue;
        }
        for (key, name) in named_twice(&value) {
            let help = "name each once: remove one of them";
            diagnostics.push(Diagnostic::new(location.join(key), format!("{name} is named twice"), help));
        }
        for value in each(value) {
            let entry = Entry::new(location.clone(), value);
            to.extend(entry.read(diagnostics).map(|read| (read, entry.location)));
        }
    }
}

/// Keys that may hold several names in one entry, if the entry is true of all of them.
const SEVERAL: [&str; 6] = ["operation", "type", "parameter", "field", "record", "word"];

/// The first repeated name in each list. Each name may appear only once.
fn named_twice(value: &Value) -> Vec<(&'static str, String)> {
    let twice = |key: &'static str| {
        let names = value.get(key)?.as_array()?;
        let found = names.iter().enumerate().find(|(index, name)| names[..*index].contains(name));
        Some((key, found?.1.as_str()?.to_owned()))
    };
    SEVERAL.into_iter().filter_map(twice).collect()
}

/// One entry for each thing that the original names.
fn each(value: Value) -> Vec<Value> {
    let named =
        |key: &&str| value.get(key).is_some_and(|names| names.as_array().is_some_and(|names| !names.is_empty()));
    let Some(key) = SEVERAL.into_iter().find(named) else { return vec![value] };
    let names: IndexSet<Value> = value[key].as_array().into_iter().flatten().cloned().collect();
    let one = |name: Value| {
        let mut one = value.clone();
        one[key] = name;
        each(one)
    };
    names.into_iter().flat_map(one).collect()
}
