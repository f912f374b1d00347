//! A rename, which is a person's act: the lock with the new name, and the old one as an alias.

use super::{Block, BlockKind, Item, ItemKind, Lock};
use crate::model::naming::{camel, is_runtime_name, snake};
use crate::near;

/// What was renamed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renamed {
    /// What has the name.
    pub of: Named,
    /// Its name so far.
    pub from: String,
    /// Its name from now on.
    pub to: String,
    /// Whether no record is called the same without `Input`.
    pub alone: bool,
}

/// What can be renamed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// A record or an enum.
    Type,
    /// The parameter struct of an operation, by its id.
    Struct(String),
    /// The method of an operation, by its id.
    Method(String),
    /// A field, setter or variant, with what has it and what it is on the wire.
    Item(BlockKind, String, Vec<(ItemKind, String)>),
}

impl Lock {
    /// Renames `Type`, `method`, `Type.field`, `Struct.setter` or `Enum::Variant`. The old name is kept as an alias if
    /// `alias` is set.
    ///
    /// # Errors
    ///
    /// If there is nothing of the old name, or if the new one is not possible.
    pub fn rename(&mut self, old: &str, new: &str, alias: bool) -> Result<Renamed, String> {
        let (of, from) = self.find(old)?;
        // The new name may be written as the old one is, with what has it in front.
        let new = new.rsplit(['.', ':']).next().unwrap_or(new);
        if from.trim_start_matches("r#") == new {
            return Err(format!("{old} has that name already"));
        }
        let to = self.legal(&of, &from, new)?;
        let alone = from.strip_suffix("Input").is_none_or(|record| !self.has_type(record));
        match &of {
            Named::Type => {
                // What is sent of a thing is called after it.
                let sent = format!("{from}Input");
                if self.is_sent_as(&from, &sent) {
                    self.rename_type(&sent, &format!("{to}Input"), alias);
                }
                self.rename_type(&from, &to, alias);
            }
            Named::Struct(id) => {
                self.rename_items(BlockKind::Operation, id, &[(ItemKind::Struct, String::new())], &to, alias)
            }
            Named::Method(id) => {
                self.rename_items(BlockKind::Operation, id, &[(ItemKind::Method, String::new())], &to, alias)
            }
            Named::Item(kind, name, items) => self.rename_items(*kind, name, items, &to, alias),
        }
        Ok(Renamed { of, from, to, alone })
    }

    /// What has a name.
    fn find(&self, name: &str) -> Result<(Named, String), String> {
        let operation = |kind| {
            let mut blocks = self.blocks(BlockKind::Operation).filter(|(_, block)| !block.gone);
            blocks
                .find(|(_, block)| block.item(kind, "").is_some_and(|item| item.name == name))
                .map(|(id, _)| id.to_owned())
        };
        if let Some((owner, item)) = name.split_once("::").or_else(|| name.split_once('.')) {
            let (kind, owner) = self.owner(owner)?;
            return self.item_of(kind, owner, item).map(|named| (named, item.to_owned()));
        }
        let found = match self.type_kind(name) {
            Some(_) => Some(Named::Type),
            None => operation(ItemKind::Struct)
                .map(Named::Struct)
                .or_else(|| operation(ItemKind::Method).map(Named::Method)),
        };
        let found = found.map(|named| (named, name.to_owned()));
        if let (None, Some(now)) = (&found, self.now(name)) {
            return Err(match now == name {
                true => format!("the spec has no {name} any more"),
                false => format!("{name} is an earlier name of {now}"),
            });
        }
        found.ok_or_else(|| unknown("type, parameter struct or method", name, self.all_names()))
    }

    /// What has this name no longer: a type, a parameter struct or a method, with the name of today.
    fn now(&self, name: &str) -> Option<&str> {
        let kinds = [ItemKind::Struct, ItemKind::Method];
        let items = self
            .blocks(BlockKind::Operation)
            .flat_map(move |(_, block)| kinds.into_iter().flat_map(|kind| block.items(kind)).map(|(_, item)| item));
        let of_operation =
            || items.into_iter().find(|item| item.name == name || item.was.iter().any(|was| was == name));
        self.type_now(name).or_else(|| Some(of_operation()?.name.as_str()))
    }

