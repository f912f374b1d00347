//! What `spec/local` adds and upstream has by now as well: no addition any more if both are equal, else a difference
//! that a person has to decide about.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::entries::Entry;
use crate::diagnostic::{Diagnostic, Location};
use crate::spec::{Operation, Schema};

/// How many differences are listed.
const LISTED: usize = 6;

/// How many characters of a value are shown.
const SHOWN: usize = 100;

/// The keys that say nothing about an operation itself.
const NAMES: [&str; 2] = ["upstream_id", "doubtful_scopes"];

/// What is the matter with an entry that another one has the name of.
pub(super) enum Twice {
    /// A note: the addition can go.
    Equal(Diagnostic),
    /// An error: they differ. The first says so, the others say in what.
    Different(Vec<Diagnostic>),
}

/// Compares an addition with the operation that upstream has under its id.
pub(super) fn operation(id: &str, upstream: &Entry, added: &Entry) -> Twice {
    let whole = |entry: &Entry| {
        let mut value = entry.value.clone();
        if let Some(map) = value.as_object_mut() {
            NAMES.iter().for_each(|name| drop(map.remove(*name)));
        }
        // Read and written again, so that what is written in two ways is equal.
        let read = serde_json::from_value::<Operation>(value.clone());
        read.and_then(serde_json::to_value).unwrap_or(value)
    };
    compared(&format!("the operation {id}"), upstream, added, &whole(upstream), &whole(added))
}

/// Compares an addition with the type that upstream has under its name.
pub(super) fn schema(name: &str, upstream: &Entry, added: &Entry) -> Twice {
    let whole = |entry: &Entry| {
        let read = serde_json::from_value::<Schema>(entry.value.clone());
        read.and_then(serde_json::to_value).unwrap_or_else(|_| entry.value.clone())
    };
    compared(&format!("the type {name}"), upstream, added, &whole(upstream), &whole(added))
}

/// Additions whose method and path upstream has by now under another id.
pub(super) fn same_calls<'e>(operations: impl Iterator<Item = (&'e String, &'e Entry, bool)>) -> Vec<Diagnostic> {
    let (upstream, added): (Vec<_>, Vec<_>) = operations.partition(|(_, _, upstream)| *upstream);
    let known: HashMap<_, _> = upstream.iter().filter_map(|(id, entry, _)| Some((call(&entry.value)?, *id))).collect();
    let note = |(id, entry, _): &(&String, &Entry, bool)| {
        let other = known.get(&call(&entry.value)?)?;
        let problem = format!("upstream has what {id} calls now, as {other}");
        let help = format!("remove the entry; a correction of `id` gives {other} the name that it had here");
        Some(Diagnostic::new(entry.location.clone(), problem, help))
    };
    added.iter().filter_map(note).collect()
}

/// Method and path of an operation, without the names of path parameters.
fn call(operation: &Value) -> Option<(String, String)> {
    let (method, path) = (operation.get("method")?.as_str()?, operation.get("path")?.as_str()?);
    let step = |step: &str| if step.starts_with('{') { "{}".to_owned() } else { step.to_owned() };
    Some((method.to_owned(), path.split('/').map(step).collect::<Vec<_>>().join("/")))
}

fn compared(what: &str, upstream: &Entry, added: &Entry, theirs: &Value, ours: &Value) -> Twice {
    let mut differences = Vec::new();
    differ(theirs, ours, &Location::file(""), &mut differences);
    let file = &upstream.location.file;
    if differences.is_empty() {
        let problem = format!("upstream has {what} now, in {file}, and the same");
        return Twice::Equal(Diagnostic::new(added.location.clone(), problem, "remove the entry"));
    }
    let problem = format!("upstream has {what} now, in {file}, and another one");
    let help = "remove the entry; what upstream gets wrong becomes a correction";
    let whole = |problem: String| Diagnostic::new(added.location.clone(), problem, help);
    if let [(place, difference)] = differences.as_slice()
        && place.path.is_empty()
    {
        return Twice::Different(vec![whole(format!("{problem}: {difference}"))]);
    }
    let count = match differences.len() {
        1 => "one difference".to_owned(),
        few @ ..=LISTED => format!("{few} differences"),
        many => format!("{many} differences, of which {LISTED} are told"),
    };
    let mut told = vec![whole(format!("{problem}: {count}"))];
    for (place, difference) in differences.into_iter().take(LISTED) {
        let location = place.path.iter().fold(added.location.clone(), |location, step| location.join(step));
        let problem = format!("`{}` is {difference}", place.path.join("."));
        told.push(Diagnostic::new(
            location,
            problem,
            "whichever is right: upstream's needs nothing, ours a correction",
        ));
    }
    Twice::Different(told)
}

/// The places where two values differ, each with both.
fn differ(theirs: &Value, ours: &Value, place: &Location, found: &mut Vec<(Location, String)>) {
    let inner = |step: &str| place.join(step);
    match (theirs, ours) {
        (Value::Object(theirs), Value::Object(ours)) => {
            for key in keys(theirs, ours) {
                let of = |map: &Map<String, Value>| map.get(key).cloned().unwrap_or_default();
                differ(&of(theirs), &of(ours), &inner(key), found);
            }
        }
        (Value::Array(theirs), Value::Array(ours)) if theirs.len() == ours.len() => {
            for (index, (theirs, ours)) in theirs.iter().zip(ours).enumerate() {
                differ(theirs, ours, &inner(&index.to_string()), found);
            }
        }
        (theirs, ours) if theirs == ours => {}
        (theirs, ours) => {
            found.push((place.clone(), format!("{} upstream and {} here", shown(theirs), shown(ours))));
        }
    }
}

/// A value, or the beginning of a long one.
fn shown(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

fn keys<'m>(theirs: &'m Map<String, Value>, ours: &'m Map<String, Value>) -> impl Iterator<Item = &'m String> {
    theirs.keys().chain(ours.keys().filter(|key| !theirs.contains_key(*key)))
}
