//! Reads spec files entry by entry, so that one bad entry does not hide the next.

use indexmap::IndexMap;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::Segment;

use crate::diagnostic::{Diagnostic, Diagnostics, Place};

/// An entry that is not typed yet, with its place.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) place: Place,
    pub(super) value: Value,
    /// Corrections that were applied: the key that was changed, and where the correction stands.
    pub(super) corrected: Vec<(Vec<String>, Place)>,
}

/// A file of `spec/upstream` whose entries are not typed yet.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawModule {
    pub(super) module: String,
    #[serde(default)]
    pub(super) operations: Vec<Value>,
    #[serde(default)]
    pub(super) types: IndexMap<String, Value>,
}

/// Reads a whole file; what is wrong goes to `diagnostics`.
pub(super) fn file<T: DeserializeOwned>(path: &str, text: &str, diagnostics: &mut Diagnostics) -> Option<T> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let result = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let inner = error.inner();
        (Place::at(path, inner.line(), inner.column()), inner.to_string())
    });
    let end = reader.end().map_err(|error| (Place::at(path, error.line(), error.column()), error.to_string()));
    match result.and_then(|value| end.map(|()| value)) {
        Ok(value) => Some(value),
        Err((place, problem)) => {
            diagnostics.push(Diagnostic::new(place, problem, "see spec/README.md for what a spec file holds"));
            None
        }
    }
}

impl Entry {
    pub(super) fn new(place: Place, value: Value) -> Self {
        Self { place, value, corrected: Vec::new() }
    }

    /// The typed entry. After an error the offending part is taken out and the rest is read
    /// again, so that all errors of an entry are found; only without any is there a result.
    pub(super) fn read<T: DeserializeOwned>(&self, diagnostics: &mut Diagnostics) -> Option<T> {
        let mut value = self.value.clone();
        let mut failed = false;
        loop {
            let error = match serde_path_to_error::deserialize::<_, T>(&value) {
                Ok(typed) => return if failed { None } else { Some(typed) },
                Err(error) => error,
            };
            let path = steps(error.path());
            let problem = error.inner().to_string();
            let taken_out = take_out(&mut value, &path);
            // What follows from taking a needed part out is no news.
            if !(failed && problem.starts_with("missing field")) {
                diagnostics.push(Diagnostic::new(
                    self.place_of(&path),
                    problem,
                    "see spec/README.md for the keys and their values",
                ));
            }
            failed = true;
            if !taken_out {
                return None;
            }
        }
    }

    /// Where a part of the entry was written: in the entry itself or in a correction.
    pub(super) fn place_of(&self, path: &[String]) -> Place {
        let correction = self.corrected.iter().rev().find(|(changed, _)| path.starts_with(changed));
        match correction {
            Some((_, place)) => place.clone(),
            None => path.iter().fold(self.place.clone(), |place, step| place.join(step)),
        }
    }
}

fn steps(path: &serde_path_to_error::Path) -> Vec<String> {
    let step = |segment: &Segment| match segment {
        Segment::Seq { index } => Some(index.to_string()),
        Segment::Map { key } => Some(key.clone()),
        Segment::Enum { variant } => Some(variant.clone()),
        Segment::Unknown => None,
    };
    path.iter().filter_map(step).collect()
}

/// Removes the value at a path, or the deepest part of the path that exists.
fn take_out(value: &mut Value, path: &[String]) -> bool {
    let Some((first, rest)) = path.split_first() else { return false };
    match value {
        Value::Object(map) => {
            if map.get_mut(first).is_some_and(|inner| take_out(inner, rest)) {
                return true;
            }
            map.remove(first).is_some()
        }
        Value::Array(list) => {
            let Some(index) = first.parse::<usize>().ok().filter(|index| *index < list.len()) else { return false };
            if !take_out(&mut list[index], rest) {
                list.remove(index);
            }
            true
        }
        _ => false,
    }
}