    /// What a type is called whose name this was.
    fn type_now(&self, name: &str) -> Option<&str> {
        let mut blocks = BlockKind::TYPES.into_iter().flat_map(|kind| self.blocks(kind));
        let had = |block: &Block, known: &str| known == name || block.was.iter().any(|was| was == name);
        blocks.find(|(known, block)| had(block, known)).map(|(known, _)| known)
    }

    /// The kind of a type that is there.
    fn type_kind(&self, name: &str) -> Option<BlockKind> {
        BlockKind::TYPES.into_iter().find(|kind| self.block(*kind, name).is_some_and(|block| !block.gone))
    }

    /// The block of a type, or of an operation by its parameter struct.
    fn owner(&self, name: &str) -> Result<(BlockKind, &str), String> {
        let mut blocks = BlockKind::ALL.into_iter().flat_map(|kind| self.blocks(kind).map(move |one| (kind, one)));
        let found = blocks.find(|(kind, (known, block))| match kind {
            BlockKind::Operation => block.item(ItemKind::Struct, "").is_some_and(|item| item.name == name),
            BlockKind::Module => false,
            _ => *known == name,
        });
        found
            .map(|(kind, (known, _))| (kind, known))
            .ok_or_else(|| unknown("type or parameter struct", name, self.all_names()))
    }

    fn item_of(&self, kind: BlockKind, owner: &str, name: &str) -> Result<Named, String> {
        const NAMED: [ItemKind; 4] = [ItemKind::Field, ItemKind::Header, ItemKind::Query, ItemKind::Value];
        let block = self.block(kind, owner).into_iter();
        let known: Vec<_> =
            block.flat_map(|block| block.all_items()).filter(|(kind, ..)| NAMED.contains(kind)).collect();
        let same = |item: &Item| item.name.trim_start_matches("r#") == name.trim_start_matches("r#");
        let found = known.iter().filter(|(.., item)| same(item));
        let found: Vec<_> = found.map(|(kind, wire, _)| (*kind, (*wire).to_owned())).collect();
        if found.is_empty() {
            let earlier = known.iter().find(|(.., item)| item.was.iter().any(|was| was == name));
            if let Some((.., item)) = earlier {
                return Err(format!("{name} is an earlier name of {}, of {owner}", item.name));
            }
            let of_owner = format!("field, setter or variant of {owner}");
            return Err(unknown(&of_owner, name, known.iter().map(|(.., item)| item.name.as_str())));
        }
        Ok(Named::Item(kind, owner.to_owned(), found))
    }

    fn all_names(&self) -> impl Iterator<Item = &str> {
        let kinds = [ItemKind::Struct, ItemKind::Method];
        let of_operations = self.blocks(BlockKind::Operation).flat_map(move |(_, block)| {
            let items = kinds.into_iter().flat_map(|kind| block.items(kind)).map(|(_, item)| item);
            items.flat_map(|item| std::iter::once(&item.name).chain(&item.was).map(String::as_str))
        });
        self.type_names().chain(of_operations)
    }

