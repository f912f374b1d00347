//! A correction that changes keys: what it replaces has to be what it was written for.

use serde_json::{Map, Value};

use super::place::{inside, steps};
use super::{Help, Wrong, fact, wrong};
use crate::diagnostic::Location;
use crate::load::entries::Entry;
use crate::load::evidence::Evidence;
use crate::load::local::Correction;

/// Changes the keys of the correction's target.
pub(super) fn change(
    correction: &Correction,
    entry: &mut Entry,
    location: &Location,
    report: &mut impl FnMut(Wrong),
) -> Result<(), Wrong> {
    if correction.change.is_empty() {
        return Err(wrong(&["change"], "nothing is changed", "say which keys get which values"));
    }
    for key in correction.was.iter().flat_map(Map::keys).filter(|key| !correction.change.contains_key(*key)) {
        let help = "`was` has what upstream says for the keys of `change`: remove this one";
        report(wrong(&["was"], format!("`{key}` is not changed"), help));
    }
    let steps = steps(correction, &entry.value)?;
    let Some(target) = steps.iter().try_fold(&mut entry.value, |value, step| inside(value, step)) else {
        return Err(wrong(&[], format!("there is no {}", steps.join(".")), Help::Gone(None)));
    };
    if let Value::String(word) = target {
        *target = Value::from(Map::from_iter([("type".to_owned(), Value::from(word.as_str()))]));
    }
    let Value::Object(target) = target else {
        return Err(wrong(&[], "what it names has no keys to change", Help::Gone(None)));
    };
    let paths: Vec<Vec<String>> =
        correction.change.keys().map(|key| steps.iter().chain([key]).cloned().collect()).collect();
    for (path, key) in paths.iter().zip(correction.change.keys()) {
        let overlaps = |changed: &[String]| changed.starts_with(path) || path.starts_with(changed);
        if let Some((_, other)) = entry.corrected.iter().find(|(changed, _)| overlaps(changed)) {
            let help = format!("the other one is {} of {}: make them one", other.path.join("."), other.file);
            report(wrong(&["change", key], format!("another correction changes `{key}` as well"), help));
            return Ok(());
        }
    }
    compare(correction, target, report);
    for (path, (key, new)) in paths.into_iter().zip(&correction.change) {
        if new.is_null() {
            drop(target.remove(key))
        } else {
            drop(target.insert(key.clone(), new.clone()))
        }
        entry.corrected.push((path, location.join("change").join(key)));
        // Scopes that no source names are a guess, and a guess must not block a call.
        if key == "scopes" && correction.evidence == Evidence::Inferred {
            target.insert("doubtful_scopes".to_owned(), Value::Bool(true));
        }
    }
    let whole = correction.parameter.is_none() && correction.field.is_none();
    // A type's key is listed with the type's name: many operations reach the type, and they have their own keys.
    let key = |key: &String| correction.type_name.iter().chain([key]).cloned().collect::<Vec<_>>().join(".");
    let about = correction.change.keys().filter(|_| whole).map(key);
    // What is changed of an answer as a whole is the answer.
    let answers = (whole && correction.answer.is_some()).then(|| "answers".to_owned());
    let about = answers.map_or_else(|| about.collect::<Vec<_>>(), |answers| vec![answers]).into_iter();
    let about: Vec<String> = correction.parameter.iter().chain(&correction.field).cloned().chain(about).collect();
    entry.facts.extend(about.into_iter().map(|about| fact(correction, about, location)));
    Ok(())
}

/// Reports keys for which upstream says neither what the correction says nor what it was written for.
fn compare(correction: &Correction, target: &Map<String, Value>, report: &mut impl FnMut(Wrong)) {
    let now = |key: &str| target.get(key).unwrap_or(&Value::Null);
    let was = |was: &Map<String, Value>, key: &str| was.get(key).cloned().unwrap_or_default();
    let none = [Map::new()];
    let before = if correction.was.is_empty() { &none } else { correction.was.as_slice() };
    let known = before.iter().any(|before| correction.change.keys().all(|key| was(before, key) == *now(key)));
    // What `was` would have to say: all of the changed keys that upstream has.
    let whole = || {
        let present = correction.change.keys().filter_map(|key| Some((key.clone(), target.get(key)?.clone())));
        present.collect()
    };
    for (key, new) in &correction.change {
        let now = now(key);
        if now == new {
            report(wrong(&["change", key], format!("`{key}` already is {new}"), Help::Agrees(Some(key.clone()))));
        } else if !known && before.iter().all(|before| was(before, key) != *now) {
            let said: Vec<String> = before.iter().map(|before| was(before, key).to_string()).collect();
            let problem = match said.iter().all(|said| said == "null") {
                true => format!("`{key}` replaces {now}, and `was` does not say so"),
                false => format!("`{key}` was {} upstream, is {now} there now, and {new} here", said.join(" or ")),
            };
            report(wrong(&["change", key], problem, Help::Third(whole())));
        }
    }
}
