//! The names that a model has, as a lock.

use super::{Block, BlockKind, Item, ItemKind, Lock, place};
use crate::model::{AnswerModel, BodyModel, Enum, Field, Model, OperationModel, OperationNames, Origin, Record, Type};
use crate::spec::ParameterPlace;

impl Lock {
    /// The names of everything that is generated.
    pub(crate) fn of(model: &Model) -> Self {
        let mut lock = Self::default();
        for family in &model.families {
            for module in &family.family.modules {
                let block = Block { at: family.family.name.clone(), ..Block::default() };
                lock.add(BlockKind::Module, module, block);
            }
            for operation in family.modules.values().flatten() {
                lock.add(BlockKind::Operation, &operation.names.id, of_operation(model, operation));
                for twin in &operation.aliases {
                    let mut block = named(operation, twin);
                    block.twin = true;
                    lock.add(BlockKind::Operation, &twin.id, block);
                }
            }
        }
        let emitted = |families: &&std::collections::BTreeSet<usize>| !families.is_empty();
        for (record, _) in model.records.iter().zip(&model.record_families).filter(|(_, families)| emitted(families)) {
            lock.add(record.role.into(), &record.name, of_record(model, record));
        }
        for (one, _) in model.enums.enums.iter().zip(&model.enum_families).filter(|(_, families)| emitted(families)) {
            lock.add(BlockKind::Enum, &one.name, of_enum(one));
        }
        lock
    }
}

fn named(operation: &OperationModel, names: &OperationNames) -> Block {
    let mut block = Block { at: place(&operation.operation), ..Block::default() };
    let item = |name: &str, was: &[String]| Item { name: name.to_owned(), was: was.to_vec(), ..Item::default() };
    block.add(ItemKind::Method, "", item(&names.method, &names.methods_before));
    block.add(ItemKind::Struct, "", item(&names.parameters, &names.structs_before));
    block
}

fn of_operation(model: &Model, operation: &OperationModel) -> Block {
    let mut block = named(operation, &operation.names);
    block.add(ItemKind::Module, "", Item { name: operation.module.clone(), ..Item::default() });
    for parameter in &operation.parameters {
        let kind = parameter.place.into();
        let (name, was, of) = (parameter.rust.clone(), parameter.was.clone(), type_in(model, &parameter.ty));
        block.add(kind, &parameter.wire, Item { name, was, of, ..Item::default() });
    }
    match &operation.body {
        BodyModel::Fields { fields, .. } => fields.iter().for_each(|field| add_field(model, &mut block, field)),
        BodyModel::Whole { ty, .. } => add_type(model, &mut block, ItemKind::Body, ty),
        BodyModel::None | BodyModel::Bytes => {}
    }
    if let AnswerModel::Json(ty) = &operation.answer {
        add_type(model, &mut block, ItemKind::Answer, ty);
    }
    block
}

fn of_record(model: &Model, record: &Record) -> Block {
    let mut block = Block { at: record.module.clone(), was: record.was.clone(), ..Block::default() };
    record.fields.iter().for_each(|field| add_field(model, &mut block, field));
    if let Origin::Types(types) = &record.origin {
        types.iter().for_each(|name| block.add(ItemKind::Type, name, Item::default()));
    }
    if let Some(shape) = record.shape {
        block.add(ItemKind::Shape, "", Item { name: format!("{shape:08x}"), ..Item::default() });
    }
    block
}

fn of_enum(one: &Enum) -> Block {
    let mut block = Block { at: one.module.clone(), was: one.was.clone(), ..Block::default() };
    for variant in &one.variants {
        for (index, spelling) in variant.spellings().enumerate() {
            let was = if index == 0 { variant.was.clone() } else { Vec::new() };
            let item = Item { name: variant.name.clone(), also: index > 0, was, ..Item::default() };
            block.add(ItemKind::Value, spelling, item);
        }
    }
    block
}

fn add_field(model: &Model, block: &mut Block, field: &Field) {
    let (name, was, of) = (field.rust.clone(), field.was.clone(), type_in(model, &field.ty));
    block.add(ItemKind::Field, &field.wire, Item { name, was, of, ..Item::default() });
}

fn add_type(model: &Model, block: &mut Block, kind: ItemKind, ty: &Type) {
    if let Some(of) = type_in(model, ty) {
        block.add(kind, "", Item { of: Some(of), ..Item::default() });
    }
}

/// The record or enum that a type holds, at any depth.
fn type_in(model: &Model, ty: &Type) -> Option<String> {
    match ty {
        Type::Record(id) => Some(model.records[id.0].name.clone()),
        Type::Enum(id) => model.enums.get(*id).map(|index| model.enums.enums[index].name.clone()),
        Type::List(of) | Type::Map(of) | Type::Records(of) => type_in(model, of),
        _ => None,
    }
}

impl From<ParameterPlace> for ItemKind {
    fn from(place: ParameterPlace) -> Self {
        match place {
            ParameterPlace::Header => Self::Header,
            ParameterPlace::Path => Self::Path,
            ParameterPlace::Query => Self::Query,
        }
    }
}