    /// The new name as Rust writes it, if it is possible and free.
    fn legal(&self, of: &Named, from: &str, new: &str) -> Result<String, String> {
        let (written, form) = match of {
            Named::Type | Named::Struct(_) => (camel(new), "a type's name is written LikeThis"),
            Named::Item(BlockKind::Enum, ..) => (camel(new), "a variant's name is written LikeThis"),
            Named::Method(_) | Named::Item(..) => (snake(new), "the name of a method or field is written like_this"),
        };
        if written.trim_start_matches("r#") != new.trim_start_matches("r#") {
            return Err(format!("{new:?} is not possible: {form}, such as {written}"));
        }
        // A word of Rust is a name only where the API's own word leaves no choice.
        if written.starts_with("r#") && !self.earlier(of, from).contains(&written) {
            return Err(format!("{new} is not possible: it is a word of Rust, and would be written {written}"));
        }
        if self.type_kind(from) == Some(BlockKind::Input) && !written.ends_with("Input") {
            return Err(format!("{new} is not possible: the name of what is sent ends with Input"));
        }
        let taken = match of {
            Named::Type | Named::Struct(_) if is_runtime_name(&written) => Some("the crate itself has it".to_owned()),
            Named::Type | Named::Struct(_) | Named::Method(_) => {
                let own = self.earlier(of, from);
                let known = self.all_names().find(|known| *known == written && !own.contains(&written));
                known.map(|known| format!("{LOCKED} has {known}"))
            }
            Named::Item(kind, owner, items) => {
                let block = self.block(*kind, owner);
                let mut others = block.into_iter().flat_map(|block| block.all_items());
                let other = |(kind, wire, item): &(ItemKind, &str, &Item)| {
                    (item.name == written || item.was.contains(&written))
                        && kind.has_wire()
                        && *kind != ItemKind::Path
                        && !items.contains(&(*kind, (*wire).to_owned()))
                };
                others.find(other).map(|(_, wire, _)| format!("`{wire}` of {owner} has it"))
            }
        };
        taken.map_or(Ok(written), |by| Err(format!("{new} is taken: {by}")))
    }

    /// The names that something had before.
    fn earlier(&self, of: &Named, name: &str) -> Vec<String> {
        let item = |id: &str, kind| self.block(BlockKind::Operation, id)?.item(kind, "").map(|item| item.was.clone());
        let was = match of {
            Named::Struct(id) => item(id, ItemKind::Struct),
            Named::Method(id) => item(id, ItemKind::Method),
            Named::Type => self.type_kind(name).and_then(|kind| Some(self.block(kind, name)?.was.clone())),
            Named::Item(kind, owner, items) => {
                let block = self.block(*kind, owner).into_iter();
                let items = block.flat_map(|block| items.iter().filter_map(|(kind, wire)| block.item(*kind, wire)));
                Some(items.flat_map(|item| item.was.iter().cloned()).collect())
            }
        };
        was.unwrap_or_default()
    }

    /// Whether a record and an input are the same type of the spec.
    fn is_sent_as(&self, record: &str, input: &str) -> bool {
        let types = |kind, name| self.block(kind, name).into_iter().flat_map(|block| block.items(ItemKind::Type));
        types(BlockKind::Input, input).any(|(one, _)| types(BlockKind::Record, record).any(|(other, _)| one == other))
    }

    fn rename_type(&mut self, from: &str, to: &str, alias: bool) {
        let Some(kind) = self.type_kind(from) else { return };
        if let Some(mut block) = self.blocks.get_mut(&kind).and_then(|blocks| blocks.remove(from)) {
            remember(&mut block.was, from, to, alias);
            self.add(kind, to, block);
        }
        let blocks = self.blocks.values_mut().flat_map(|blocks| blocks.values_mut());
        let items = blocks.flat_map(|block| block.items.values_mut().flat_map(|items| items.values_mut()));
        items.filter(|item| item.of.as_deref() == Some(from)).for_each(|item| item.of = Some(to.to_owned()));
    }

    fn rename_items(&mut self, kind: BlockKind, name: &str, items: &[(ItemKind, String)], to: &str, alias: bool) {
        let Some(block) = self.blocks.get_mut(&kind).and_then(|blocks| blocks.get_mut(name)) else { return };
        for (kind, wire) in items {
            if let Some(item) = block.items.get_mut(kind).and_then(|items| items.get_mut(wire)) {
                let from = std::mem::replace(&mut item.name, to.to_owned());
                // Another spelling of a value is no variant of its own.
                remember(&mut item.was, &from, to, alias && !item.also);
            }
        }
    }
}

const LOCKED: &str = super::LOCK;

fn remember(was: &mut Vec<String>, from: &str, to: &str, alias: bool) {
    was.retain(|known| known != to);
    if alias {
        was.push(from.to_owned());
        was.sort();
    }
}

fn unknown<'n>(what: &str, name: &str, known: impl Iterator<Item = &'n str>) -> String {
    let meant = near(name, known.filter(|known| *known != name));
    let meant = meant.map(|known| format!("; did you mean {known}?")).unwrap_or_default();
    format!("there is no {what} {name}{meant}")
}
