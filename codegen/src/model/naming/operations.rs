//! The names of methods and parameter structs.

use std::collections::BTreeMap;

use super::{Taken, camel, shouty, snake};
use crate::diagnostic::{Diagnostic, Diagnostics, Location};
use crate::load::Loaded;
use crate::lock::{Block, BlockKind, Item, ItemKind};
use crate::model::OperationNames;

/// The names of all operations, aliases included, by id. Those that the lock knows stay; a new one gets the names of its
/// id, unless something else has them.
pub(in crate::model) fn name_operations(
    loaded: &Loaded,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<String, OperationNames> {
    let lock = &loaded.lock;
    let (mut methods, mut structs) = (Taken::default(), Taken::reserving(&lock.type_names().collect::<Vec<_>>()));
    for (_, block) in lock.blocks(BlockKind::Operation) {
        block.items(ItemKind::Method).for_each(|(_, item)| methods.hold(item));
        block.items(ItemKind::Struct).for_each(|(_, item)| structs.hold(item));
    }
    let mut ids: Vec<&str> = loaded.spec.operations.iter().map(|listed| listed.operation.id.as_str()).collect();
    ids.sort_unstable();
    let mut new: BTreeMap<String, &str> = BTreeMap::new();
    let mut all = BTreeMap::new();
    for id in ids {
        let block = lock.block(BlockKind::Operation, id);
        if block.is_none()
            && let Some(other) = new.insert(camel(id), id)
        {
            let problem = format!("{id} and {other} have the same Rust name, {}", camel(id));
            let help = "correct one of the ids in spec/local";
            diagnostics.push(Diagnostic::new(Location::file(&loaded.operation_location(id).file), problem, help));
        }
        let (method, methods_before) = name(block, ItemKind::Method, || methods.give(snake(id)));
        let (parameters, structs_before) = name(block, ItemKind::Struct, || {
            let plain = camel(id);
            let name = if structs.has(&plain) { format!("{plain}Parameters") } else { plain };
            structs.give(name)
        });
        let table = shouty(id);
        let names = OperationNames { id: id.to_owned(), method, methods_before, parameters, structs_before, table };
        all.insert(id.to_owned(), names);
    }
    all
}

/// The name that the lock has for an item of an operation, with earlier ones, or else a new name.
fn name(block: Option<&Block>, kind: ItemKind, new: impl FnOnce() -> String) -> (String, Vec<String>) {
    let known: Option<&Item> = block.and_then(|block| block.item(kind, ""));
    known.map_or_else(|| (new(), Vec::new()), |item| (item.name.clone(), item.was.clone()))
}
