//! Names of operations and families, and what was meant by those that are unknown.

use std::collections::BTreeSet;

use desk_sdk::Operation;

use super::ScopesError;
use super::entry::{entries, entry};
use super::text::line;

/// Names less similar than this are unrelated.
const ALIKE: f64 = 0.6;

/// No name is longer, so longer ones are not compared.
const LONGEST: usize = 100;

/// The operations with these names, which may be separated by commas or spaces, each once. An alias counts as its
/// operation.
///
/// # Errors
///
/// Names all that are unknown, with what was probably meant.
pub fn operations<S: AsRef<str>>(names: &[S]) -> Result<Vec<&'static Operation>, ScopesError> {
    let (mut found, mut unknown): (Vec<&'static Operation>, Vec<String>) = (Vec::new(), Vec::new());
    for name in separate(names) {
        match entry(name) {
            Some(entry) => {
                let id = entry.operation.alias_of.unwrap_or(entry.operation.id);
                let operation = desk_sdk::operation(id).unwrap_or(entry.operation);
                if !found.iter().any(|known| known.id == operation.id) {
                    found.push(operation);
                }
            }
            None => unknown.push(unknown_name("operation", name, desk_sdk::operations().map(|known| known.id))),
        }
    }
    match unknown.is_empty() {
        true => Ok(found),
        false => Err(ScopesError::new(format!("{}. `desk scopes list` has them all", unknown.join("; ")))),
    }
}

/// The families with these names; `all` stands for all of them.
///
/// # Errors
///
/// Names all that are unknown, with what was probably meant.
pub fn families<S: AsRef<str>>(names: &[S]) -> Result<BTreeSet<&'static str>, ScopesError> {
    let known: BTreeSet<&'static str> = entries().iter().map(super::Entry::family).collect();
    let (mut found, mut unknown) = (BTreeSet::new(), Vec::new());
    for name in separate(names) {
        match known.get(name) {
            _ if name == "all" => found.extend(&known),
            Some(family) => drop(found.insert(*family)),
            None => unknown.push(unknown_name("family", name, known.iter().copied())),
        }
    }
    match unknown.is_empty() {
        true => Ok(found),
        false => {
            let all: Vec<&str> = known.into_iter().collect();
            Err(ScopesError::new(format!("{}. There are {} and all", unknown.join("; "), all.join(", "))))
        }
    }
}

fn separate<S: AsRef<str>>(names: &[S]) -> impl Iterator<Item = &str> {
    let names = names.iter().flat_map(|name| name.as_ref().split(|c: char| c == ',' || c.is_whitespace()));
    names.filter(|name| !name.is_empty())
}

fn unknown_name<'k>(what: &str, name: &str, known: impl Iterator<Item = &'k str>) -> String {
    let shown = line(&name.chars().take(LONGEST).collect::<String>());
    match likely(name, known) {
        Some(likely) => format!("there is no {what} `{shown}` (did you mean {likely}?)"),
        None => format!("there is no {what} `{shown}`"),
    }
}

/// The known name that was probably meant.
pub(crate) fn likely<'k>(name: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    if name.chars().nth(LONGEST).is_some() {
        return None;
    }
    let wanted = folded(name);
    let alike = known.map(|known| (strsim::normalized_damerau_levenshtein(&wanted, &folded(known)), known));
    let best = alike.max_by(|(one, _), (other, _)| one.total_cmp(other))?;
    (best.0 >= ALIKE).then_some(best.1)
}

/// A name without what naming conventions differ in.
pub(super) fn folded(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).flat_map(char::to_lowercase).collect()
}
