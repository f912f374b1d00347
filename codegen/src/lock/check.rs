//! What a lock may not say: two things with one name, names that Rust does not allow, types that have no block.

use std::collections::BTreeMap;

use super::parse::told;
use super::{Block, BlockKind, Item, ItemKind, Lock};
use crate::diagnostic::Diagnostics;
use crate::model::naming::{escaped, is_keyword};

impl Lock {
    pub(super) fn check(&self, diagnostics: &mut Diagnostics) {
        self.types_are_named_once(diagnostics);
        self.methods_are_named_once(diagnostics);
        for kind in BlockKind::ALL {
            for (name, block) in self.blocks(kind) {
                self.mentioned_types_are_there(block, diagnostics);
                items_are_named_once(kind, name, block, diagnostics);
            }
        }
    }

    /// Parameter structs are types as well.
    fn types_are_named_once(&self, diagnostics: &mut Diagnostics) {
        let mut known = Known::new("type", is_type_name, CAMEL);
        let blocks = || BlockKind::TYPES.into_iter().flat_map(|kind| self.blocks(kind));
        let heads =
            blocks().flat_map(|(name, block)| [(name, block.line)].into_iter().chain(earlier(&block.was, block.line)));
        let structs = self.of_operations(ItemKind::Struct);
        heads.chain(structs).for_each(|(name, line)| known.add(name, line, diagnostics));
    }

    fn methods_are_named_once(&self, diagnostics: &mut Diagnostics) {
        let mut known = Known::new("method", is_value_name, SNAKE);
        self.of_operations(ItemKind::Method).for_each(|(name, line)| known.add(name, line, diagnostics));
    }

    /// The names of these items of all operations, with their lines.
    fn of_operations(&self, kind: ItemKind) -> impl Iterator<Item = (&str, usize)> {
        let items = self.blocks(BlockKind::Operation).flat_map(move |(_, block)| block.items(kind));
        items.flat_map(|(_, item)| names(item))
    }

    fn mentioned_types_are_there(&self, block: &Block, diagnostics: &mut Diagnostics) {
        for (_, _, item) in block.all_items() {
            let Some(of) = &item.of else { continue };
            if BlockKind::TYPES.iter().all(|kind| self.block(*kind, of).is_none()) {
                let help = "put its block back, or write the name of a type that has one";
                diagnostics.push(told(item.line, format!("no block is about {of}"), help));
            }
        }
    }
}

const SNAKE: &str = "small letters, digits and `_`, starting with a letter";
const CAMEL: &str = "a capital letter, then letters and digits";

/// The names of an item, present and earlier ones, with its line.
fn names(item: &Item) -> impl Iterator<Item = (&str, usize)> {
    [(item.name.as_str(), item.line)].into_iter().chain(earlier(&item.was, item.line))
}

fn earlier(was: &[String], line: usize) -> impl Iterator<Item = (&str, usize)> {
    was.iter().map(move |was| (was.as_str(), line))
}

/// Path parameters are arguments; everything else is set by name in one place.
fn items_are_named_once(kind: BlockKind, name: &str, block: &Block, diagnostics: &mut Diagnostics) {
    let groups: &[&[ItemKind]] = match kind {
        BlockKind::Enum => &[&[ItemKind::Value]],
        _ => &[&[ItemKind::Path], &[ItemKind::Field, ItemKind::Header, ItemKind::Query]],
    };
    for group in groups {
        let mut known = match kind {
            BlockKind::Enum => Known::new("variant", is_type_name, CAMEL),
            _ => Known::new("name", is_value_name, SNAKE),
        };
        known.within = name.to_owned();
        let items = group.iter().flat_map(|kind| block.items(*kind)).map(|(_, item)| item);
        let own = items.filter(|item| !item.also).flat_map(names);
        own.for_each(|(name, line)| known.add(name, line, diagnostics));
    }
}

/// The names given so far, with their lines.
struct Known {
    what: &'static str,
    within: String,
    legal: fn(&str) -> bool,
    form: &'static str,
    names: BTreeMap<String, usize>,
}

impl Known {
    fn new(what: &'static str, legal: fn(&str) -> bool, form: &'static str) -> Self {
        Self { what, within: String::new(), legal, form, names: BTreeMap::new() }
    }

    fn add(&mut self, name: &str, line: usize, diagnostics: &mut Diagnostics) {
        let of = if self.within.is_empty() { String::new() } else { format!(" of {}", self.within) };
        if !(self.legal)(name) {
            let problem = format!("{name:?} is not a valid {}", self.what);
            diagnostics.push(told(line, problem, self.form));
        }
        if let Some(other) = self.names.insert(name.to_owned(), line) {
            let problem = format!("two items{of} have the {} {name}", self.what);
            let help = format!("the other one is in line {other}; give one of them another name");
            diagnostics.push(told(line, problem, help));
        }
    }
}

/// An underscore keeps two numbers apart, or a word from a keyword.
fn is_type_name(name: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '_';
    name.starts_with(|c: char| c.is_ascii_uppercase()) && name.chars().all(allowed) && !is_keyword(name)
}

fn is_value_name(name: &str) -> bool {
    let bare = name.strip_prefix("r#").unwrap_or(name);
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    // `r#` is for the words that need it.
    let fits = !is_keyword(name) && (bare == name || escaped(bare) == name);
    bare.starts_with(|c: char| c.is_ascii_lowercase()) && bare.chars().all(allowed) && fits
}
