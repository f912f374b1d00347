//! What is public in the generated crate: an item a line, sorted.
//!
//! It is read from the model by the functions that the emitters use, so that it has what they write. What every type of
//! a kind has (`undeclared`, `VALUES`, `query` …) belongs to the runtime's macros and is left out: it never changes with
//! the spec.

mod families;
mod item;
mod operations;
mod types;

use std::collections::{BTreeMap, HashMap};
use std::fmt;

pub use self::item::{Item, Kind, Owner};
use crate::model::Model;

/// Whether the macro `records!` lets others write a record as a literal, and take one apart, with all of its fields: if
/// so, a further field breaks their builds. A test reads the macro.
pub const LITERAL_RECORDS: bool = false;

/// Whether the macro `open_enums!` lets others match an enum without a `_`: if so, a further variant breaks their
/// builds. A test reads the macro.
pub const EXHAUSTIVE_ENUMS: bool = false;

/// The public items of the generated crate, with all features.
#[derive(Debug, Default)]
pub struct Surface<'m> {
    items: BTreeMap<String, Item<'m>>,
    /// The present name of each type that had another one before.
    present: HashMap<&'m str, &'m str>,
}

impl<'m> Surface<'m> {
    /// The public items that a model's files have.
    pub fn of(model: &'m Model) -> Self {
        let mut surface = Self::default();
        let mut add = |item: Item<'m>| drop(surface.items.insert(item.path.clone(), item));
        families::items(model).into_iter().for_each(&mut add);
        operations::items(model).into_iter().for_each(&mut add);
        types::items(model).into_iter().for_each(&mut add);
        surface.present = present(model).collect();
        surface
    }

    /// The item with this path.
    pub fn get(&self, path: &str) -> Option<&Item<'m>> {
        self.items.get(path)
    }

    /// A signature in which earlier names of types are replaced with the present ones.
    pub(crate) fn up_to_date(&self, signature: &str) -> String {
        let mut text = String::new();
        let mut rest = signature;
        while let Some(start) = rest.find(|c: char| c.is_ascii_alphabetic()) {
            let (between, word) = rest.split_at(start);
            let end = word.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(word.len());
            let (word, after) = word.split_at(end);
            text.push_str(between);
            text.push_str(self.present.get(word).map_or(word, |name| name));
            rest = after;
        }
        text + rest
    }

    /// All items, by their path.
    pub fn items(&self) -> impl ExactSizeIterator<Item = &Item<'m>> {
        self.items.values()
    }
}

/// The earlier names of types and parameter structs, each with the present one.
fn present(model: &Model) -> impl Iterator<Item = (&str, &str)> {
    let records = model.records.iter().map(|record| (&record.name, &record.was));
    let enums = model.enums.enums.iter().map(|one| (&one.name, &one.was));
    let operations = model.families.iter().flat_map(|family| family.modules.values().flatten());
    let names = operations.flat_map(|one| std::iter::once(&one.names).chain(&one.aliases));
    let structs = names.map(|names| (&names.parameters, &names.structs_before));
    let all = records.chain(enums).chain(structs);
    all.flat_map(|(name, was)| was.iter().map(move |was| (was.as_str(), name.as_str())))
}

impl fmt::Display for Surface<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.items().try_for_each(|item| writeln!(f, "{item}"))
    }
}
