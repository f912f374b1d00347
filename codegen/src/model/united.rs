//! Records that people declare to be one thing although the spec has no name for them: those whose generated names are
//! in the same entry of `names`.

use std::collections::BTreeMap;

use super::enums::Enums;
use super::types::{Field, Origin, Owner, Record, RecordId, Type};
use super::{AnswerModel, BodyModel, OperationModel};
use crate::diagnostic::{Diagnostic, Diagnostics, Location};

/// For each record that is one thing with others, the record that represents them.
#[derive(Debug, Default)]
pub(super) struct United(BTreeMap<RecordId, RecordId>);

impl United {
    pub(super) fn add(&mut self, one: RecordId, stands: RecordId) {
        // One that is represented already represents nobody else.
        let stands = self.0.get(&stands).copied().unwrap_or(stands);
        self.0.insert(one, stands);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Gives each thing the fields of all its records, and every type the record that represents it.
    pub(super) fn apply(
        &self,
        records: &mut [Record],
        operations: &mut [OperationModel],
        enums: &mut Enums,
        location: impl Fn(&str) -> Option<Location>,
        diagnostics: &mut Diagnostics,
    ) {
        for field in records.iter_mut().flat_map(|record| &mut record.fields) {
            self.redirect(&mut field.ty);
        }
        operations.iter_mut().for_each(|operation| self.redirect_operation(operation));
        for (one, stands) in &self.0 {
            let gone = std::mem::take(&mut records[one.0].fields);
            let thing = &mut records[stands.0];
            for field in gone {
                let Err(known) = join(thing, field, enums) else { continue };
                let problem = format!("not one thing: `{known}` is of another kind in each record of {}", thing.name);
                let help = "correct the field's type in one of them, or remove one of them";
                let at = location(&thing.name).unwrap_or_else(|| Location::file("spec/local"));
                diagnostics.push(Diagnostic::new(at, problem, help));
            }
        }
    }

    fn redirect(&self, ty: &mut Type) {
        match ty {
            Type::Record(id) => *id = self.0.get(id).copied().unwrap_or(*id),
            Type::List(of) | Type::Map(of) | Type::Records(of) => self.redirect(of),
            _ => {}
        }
    }

    fn redirect_operation(&self, operation: &mut OperationModel) {
        operation.parameters.iter_mut().for_each(|parameter| self.redirect(&mut parameter.ty));
        match &mut operation.body {
            BodyModel::Fields { fields, .. } => fields.iter_mut().for_each(|field| self.redirect(&mut field.ty)),
            BodyModel::Whole { ty, .. } => self.redirect(ty),
            BodyModel::None | BodyModel::Bytes => {}
        }
        if let AnswerModel::Json(ty) = &mut operation.answer {
            self.redirect(ty);
        }
    }
}

/// Adds a field to a thing, or returns the field that it contradicts. Where both hold records, those of the thing stay:
/// fields that they do not declare are kept when they arrive.
fn join(thing: &mut Record, field: Field, enums: &mut Enums) -> Result<(), String> {
    match thing.fields.iter_mut().find(|known| known.wire == field.wire) {
        None => {
            thing.fields.push(field);
            thing.fields.sort_by(|a, b| a.wire.cmp(&b.wire));
        }
        Some(known) if known.ty == field.ty => {}
        Some(known) => known.ty = either(&known.ty, &field.ty, enums).ok_or(field.wire)?,
    }
    Ok(())
}

/// The type that reads whatever either of the two reads.
fn either(a: &Type, b: &Type, enums: &mut Enums) -> Option<Type> {
    Some(match (a, b) {
        (Type::Record(_), Type::Record(_)) => a.clone(),
        (Type::List(a), Type::List(b)) => Type::List(Box::new(either(a, b, enums)?)),
        (Type::Map(a), Type::Map(b)) => Type::Map(Box::new(either(a, b, enums)?)),
        (Type::Any, _) | (_, Type::Any) => Type::Any,
        (Type::Enum(a), Type::Enum(b)) => Type::Enum(enums.either(*a, *b)),
        (Type::Text | Type::Enum(_), Type::Text | Type::Enum(_)) => Type::Text,
        (a, b) if a == b => a.clone(),
        _ => return None,
    })
}

/// Whether one type reads whatever either of the two reads.
pub(super) fn are_read_alike(a: &Type, b: &Type) -> bool {
    match (a, b) {
        (Type::List(a), Type::List(b)) | (Type::Map(a), Type::Map(b)) => are_read_alike(a, b),
        (Type::Any, _) | (_, Type::Any) | (Type::Record(_), Type::Record(_)) => true,
        (Type::Text | Type::Enum(_), Type::Text | Type::Enum(_)) => true,
        (a, b) => a == b,
    }
}

/// A part named after something no longer in use is renamed after what holds it now.
pub(super) fn find_owners(records: &mut [Record], in_use: &[bool]) {
    let mut holders: BTreeMap<usize, usize> = BTreeMap::new();
    for (index, record) in records.iter().enumerate().filter(|(index, _)| in_use[*index]) {
        for id in record.fields.iter().filter_map(|field| record_in(&field.ty)) {
            holders.entry(id).or_insert(index);
        }
    }
    for (index, record) in records.iter_mut().enumerate() {
        if let Origin::Part { of: Owner::Record(owner), .. } = &mut record.origin
            && !in_use[owner.0]
            && let Some(holder) = holders.get(&index)
        {
            *owner = RecordId(*holder);
        }
    }
}

/// The record that a type holds, at any depth.
fn record_in(ty: &Type) -> Option<usize> {
    match ty {
        Type::Record(id) => Some(id.0),
        Type::List(of) | Type::Map(of) | Type::Records(of) => record_in(of),
        _ => None,
    }
}

/// Which records operations still need, directly or through others.
pub(super) fn in_use(operations: &[OperationModel], records: &[Record]) -> Vec<bool> {
    let mut used = vec![false; records.len()];
    let mut todo: Vec<&Type> = operations.iter().flat_map(OperationModel::types).collect();
    while let Some(ty) = todo.pop() {
        if let Some(id) = record_in(ty).filter(|id| !std::mem::replace(&mut used[*id], true)) {
            todo.extend(records[id].fields.iter().map(|field| &field.ty));
        }
    }
    used
}
