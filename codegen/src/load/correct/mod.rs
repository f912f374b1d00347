//! Applies the corrections of `spec/local` to the entries they name.

mod add;
mod advice;
mod change;
mod place;

use indexmap::IndexMap;
use serde_json::{Map, Value};

use self::advice::Written;
use super::entries::Entry;
use super::evidence::Fact;
use super::local::Correction;
use crate::diagnostic::{Diagnostics, Location};
use crate::near;

/// The entries that corrections may name.
pub(super) struct Targets<'a> {
    pub(super) operations: &'a mut IndexMap<String, Entry>,
    pub(super) types: &'a mut IndexMap<String, Entry>,
}

/// What is wrong with a correction, where it is wrong, and what to do about it.
struct Wrong {
    at: Vec<String>,
    problem: String,
    help: Help,
}

/// What to do. What that means depends on what else its entry corrects.
enum Help {
    Words(String),
    /// Upstream says the same now, of a key or of what is added.
    Agrees(Option<String>),
    /// Upstream has it no longer, or it has another name, which may be the one that was meant.
    Gone(Option<String>),
    /// Upstream has what is added, and another one.
    Has(Value),
    /// Upstream has something else than what the correction was written for: this.
    Third(Map<String, Value>),
}

impl<T: Into<String>> From<T> for Help {
    fn from(words: T) -> Self {
        Self::Words(words.into())
    }
}

const GONE: &str = "what it corrects may be gone or renamed upstream: remove the correction, or fix its name";

/// Help for a name that does not exist: the one that was probably meant.
fn meant<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> Help {
    Help::Gone(near(name, known).map(str::to_owned))
}

fn wrong(at: &[&str], problem: impl Into<String>, help: impl Into<Help>) -> Wrong {
    Wrong { at: at.iter().map(|step| (*step).to_owned()).collect(), problem: problem.into(), help: help.into() }
}

/// Applies all corrections. Those that match nothing or change nothing are reported.
pub(super) fn apply(corrections: &[(Correction, Location)], targets: &mut Targets<'_>, diagnostics: &mut Diagnostics) {
    // One entry may be true of several things, each of which is a correction.
    for entry in corrections.chunk_by(|(_, one), (_, other)| one == other) {
        let parts = entry.iter().map(|(correction, location)| (correction, one(correction, location, targets)));
        let Some((_, location)) = entry.first() else { continue };
        Written { location, parts: parts.collect() }.report(diagnostics);
    }
}

/// Applies one correction, and returns what is wrong with it.
fn one(correction: &Correction, location: &Location, targets: &mut Targets<'_>) -> Vec<Wrong> {
    let entry = match target(correction, targets) {
        Ok(entry) => entry,
        Err(wrong) => return vec![wrong],
    };
    let mut wrongs = Vec::new();
    let result = match &correction.add {
        Some(new) if correction.change.is_empty() => add::add(correction, new, entry, location),
        Some(_) => Err(wrong(&["add"], "it adds and changes at the same time", "give either `add` or `change`")),
        None => change::change(correction, entry, location, &mut |wrong| wrongs.push(wrong)),
    };
    wrongs.extend(result.err());
    wrongs
}

/// The entry that a correction names.
fn target<'a>(correction: &Correction, targets: &'a mut Targets<'_>) -> Result<&'a mut Entry, Wrong> {
    let Correction { operation, parameter, body, answer, type_name, field, .. } = correction;
    // A field may be one of an answer; otherwise it is one of the body.
    let in_answer = answer.is_some() || field.is_some();
    let parts = usize::from(parameter.is_some()) + usize::from(*body) + usize::from(in_answer);
    match (operation, type_name) {
        (Some(_), None) if parts > 1 => {
            Err(wrong(&[], "it names several parts of an operation", "use one correction for each"))
        }
        (Some(id), None) if !targets.operations.contains_key(id) => {
            let help = meant(id, targets.operations.keys().map(String::as_str));
            Err(wrong(&["operation"], format!("there is no operation {id}"), help))
        }
        (Some(id), None) => targets
            .operations
            .get_mut(id)
            .ok_or_else(|| wrong(&["operation"], format!("there is no operation {id}"), Help::Gone(None))),
        (None, Some(_)) if parameter.is_some() || *body || answer.is_some() => {
            let key = if *body { "body" } else { answer.as_ref().map_or("parameter", |_| "answer") };
            let problem = format!("`{key}` does not belong to what is corrected");
            Err(wrong(&[key], problem, "operations have parameters, a body and answers, types have fields"))
        }
        (None, Some(name)) if !targets.types.contains_key(name) => {
            let help = meant(name, targets.types.keys().map(String::as_str));
            Err(wrong(&["type"], format!("there is no type {name}"), help))
        }
        (None, Some(name)) => targets
            .types
            .get_mut(name)
            .ok_or_else(|| wrong(&["type"], format!("there is no type {name}"), Help::Gone(None))),
        _ => {
            let help = "give `operation` (with `parameter`, `body`, `answer` or `field`) or `type` (with `field`)";
            Err(wrong(&[], "a correction names either an operation or a type", help))
        }
    }
}

/// What a correction changes of an entry.
pub(crate) fn reached<'v>(correction: &Correction, entry: &'v Value) -> Option<&'v Value> {
    let steps = place::steps(correction, entry).ok()?;
    steps.iter().try_fold(entry, |value, step| match value {
        Value::Array(list) => list.get(step.parse::<usize>().ok()?),
        value => value.get(step),
    })
}

fn fact(correction: &Correction, about: String, location: &Location) -> Fact {
    let Correction { why, evidence, strength, .. } = correction;
    Fact { about, evidence: *evidence, strength: *strength, why: why.clone(), location: location.clone() }
}
