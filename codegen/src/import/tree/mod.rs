//! The text of a file → a tree that knows the line of each value, keeps the order of keys, and tells repeated ones.

mod json;
mod node;
mod yaml;

pub(super) use self::node::{Entry, Node, Position, Scalar};

use std::collections::HashSet;

use crate::diagnostic::{Diagnostic, Location};

/// A file as a tree.
#[derive(Debug)]
pub(super) struct Tree<'t> {
    pub(super) root: Node<'t>,
    /// Keys that stand twice in one object: the key, and both places.
    pub(super) repeated: Vec<Repeated>,
}

/// A key that stands twice in one object.
#[derive(Clone, Debug)]
pub(super) struct Repeated {
    pub(super) key: String,
    pub(super) first: Position,
    pub(super) second: Position,
}

/// How deep values may be nested.
const DEPTH: usize = 512;

impl<'t> Tree<'t> {
    /// Reads a file. Its ending says whether it is JSON or YAML.
    pub(super) fn read(file: &str, text: &'t str) -> Result<Self, Diagnostic> {
        let text = text.trim_start_matches('\u{feff}');
        let (format, read) =
            if file.ends_with(".json") { ("JSON", json::read(text)) } else { ("YAML", yaml::read(text)) };
        read.map_err(|(problem, (line, column))| {
            let help =
                format!("the file is read as {format}, since its name says so: correct it, or its name's ending");
            Diagnostic::new(Location::at(file, line as usize, column as usize), problem, help)
        })
    }
}

/// Collects the keys that a file repeats.
fn repeated(entries: &[Entry<'_>], found: &mut Vec<Repeated>) {
    let mut seen = HashSet::with_capacity(entries.len());
    for entry in entries {
        if !seen.insert(&entry.key) {
            let first = entries.iter().find(|known| known.key == entry.key).map_or(entry.at, |known| known.at);
            found.push(Repeated { key: entry.key.to_string(), first, second: entry.at });
        }
    }
}
