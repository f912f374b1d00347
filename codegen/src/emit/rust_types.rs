//! The Rust types of values.

use crate::model::{Model, Type};

/// The Rust type of a value that is sent.
pub(crate) fn sent(model: &Model, ty: &Type) -> String {
    match ty {
        Type::Any | Type::List(_) | Type::Records(_) => "serde_json::Value".to_owned(),
        Type::Boolean => "bool".to_owned(),
        Type::DateTime => "DateTime".to_owned(),
        Type::File => "FilePart".to_owned(),
        Type::Id => "Id".to_owned(),
        Type::Integer => "Integer".to_owned(),
        Type::Map(_) => "serde_json::Map<String, serde_json::Value>".to_owned(),
        Type::Number => "f64".to_owned(),
        Type::Text => "String".to_owned(),
        Type::TimeRange => "TimeRange".to_owned(),
        Type::TimeSpan => "TimeSpan".to_owned(),
        Type::Enum(id) => match model.enums.get(*id) {
            Some(index) => model.enums.enums[index].name.clone(),
            None => "String".to_owned(),
        },
        Type::Record(id) => model.records[id.0].name.clone(),
    }
}

/// The Rust type of a value that comes back.
pub(crate) fn received(model: &Model, ty: &Type) -> String {
    match ty {
        Type::List(of) => format!("Vec<{}>", received(model, of)),
        Type::Records(of) => format!("List<{}>", received(model, of)),
        Type::Map(of) if holds_records(of) => {
            format!("std::collections::BTreeMap<String, {}>", received(model, of))
        }
        // The values of a map are seldom of their declared kind, and it may not even be a map.
        Type::Map(_) => "serde_json::Value".to_owned(),
        Type::File => "String".to_owned(),
        Type::Integer => "i64".to_owned(),
        ty => sent(model, ty),
    }
}

/// The Rust type of a field in a record that comes back, any of which may be missing.
pub(crate) fn field(model: &Model, ty: &Type) -> String {
    let inner = received(model, ty);
    match ty {
        Type::List(_) => inner,
        Type::Record(_) => format!("Option<Arc<{inner}>>"),
        _ => format!("Option<{inner}>"),
    }
}

fn holds_records(ty: &Type) -> bool {
    match ty {
        Type::Record(_) => true,
        Type::List(of) => holds_records(of),
        _ => false,
    }
}
