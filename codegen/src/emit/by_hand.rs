//! Names that somebody changed in the lock by hand: what was generated last has them, and the lock has them no longer.
//!
//! An honest lock loses no name. What is renamed stays after `was`, or was generated anew in the same act; what the spec
//! has no longer is `gone`. So a name in the generated files that is nowhere in its place in the lock was taken out.

use std::collections::{BTreeMap, BTreeSet};

use super::{CALLED, GENERATED, INDEX};
use crate::Files;
use crate::diagnostic::{Diagnostic, Diagnostics, Location};
use crate::lock::{Block, BlockKind, Item, ItemKind, LOCK, Lock};

/// A block of the lock, and an item in it.
type Place<'p> = ((BlockKind, &'p str), (ItemKind, &'p str));

/// The lock as somebody left it, beside the one that it has become.
struct Hand<'l> {
    lock: &'l Lock,
    written: Lock,
    types: BTreeMap<&'l str, (BlockKind, &'l str)>,
    /// Parameter structs that were told.
    structs: BTreeSet<String>,
    diagnostics: Diagnostics,
}

/// What was renamed or removed by hand since these files were generated, given the lock that belongs to the spec now.
/// `files` has the lock's text as well, as somebody left it.
pub fn changed_by_hand(lock: &Lock, files: &Files) -> Diagnostics {
    let written = files.get(LOCK).and_then(|text| Lock::parse(text).ok()).unwrap_or_default();
    // Without a lock, everything is named anew.
    if written.is_empty() {
        return Diagnostics::default();
    }
    let mut hand =
        Hand { lock, written, types: owners(lock), structs: BTreeSet::new(), diagnostics: Diagnostics::default() };
    files.get(CALLED).into_iter().flat_map(|text| text.lines().skip(1)).for_each(|line| hand.operation(line));
    files.get(INDEX).into_iter().flat_map(|text| text.lines().skip(1)).for_each(|line| hand.module(line));
    let folder = format!("{GENERATED}/");
    // What is in a folder belongs to a family or to the types; the rest has no names of the lock.
    let inside = |path: &str| path.strip_prefix(&folder).is_some_and(|path| path.contains('/'));
    files.iter().filter(|(path, _)| inside(path)).for_each(|(_, text)| hand.source(text));
    hand.diagnostics.sorted()
}

/// The blocks of types and parameter structs, by all names that they have and had.
fn owners(lock: &Lock) -> BTreeMap<&str, (BlockKind, &str)> {
    let types = BlockKind::TYPES.into_iter().flat_map(|kind| lock.blocks(kind).map(move |one| (kind, one)));
    let types = types.flat_map(|(kind, (name, block))| all(name, &block.was).map(move |known| (known, (kind, name))));
    let structs = lock.blocks(BlockKind::Operation).flat_map(|(id, block)| {
        let names = block.items(ItemKind::Struct).flat_map(|(_, item)| all(&item.name, &item.was));
        names.map(move |known| (known, (BlockKind::Operation, id)))
    });
    types.chain(structs).collect()
}

fn all<'n>(name: &'n str, was: &'n [String]) -> impl Iterator<Item = &'n str> {
    std::iter::once(name).chain(was.iter().map(String::as_str))
}

