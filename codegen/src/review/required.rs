//! Where in a type a field of some name is required.

use serde_json::{Map, Value};

/// Whether a record requires a field.
pub(super) fn requires(record: &Map<String, Value>, name: &str) -> bool {
    record.get("required").and_then(Value::as_array).is_some_and(|names| names.iter().any(|one| one == name))
}

/// The fields that lead to a record which requires a name.
pub(super) fn field_requiring(schema: &Value, name: &str) -> Option<Vec<String>> {
    let record = schema.as_object()?;
    if requires(record, name) {
        return Some(Vec::new());
    }
    if let Some(of) = record.get("of").filter(|of| of.is_object()) {
        return field_requiring(of, name);
    }
    let fields = record.get("fields")?.as_object()?;
    fields.iter().find_map(|(field, schema)| {
        let inner = field_requiring(schema, name)?;
        Some([vec![field.clone()], inner].concat())
    })
}

/// The record in a type that requires a name.
pub(super) fn requiring_in<'v>(schema: &'v mut Value, name: &str) -> Option<&'v mut Map<String, Value>> {
    if schema.as_object().is_some_and(|record| requires(record, name)) {
        return schema.as_object_mut();
    }
    match schema {
        Value::Object(record) => record.values_mut().find_map(|inner| requiring_in(inner, name)),
        Value::Array(list) => list.iter_mut().find_map(|inner| requiring_in(inner, name)),
        _ => None,
    }
}
