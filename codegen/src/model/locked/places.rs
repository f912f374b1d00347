//! Where records and enums are mentioned: in operations, and in fields of other records.

use crate::lock::{Block, Item, ItemKind, Lock};
use crate::model::types::{Record, Type};
use crate::model::{AnswerModel, BodyModel, OperationModel};

/// What mentions a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// An operation, by its position, and the item of it.
    Operation(usize, ItemKind, String),
    /// A field of a record, by its position.
    Field(usize, String),
}

impl Place {
    /// What the lock says about it, given the names of records.
    pub(super) fn locked<'l>(
        &self,
        lock: &'l Lock,
        operations: &[OperationModel],
        block_of: &impl Fn(usize) -> Option<&'l Block>,
    ) -> Option<&'l Item> {
        match self {
            Self::Operation(index, kind, wire) => lock.of_operation(&operations[*index].operation, *kind, wire),
            Self::Field(index, wire) => block_of(*index)?.item(ItemKind::Field, wire),
        }
    }
}

/// Visits every record and enum that is mentioned by an operation or by a record in use, with its place.
pub(super) fn visit(
    operations: &mut [OperationModel],
    records: &mut [Record],
    in_use: &[bool],
    see: &mut impl FnMut(Place, &mut Type),
) {
    let mut named = |ty: &mut Type, place: &dyn Fn() -> Place| {
        let ty = inner(ty);
        if matches!(ty, Type::Record(_) | Type::Enum(_)) {
            see(place(), ty);
        }
    };
    for (index, operation) in operations.iter_mut().enumerate() {
        for one in &mut operation.parameters {
            named(&mut one.ty, &|| Place::Operation(index, one.place.into(), one.wire.clone()));
        }
        match &mut operation.body {
            BodyModel::Fields { fields, .. } => {
                for field in fields {
                    named(&mut field.ty, &|| Place::Operation(index, ItemKind::Field, field.wire.clone()));
                }
            }
            BodyModel::Whole { ty, .. } => named(ty, &|| Place::Operation(index, ItemKind::Body, String::new())),
            BodyModel::None | BodyModel::Bytes => {}
        }
        if let AnswerModel::Json(ty) = &mut operation.answer {
            named(ty, &|| Place::Operation(index, ItemKind::Answer, String::new()));
        }
    }
    for (index, record) in records.iter_mut().enumerate().filter(|(index, _)| in_use[*index]) {
        for field in &mut record.fields {
            named(&mut field.ty, &|| Place::Field(index, field.wire.clone()));
        }
    }
}

/// The record or enum inside a type, at any depth.
pub(super) fn inner(ty: &mut Type) -> &mut Type {
    match ty {
        Type::List(of) | Type::Map(of) | Type::Records(of) => inner(of),
        ty => ty,
    }
}
