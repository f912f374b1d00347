//! What shells offer for the values of options when a person presses the tabulator.

use std::collections::BTreeSet;
use std::ffi::OsStr;

use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};
use desk_sdk::auth::DataCentre;

use crate::profile::{ConfigFolder, Profiles};
use crate::scopes::entries;

/// One of these values.
pub fn one_of(values: Vec<String>) -> ArgValueCompleter {
    ArgValueCompleter::new(move |written: &OsStr| begun(written, "", &values))
}

/// Some of these values, with commas between them.
pub fn some_of(values: Vec<String>) -> ArgValueCompleter {
    ArgValueCompleter::new(move |written: &OsStr| several(written, &values))
}

/// The name of a profile.
pub fn profiles() -> ArgValueCompleter {
    ArgValueCompleter::new(|written: &OsStr| begun(written, "", &profile_names()))
}

/// The code of a data centre.
pub fn data_centres() -> ArgValueCompleter {
    one_of(DataCentre::all().map(|centre| centre.code().to_owned()).collect())
}

/// Names of families.
pub fn families() -> ArgValueCompleter {
    ArgValueCompleter::new(|written: &OsStr| several(written, &family_names().collect::<Vec<_>>()))
}

/// Names of operations and families.
pub fn operations_and_families() -> ArgValueCompleter {
    let names = || family_names().chain(operation_names()).collect::<Vec<_>>();
    ArgValueCompleter::new(move |written: &OsStr| several(written, &names()))
}

/// Names of operations.
pub fn operations() -> ArgValueCompleter {
    ArgValueCompleter::new(|written: &OsStr| several(written, &operation_names().collect::<Vec<_>>()))
}

/// None if they cannot be read: a shell that asks is no place for complaints.
fn profile_names() -> Vec<String> {
    let profiles = ConfigFolder::find().and_then(|folder| Profiles::read(&folder));
    profiles.map(|profiles| profiles.iter().map(|(name, _)| name.to_string()).collect()).unwrap_or_default()
}

fn family_names() -> impl Iterator<Item = String> {
    let names: BTreeSet<&str> = entries().iter().map(|entry| entry.family()).collect();
    names.into_iter().map(str::to_owned)
}

fn operation_names() -> impl Iterator<Item = String> {
    desk_sdk::operations().filter(|operation| operation.alias_of.is_none()).map(|operation| operation.id.to_owned())
}

/// The values that begin as what is written behind the last comma, but for those before it.
fn several(written: &OsStr, values: &[String]) -> Vec<CompletionCandidate> {
    let text = written.to_string_lossy();
    let before = text.rfind(',').map_or("", |comma| &text[..=comma]);
    let taken: Vec<&str> = before.split(',').collect();
    let free: Vec<String> = values.iter().filter(|value| !taken.contains(&value.as_str())).cloned().collect();
    begun(written, before, &free)
}

fn begun(written: &OsStr, before: &str, values: &[String]) -> Vec<CompletionCandidate> {
    let text = written.to_string_lossy();
    let begun = values.iter().filter(|value| text.strip_prefix(before).is_some_and(|start| value.starts_with(start)));
    begun.map(|value| CompletionCandidate::new(format!("{before}{value}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_behind_a_comma_are_those_that_are_not_there_yet() {
        let values = ["contacts", "products", "team"].map(str::to_owned);
        let offered = |written: &str| -> Vec<String> {
            let found = several(OsStr::new(written), &values);
            found.iter().map(|one| one.get_value().to_string_lossy().into_owned()).collect()
        };
        assert_eq!(offered(""), ["contacts", "products", "team"]);
        assert_eq!(offered("pro"), ["products"]);
        assert_eq!(offered("team,"), ["team,contacts", "team,products"]);
        assert_eq!(offered("team,c"), ["team,contacts"]);
        assert!(offered("x").is_empty() && offered("contacts,products,team,").is_empty());
    }
}
