//! The operations that return or accept a record and the records that contain it, with links to them.

use std::collections::{BTreeMap, BTreeSet};

use super::docs::code;
use super::types::{SHARED, folder};
use crate::model::{AnswerModel, Model, Record, RecordId, Role, Type};

/// How many users are named; the rest are counted.
const SHOWN: usize = 5;

/// The users of each record, by its name.
pub(super) struct Users<'m> {
    methods: BTreeMap<&'m str, Method<'m>>,
    /// The folder of each record's file.
    folders: BTreeMap<&'m str, &'m str>,
    of: BTreeMap<&'m str, Uses<'m>>,
}

/// The names of what uses a record.
#[derive(Default)]
struct Uses<'m> {
    answers: BTreeSet<&'m str>,
    sent: BTreeSet<&'m str>,
    records: BTreeSet<&'m str>,
}

#[derive(Clone, Copy)]
struct Method<'m> {
    name: &'m str,
    family: &'m str,
    /// Whether its family is enabled by default.
    usual: bool,
}

impl<'m> Users<'m> {
    pub(super) fn of(model: &'m Model) -> Self {
        let mut users = Self { methods: BTreeMap::new(), folders: BTreeMap::new(), of: BTreeMap::new() };
        for (record, families) in model.records.iter().zip(&model.record_families) {
            users.folders.extend(folder(model, families).map(|folder| (record.name.as_str(), folder)));
        }
        for family in &model.families {
            let method = Method { name: "", family: &family.family.name, usual: family.family.default };
            for operation in family.modules.values().flatten() {
                let id = operation.operation.id.as_str();
                users.methods.insert(id, Method { name: &operation.names.method, ..method });
                let answer = match &operation.answer {
                    AnswerModel::Json(ty) => Some(ty),
                    AnswerModel::Empty | AnswerModel::Bytes => None,
                };
                for record in answer.into_iter().flat_map(records) {
                    users.uses(model, record).answers.insert(id);
                }
                for record in operation.types().flat_map(records) {
                    users.uses(model, record).sent.insert(id);
                }
            }
        }
        // A record that became one with another has no place of its own any more.
        let holders = model.records.iter().zip(&model.record_families).filter(|(_, families)| !families.is_empty());
        for holder in holders.map(|(holder, _)| holder) {
            for record in holder.fields.iter().flat_map(|field| records(&field.ty)) {
                users.uses(model, record).records.insert(&holder.name);
            }
        }
        users
    }

    fn uses(&mut self, model: &'m Model, record: RecordId) -> &mut Uses<'m> {
        self.of.entry(&model.records[record.0].name).or_default()
    }

    /// Where a record is used, in one line.
    pub(super) fn about(&self, from: &str, record: &Record) -> Option<String> {
        let uses = self.of.get(record.name.as_str())?;
        let mut parts = Vec::new();
        match record.role {
            Role::Answer if !uses.answers.is_empty() => parts.push(("Returned by", self.methods(from, &uses.answers))),
            Role::Input if !uses.sent.is_empty() => parts.push(("Accepted by", self.methods(from, &uses.sent))),
            Role::Answer | Role::Input => {}
        }
        if parts.is_empty() && !uses.records.is_empty() {
            parts.push(("Part of", uses.records.iter().map(|name| self.record(from, name)).collect()));
        }
        let (what, names) = parts.pop()?;
        let more = match names.len().saturating_sub(SHOWN) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        Some(format!("{what} {}{more}.", names.into_iter().take(SHOWN).collect::<Vec<_>>().join(", ")))
    }

    /// Methods of default families come first, and among them short names, which tend to be the most basic ones.
    fn methods(&self, from: &str, ids: &BTreeSet<&'m str>) -> Vec<String> {
        let mut ids: Vec<_> = ids.iter().filter_map(|id| Some((*id, *self.methods.get(id)?))).collect();
        ids.sort_by_key(|(id, method)| (!method.usual, id.len(), *id));
        ids.into_iter().map(|(_, method)| method_link(from, method)).collect()
    }

    /// A record, linked if it is always available where this page is.
    fn record(&self, from: &str, name: &str) -> String {
        let there = self.folders.get(name).is_some_and(|folder| *folder == SHARED || *folder == from);
        if there { format!("[{}](crate::types::{name})", code(name)) } else { code(name) }
    }
}

/// A method, linked if it is available where this page is, or at least by default.
fn method_link(from: &str, method: Method<'_>) -> String {
    let name = method.name;
    if method.family == from || method.usual {
        format!("[{}](crate::Client::{name})", code(name))
    } else {
        format!("{} (feature {})", code(name), code(method.family))
    }
}

fn records(ty: &Type) -> Vec<RecordId> {
    let mut found = Vec::new();
    ty.walk(&mut |part| {
        if let Type::Record(id) = part {
            found.push(*id);
        }
    });
    found
}