impl Hand<'_> {
    /// A line of the table of methods: id, methods, parameter structs.
    fn operation(&mut self, line: &str) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [id, methods, structs] = columns[..] else { return };
        let Some(block) = self.lock.block(BlockKind::Operation, id) else {
            let help = format!(
                "put `operation {id}` back: an operation keeps its id, and `cargo xtask rename` its method's name"
            );
            return self.told(None, format!("{id} was generated, and no operation has that id any more"), help);
        };
        for (kind, names) in [(ItemKind::Method, methods), (ItemKind::Struct, structs)] {
            let Some(item) = block.item(kind, "") else { continue };
            for name in names.split(' ') {
                self.name((BlockKind::Operation, id), (kind, ""), item, name);
            }
        }
    }

    /// A line of the index, of which the module matters.
    fn module(&mut self, line: &str) {
        let columns: Vec<&str> = line.split('\t').collect();
        let (Some(id), Some(before)) = (columns.first(), columns.get(7)) else { return };
        let item = self.lock.block(BlockKind::Operation, id).and_then(|block| block.item(ItemKind::Module, ""));
        // An operation leaves a module that no family has any more.
        let stays = self.lock.block(BlockKind::Module, before).is_some_and(|module| !module.gone);
        let Some(item) = item.filter(|item| item.name != *before && stays) else { return };
        let problem = format!("{id} was in the module {before}, and is in {} here", item.name);
        let help = format!("write `module {before}`: an operation stays in its module as long as a family has that");
        self.told(Some(((BlockKind::Operation, id), (ItemKind::Module, ""))), problem, help);
    }

    /// The types and their items in a file of Rust.
    fn source(&mut self, text: &str) {
        let mut owner = None;
        for line in text.lines() {
            let depth = line.len() - line.trim_start().len();
            let line = line.trim_start();
            if depth == 4 {
                owner = head(line);
                if let Some(name) = owner.filter(|name| !self.types.contains_key(name) && !self.structs.contains(*name))
                {
                    let help = format!("put its block back; a type is renamed by `cargo xtask rename {name} …`");
                    self.told(None, format!("{name} was generated, and no line has that type any more"), help);
                }
            } else if depth == 8
                && let Some(owner) = owner
                && let Some((name, wire)) = item(line)
            {
                self.item(owner, name, &wire);
            }
        }
    }

    fn item(&mut self, owner: &str, name: &str, wire: &str) {
        const NAMED: [ItemKind; 4] = [ItemKind::Field, ItemKind::Header, ItemKind::Query, ItemKind::Value];
        let Some((kind, block_name)) = self.types.get(owner).copied() else { return };
        let Some(block) = self.lock.block(kind, block_name) else { return };
        let found = NAMED.into_iter().filter_map(|kind| Some((kind, item_of(block, kind, wire)?)));
        let found: Vec<_> = found.collect();
        // A parameter and a field of the body may be the same on the wire.
        if let [(item_kind, item), ..] = found[..]
            && !found.iter().any(|(_, item)| has(item, name))
        {
            self.name((kind, block_name), (item_kind, wire), item, name);
        }
    }

    /// Whether an item still has a name, or had it.
    fn name(&mut self, block: (BlockKind, &str), item: (ItemKind, &str), now: &Item, name: &str) {
        if has(now, name) {
            return;
        }
        if item.0 == ItemKind::Struct {
            self.structs.insert(name.to_owned());
        }
        let (name, now) = (bare(name), bare(&now.name));
        let owner = match block.0 {
            BlockKind::Operation if matches!(item.0, ItemKind::Method | ItemKind::Struct) => String::new(),
            BlockKind::Operation => {
                let of = self.lock.block(block.0, block.1).and_then(|block| block.item(ItemKind::Struct, ""));
                format!("{}.", of.map_or(block.1, |item| item.name.as_str()))
            }
            BlockKind::Enum => format!("{}::", block.1),
            _ => format!("{}.", block.1),
        };
        let problem = format!("{owner}{name} was generated, and is {now} here, without an alias");
        let help = format!(
            "put {name} back and run `cargo xtask rename {owner}{name} {now}`, which keeps the old name as a deprecated \
             alias; or write `was {name}` at the end of the line"
        );
        self.told(Some((block, item)), problem, help);
    }

    /// Tells it at the line of an item, if somebody left that there.
    fn told(&mut self, place: Option<Place<'_>>, problem: String, help: String) {
        let item = place.and_then(|(block, item)| self.written.block(block.0, block.1)?.item(item.0, item.1));
        self.diagnostics.push(match item {
            Some(item) => item.told(problem, help),
            None => Diagnostic::new(Location::file(LOCK), problem, help),
        });
    }
}

/// Whether an item has a name, or had it.
fn has(item: &Item, name: &str) -> bool {
    all(&item.name, &item.was).any(|known| bare(known) == bare(name))
}

fn bare(name: &str) -> &str {
    name.trim_start_matches("r#")
}

fn item_of<'b>(block: &'b Block, kind: ItemKind, wire: &str) -> Option<&'b Item> {
    block.item(kind, wire).filter(|item| !item.also)
}

/// The name in the first line of a type or a parameter struct: `pub struct Ticket {`, `GetTicket(…) -> Ticket = … {`.
fn head(line: &str) -> Option<&str> {
    if !line.ends_with('{') {
        return None;
    }
    let line = ["pub struct ", "pub enum "].iter().find_map(|start| line.strip_prefix(start)).unwrap_or(line);
    let (name, _) = line.split_once(|c: char| !c.is_ascii_alphanumeric() && c != '_')?;
    name.starts_with(|c: char| c.is_ascii_uppercase()).then_some(name)
}

/// The Rust name of a field, setter or variant, and what it is on the wire: `due_date: Option<Date> = "dueDate", …`,
/// `limit(Optional<Integer>) = parameter "limit";`, `Open = "OPEN",`.
fn item(line: &str) -> Option<(&str, String)> {
    let end = line.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '#')?;
    let (name, rest) = line.split_at(end);
    let rest = rest.split_once(" = ")?.1;
    let quoted = rest.strip_prefix("parameter ").or_else(|| rest.strip_prefix("field ")).unwrap_or(rest);
    let mut texts = serde_json::Deserializer::from_str(quoted).into_iter::<String>();
    Some((name, texts.next()?.ok()?)).filter(|_| !name.is_empty())
}
