//! Reads spec files entry by entry, so that one bad entry does not hide the next.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::Segment;

use super::evidence::Fact;
use super::loaded::Source;
use crate::diagnostic::{Diagnostic, Diagnostics, Location};

/// An entry that has no type yet, with its location.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) location: Location,
    pub(super) value: Value,
    /// Corrections that were applied: the changed key, and where the correction is written.
    pub(super) corrected: Vec<(Vec<String>, Location)>,
    /// What `spec/local` says about it.
    pub(super) facts: Vec<Fact>,
}

/// A file of `spec/upstream` whose entries have no types yet.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawModule {
    pub(super) module: String,
    #[serde(default)]
    pub(super) operations: Vec<Value>,
    #[serde(default)]
    pub(super) types: IndexMap<String, Value>,
}

/// Reads a whole file; errors go to `diagnostics`.
pub(super) fn file<T: DeserializeOwned>(path: &str, text: &str, diagnostics: &mut Diagnostics) -> Option<T> {
    let start = || Location::at(path, 1, 1);
    if text.starts_with('\u{feff}') {
        let help = "save it as UTF-8 without that mark";
        diagnostics.push(Diagnostic::new(start(), "the file starts with a byte order mark", help));
        return None;
    }
    if text.trim().is_empty() {
        diagnostics.push(Diagnostic::new(start(), "the file is empty", "remove it, or write {} for nothing"));
        return None;
    }
    let mut reader = serde_json::Deserializer::from_str(text);
    let result = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let inner = error.inner();
        (Location::at(path, inner.line(), inner.column()), inner.to_string())
    });
    let end = reader.end().map_err(|error| (Location::at(path, error.line(), error.column()), error.to_string()));
    match result.and_then(|value| end.map(|()| value)) {
        Ok(value) => Some(value),
        Err((location, problem)) => {
            diagnostics.push(Diagnostic::new(location, problem, "see spec/README.md for the format of spec files"));
            None
        }
    }
}

/// Reads a file that is one entry; errors go to `diagnostics`.
pub(crate) fn whole<T: DeserializeOwned>(path: &str, text: &str, diagnostics: &mut Diagnostics) -> Option<T> {
    let value = file::<Value>(path, text, diagnostics)?;
    Entry::new(Location::file(path), value).read(diagnostics)
}

impl Entry {
    pub(super) fn new(location: Location, value: Value) -> Self {
        Self { location, value, corrected: Vec::new(), facts: Vec::new() }
    }

    /// The typed entry. After an error, the offending part is removed and the rest is read again, so
    /// that all errors in an entry are found. There is a result only if there are no errors.
    pub(super) fn read<T: DeserializeOwned>(&self, diagnostics: &mut Diagnostics) -> Option<T> {
        let mut value = self.value.clone();
        let mut failed = false;
        let mut gone: BTreeMap<Vec<String>, Part> = BTreeMap::new();
        loop {
            let error = match serde_path_to_error::deserialize::<_, T>(&value) {
                Ok(typed) => return if failed { None } else { Some(typed) },
                Err(error) => error,
            };
            let mut found = steps(error.path());
            // The reader of types sees an unknown key only if it is in the surrounding record.
            if let Some(key) = unknown_key(&error.inner().to_string()).filter(|key| found.last() != Some(key)) {
                found.push(key);
            }
            let path = written(&found, &gone);
            let problem = error.inner().to_string();
            let taken_out = take_out(&mut value, &found);
            // Errors that only follow from removing a required part are not reported again.
            let lacking = ["missing field", "a single key", "needs `of`"].iter().any(|part| problem.contains(part));
            if !(lacking && gone.keys().any(|gone| gone.len() > path.len() && gone.starts_with(&path))) {
                diagnostics.push(Diagnostic::new(
                    self.location_of(&path),
                    problem,
                    "see spec/README.md for the keys and their values",
                ));
            }
            failed = true;
            let (depth, part) = taken_out?;
            gone.insert(path[..depth].to_vec(), part);
        }
    }

    /// Where it comes from.
    pub(super) fn source(&self) -> Source {
        Source { location: self.location.clone(), facts: self.facts.clone() }
    }

    /// Reports the missing keys of the entry, and fills them in so that the rest can be read.
    pub(super) fn complete(&mut self, needed: &[(&str, Value)], diagnostics: &mut Diagnostics) -> bool {
        let location = self.location.clone();
        let Value::Object(map) = &mut self.value else { return true };
        let lacking: Vec<_> = needed.iter().filter(|(key, _)| !map.contains_key(*key)).collect();
        for (key, usual) in &lacking {
            let help = format!("such as \"{key}\": {usual}");
            diagnostics.push(Diagnostic::new(location.clone(), format!("missing field `{key}`"), help));
            map.insert((*key).to_owned(), usual.clone());
        }
        lacking.is_empty()
    }

    /// Where a part of the entry was written: in the entry itself or in a correction.
    pub(super) fn location_of(&self, path: &[String]) -> Location {
        let correction = self.corrected.iter().rev().find(|(changed, _)| path.starts_with(changed));
        match correction {
            Some((_, location)) => location.clone(),
            None => path.iter().fold(self.location.clone(), |location, step| location.join(step)),
        }
    }
}

/// The key that an error reports as unknown.
fn unknown_key(problem: &str) -> Option<String> {
    let rest = problem.strip_prefix("unknown field `")?;
    rest.split_once('`').map(|(key, _)| key.to_owned())
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

/// What was removed from an entry.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Element,
    Key,
}

/// A path as it was before list elements were removed.
fn written(path: &[String], gone: &BTreeMap<Vec<String>, Part>) -> Vec<String> {
    let mut whole: Vec<String> = Vec::new();
    for step in path {
        let siblings = gone.iter().filter(|(gone, part)| {
            **part == Part::Element && gone.len() == whole.len() + 1 && gone.starts_with(&whole)
        });
        let mut taken: Vec<usize> = siblings.filter_map(|(gone, _)| gone.last()?.parse().ok()).collect();
        taken.sort_unstable();
        let index = step.parse::<usize>().ok().filter(|_| !taken.is_empty());
        let moved = index.map(|index| taken.iter().fold(index, |at, gone| at + usize::from(*gone <= at)));
        whole.push(moved.map_or_else(|| step.clone(), |index| index.to_string()));
    }
    whole
}

/// Removes the value at a path, or the deepest part of the path that exists. Returns the number of
/// steps to what was removed.
fn take_out(value: &mut Value, path: &[String]) -> Option<(usize, Part)> {
    let (first, rest) = path.split_first()?;
    match value {
        Value::Object(map) => match map.get_mut(first).and_then(|inner| take_out(inner, rest)) {
            Some((depth, part)) => Some((depth + 1, part)),
            None => map.remove(first).map(|_| (1, Part::Key)),
        },
        Value::Array(list) => {
            let index = first.parse::<usize>().ok().filter(|index| *index < list.len())?;
            match take_out(&mut list[index], rest) {
                Some((depth, part)) => Some((depth + 1, part)),
                None => {
                    list.remove(index);
                    Some((1, Part::Element))
                }
            }
        }
        _ => None,
    }
}
