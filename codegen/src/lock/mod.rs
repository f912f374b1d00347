//! `spec/names.lock`: which public Rust name each place of the spec has, so that names stay.
//!
//! It is written like the API that it describes, in blocks: operations with what they take and answer, records with
//! their fields, enums with their values. A type is known by the lines that mention it, so a block needs no list of
//! its places: whatever moves, the lines that stay still say what it is called.

mod check;
mod ids;
mod kinds;
mod local;
mod parse;
mod print;
mod rename;
mod take;
mod update;
mod words;

use std::collections::{BTreeMap, HashMap};

use crate::Files;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::Role;
use crate::spec::Operation;

pub(crate) use self::ids::Ids;
pub use self::kinds::{BlockKind, ItemKind};
pub use self::rename::{Named, Renamed};

/// Where the lock is.
pub const LOCK: &str = "spec/names.lock";

/// The names of everything public, present or gone.
#[derive(Clone, Debug, Default)]
pub struct Lock {
    blocks: BTreeMap<BlockKind, BTreeMap<String, Block>>,
    /// The ids that were ever added for a place of operations.
    at: HashMap<String, Vec<String>>,
}

impl PartialEq for Lock {
    fn eq(&self, other: &Self) -> bool {
        self.blocks == other.blocks
    }
}

/// Something public, with what it consists of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Block {
    /// Where it is: the method and route of an operation, the module of a type, the family of a module.
    pub at: String,
    /// Whether another registration of the same operation stands for it.
    pub twin: bool,
    /// Names that it had before.
    pub was: Vec<String>,
    /// Whether the spec has it no longer.
    pub gone: bool,
    items: BTreeMap<ItemKind, BTreeMap<String, Item>>,
    /// Its line in the file, from 1; 0 if it is in none.
    line: usize,
}

/// One item: a place of the spec, with the name that it has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// Its Rust name.
    pub name: String,
    /// The Rust name of the record or enum that it holds, at any depth.
    pub of: Option<String>,
    /// Whether the value is only another spelling of its variant.
    pub also: bool,
    /// Names that it had before.
    pub was: Vec<String>,
    /// Whether the spec has it no longer.
    pub gone: bool,
    /// Its line in the file, from 1; 0 if it is in none.
    line: usize,
}

impl Block {
    /// An item, by what it is on the wire; that of items which every block has only one of is empty.
    pub fn item(&self, kind: ItemKind, wire: &str) -> Option<&Item> {
        self.items.get(&kind)?.get(wire)
    }

    /// The items of a kind, by what they are on the wire.
    pub fn items(&self, kind: ItemKind) -> impl Iterator<Item = (&str, &Item)> {
        self.items.get(&kind).into_iter().flatten().map(|(wire, item)| (wire.as_str(), item))
    }

    fn all_items(&self) -> impl Iterator<Item = (ItemKind, &str, &Item)> {
        self.items.iter().flat_map(|(kind, items)| items.iter().map(|(wire, item)| (*kind, wire.as_str(), item)))
    }

    fn add(&mut self, kind: ItemKind, wire: &str, item: Item) {
        self.items.entry(kind).or_default().insert(wire.to_owned(), item);
    }
}

impl Item {
    /// What is wrong with it, at its line.
    pub(crate) fn told(&self, problem: impl Into<String>, help: impl Into<String>) -> Diagnostic {
        parse::told(self.line, problem, help)
    }
}

impl Block {
    /// What is wrong with it, at its line.
    pub(crate) fn told(&self, problem: impl Into<String>, help: impl Into<String>) -> Diagnostic {
        parse::told(self.line, problem, help)
    }
}

impl Lock {
    /// The lock among the files of a spec; an empty one if there is none yet. What is wrong with it goes to
    /// `diagnostics`.
    pub(crate) fn read(files: &Files, diagnostics: &mut Diagnostics) -> Self {
        match files.get(LOCK).map(|text| Self::parse(text)).transpose() {
            Ok(lock) => lock.unwrap_or_default(),
            Err(mistakes) => {
                mistakes.iter().for_each(|mistake| diagnostics.push(mistake.clone()));
                Self::default()
            }
        }
    }

    /// Whether it locks nothing.
    pub fn is_empty(&self) -> bool {
        self.blocks.values().all(BTreeMap::is_empty)
    }

