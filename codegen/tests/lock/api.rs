//! The public API of a model, item by item, written by other code than the generator's.

use std::collections::{BTreeMap, BTreeSet};

use desk_codegen::model::{AnswerModel, BodyModel, Enum, Field, Model, OperationModel, Record, Role, Type};

/// Each item by its name, with everything that a program may rely on.
pub(crate) type Api = BTreeMap<String, String>;

pub(crate) fn operations(model: &Model) -> impl Iterator<Item = &OperationModel> {
    model.families.iter().flat_map(|family| family.modules.values().flatten())
}

/// The place of an operation.
pub(crate) fn place(operation: &OperationModel) -> String {
    format!("{} {}", operation.operation.method, operation.operation.route())
}

pub(crate) fn of(model: &Model) -> Api {
    let mut api: Api = operations(model).map(|one| (place(one), of_operation(model, one))).collect();
    let records = model.records.iter().zip(&model.record_families).filter(|(_, families)| !families.is_empty());
    api.extend(records.map(|(record, _)| (record.name.clone(), of_record(model, record))));
    let enums = model.enums.enums.iter().zip(&model.enum_families).filter(|(_, families)| !families.is_empty());
    api.extend(enums.map(|(one, _)| (one.name.clone(), of_enum(one))));
    api
}

fn of_operation(model: &Model, one: &OperationModel) -> String {
    let names = &one.names;
    let mut text = format!("{} {} {}::{}\n", names.id, names.method, one.family, names.parameters);
    for parameter in &one.parameters {
        let ty = written(model, &parameter.ty);
        text.push_str(&format!("{}({ty}) = {:?} {:?}\n", parameter.rust, parameter.place, parameter.wire));
    }
    match &one.body {
        BodyModel::Fields { fields, .. } => fields.iter().for_each(|field| text.push_str(&of_field(model, field))),
        BodyModel::Whole { ty, .. } => text.push_str(&format!("body({})\n", written(model, ty))),
        BodyModel::None | BodyModel::Bytes => {}
    }
    match &one.answer {
        AnswerModel::Json(ty) => text + "-> " + &written(model, ty),
        other => text + &format!("-> {other:?}"),
    }
}

fn of_record(model: &Model, record: &Record) -> String {
    let fields: String = record.fields.iter().map(|field| of_field(model, field)).collect();
    format!("{:?}\n{fields}", record.role)
}

fn of_field(model: &Model, field: &Field) -> String {
    format!("{}: {} = {:?}\n", field.rust, written(model, &field.ty), field.wire)
}

fn of_enum(one: &Enum) -> String {
    let variant = |variant: &desk_codegen::model::Variant| {
        format!("{} = {:?}\n", variant.name, variant.spellings().collect::<Vec<_>>())
    };
    one.variants.iter().map(variant).collect()
}

/// A type, in the words of Rust.
fn written(model: &Model, ty: &Type) -> String {
    match ty {
        Type::List(of) => format!("Vec<{}>", written(model, of)),
        Type::Map(of) => format!("Map<{}>", written(model, of)),
        Type::Records(of) => format!("List<{}>", written(model, of)),
        Type::Record(id) => model.records[id.0].name.clone(),
        Type::Enum(id) => model.enums.get(*id).map_or("Text".to_owned(), |index| model.enums.enums[index].name.clone()),
        plain => format!("{plain:?}"),
    }
}

/// The names of the types that an operation reaches.
pub(crate) fn reached(model: &Model, operation: &OperationModel) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut todo: Vec<&Type> = operation.types().collect();
    while let Some(ty) = todo.pop() {
        match ty {
            Type::List(of) | Type::Map(of) | Type::Records(of) => todo.push(of),
            Type::Record(id) if names.insert(model.records[id.0].name.clone()) => {
                todo.extend(model.records[id.0].fields.iter().map(|field| &field.ty));
            }
            Type::Enum(_) => drop(names.insert(written(model, ty))),
            _ => {}
        }
    }
    names
}

/// For each value on the wire, of a field or of an enum, the name that it has.
pub(crate) fn meanings(model: &Model) -> BTreeMap<(String, String), String> {
    let of_record = |record: &Record| -> Vec<_> {
        let pair = |field: &Field| ((record.name.clone(), field.wire.clone()), field.rust.clone());
        record.fields.iter().map(pair).collect()
    };
    let of_enum = |one: &Enum| -> Vec<_> {
        let pair = |variant: &desk_codegen::model::Variant| {
            ((one.name.clone(), variant.wire.clone()), format!("{} sends {}", variant.name, variant.wire))
        };
        one.variants.iter().map(pair).collect()
    };
    let records = model.records.iter().filter(|record| !record.name.is_empty()).flat_map(of_record);
    records.chain(model.enums.enums.iter().flat_map(of_enum)).collect()
}

/// Input records without a name in the spec that several operations share, each with the places of those.
pub(crate) fn shared_inputs(model: &Model) -> BTreeMap<String, BTreeSet<String>> {
    let inline = |record: &&Record| record.role == Role::Input && record.shape.is_some();
    let inline: BTreeSet<&str> = model.records.iter().filter(inline).map(|record| record.name.as_str()).collect();
    let mut shared: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for operation in operations(model) {
        for name in reached(model, operation).into_iter().filter(|name| inline.contains(name.as_str())) {
            shared.entry(name).or_default().insert(place(operation));
        }
    }
    shared.retain(|_, places| places.len() > 1);
    shared
}
