//! Custom fields, which each organization defines for itself, as a type of the caller's own.

use crate::model::{Field, Model, Record, Type};

/// The line for a record of answers that has custom fields.
pub(crate) fn line(model: &Model, record: &Record) -> Option<String> {
    let field = record.fields.iter().find(|field| holds(model, field))?;
    Some(format!("    {}: {} = {:?},\n", record.name, field.rust, field.wire))
}

/// Tells the macro of a sent record which field holds the custom ones.
pub(crate) fn held(model: &Model, fields: &[Field]) -> String {
    let held = fields.iter().find(|field| holds(model, field));
    held.map(|field| format!(", custom {:?}", field.wire)).unwrap_or_default()
}

fn holds(model: &Model, field: &Field) -> bool {
    let anything = match &field.ty {
        Type::Any => true,
        Type::Map(of) => !matches!(**of, Type::Record(_) | Type::List(_)),
        _ => false,
    };
    anything && model.custom_fields.contains(&field.wire)
}