    /// A block by its name.
    pub fn block(&self, kind: BlockKind, name: &str) -> Option<&Block> {
        self.blocks.get(&kind)?.get(name)
    }

    /// The blocks of a kind, by name.
    pub fn blocks(&self, kind: BlockKind) -> impl Iterator<Item = (&str, &Block)> {
        self.blocks.get(&kind).into_iter().flatten().map(|(name, block)| (name.as_str(), block))
    }

    /// The names of all types, present or gone, with the names that they had before.
    pub fn type_names(&self) -> impl Iterator<Item = &str> {
        let blocks = BlockKind::TYPES.into_iter().flat_map(|kind| self.blocks(kind));
        blocks.flat_map(|(name, block)| std::iter::once(name).chain(block.was.iter().map(String::as_str)))
    }

    /// The names of all parameter structs, present or gone, with the names that they had before.
    pub fn struct_names(&self) -> impl Iterator<Item = &str> {
        let items = self.blocks(BlockKind::Operation).flat_map(|(_, block)| block.items(ItemKind::Struct));
        items.flat_map(|(_, item)| std::iter::once(&item.name).chain(&item.was)).map(String::as_str)
    }

    /// Whether a type has this name, or had it before it was gone.
    pub fn has_type(&self, name: &str) -> bool {
        BlockKind::TYPES.iter().any(|kind| self.block(*kind, name).is_some())
    }

    /// Whether the spec has nothing of this name any more.
    pub fn is_gone(&self, name: &str) -> bool {
        BlockKind::TYPES.iter().any(|kind| self.block(*kind, name).is_some_and(|block| block.gone))
    }

    /// An item of an operation, whichever of its registrations has it.
    pub fn of_operation(&self, operation: &Operation, kind: ItemKind, wire: &str) -> Option<&Item> {
        let own = self.block(BlockKind::Operation, &operation.id)?;
        own.item(kind, wire).or_else(|| {
            let twins = self.at.get(&own.at)?.iter().filter_map(|id| self.block(BlockKind::Operation, id));
            twins.filter(|twin| twin.at == own.at).find_map(|twin| twin.item(kind, wire))
        })
    }

    /// The method of an operation, by its id.
    pub(crate) fn method_of(&self, id: &str) -> Option<&str> {
        let method = self.block(BlockKind::Operation, id)?.item(ItemKind::Method, "")?;
        Some(&method.name)
    }

    /// The module that an operation belongs to, by its id.
    pub fn module_of(&self, id: &str) -> Option<&String> {
        let module = self.block(BlockKind::Operation, id)?.item(ItemKind::Module, "")?;
        Some(&module.name)
    }

    /// The records, sent or received, that stand for types of the spec, by the names of those.
    pub fn records_of_types(&self, role: Role) -> BTreeMap<&str, &str> {
        let lines = self.blocks(role.into()).flat_map(|(name, block)| {
            block.items(ItemKind::Type).map(move |(type_name, item)| (item.gone || block.gone, type_name, name))
        });
        let mut lines: Vec<_> = lines.collect();
        // What is there counts for more than what was.
        lines.sort_unstable_by_key(|(gone, type_name, name)| (!*gone, *type_name, std::cmp::Reverse(*name)));
        lines.into_iter().map(|(_, type_name, name)| (type_name, name)).collect()
    }

    fn add(&mut self, kind: BlockKind, name: &str, block: Block) {
        if kind == BlockKind::Operation {
            let ids = self.at.entry(block.at.clone()).or_default();
            // In their order, on which it depends which of several has a word.
            if let Err(place) = ids.binary_search_by(|id| id.as_str().cmp(name)) {
                ids.insert(place, name.to_owned());
            }
        }
        self.blocks.entry(kind).or_default().insert(name.to_owned(), block);
    }
}

/// The place of an operation: its method and its path, names of path parameters aside.
pub(crate) fn place(operation: &Operation) -> String {
    format!("{} {}", operation.method, operation.route())
}

/// What is wrong if a person chose another name than the one that the lock has.
pub(crate) fn disagree(locked: &str, chosen: &str) -> String {
    format!("the name here is {chosen}, but in {LOCK} it is {locked}")
}
