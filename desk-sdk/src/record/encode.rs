//! Records as JSON and as text.

use std::fmt;

use serde_json::{Map, Value};

use super::Record;

/// A record as JSON: its fields that are not empty, and its undeclared keys.
pub fn encode<T: Record>(record: &T) -> Value {
    let (slots, undeclared) = record.parts();
    if let Some(bare) = undeclared.bare() {
        return bare.clone();
    }
    let mut map: Map<String, Value> = undeclared.map().cloned().unwrap_or_default();
    for (name, slot) in T::FIELDS.iter().zip(slots) {
        if let Some(mut value) = slot.get() {
            undeclared.restore_spelling(name, &mut value);
            map.insert((*name).to_owned(), value);
        }
    }
    record.restore(Value::Object(map))
}

/// Writes a record with any serializer.
pub(crate) fn serialize<T: Record, S: serde::Serializer>(record: &T, serializer: S) -> Result<S::Ok, S::Error> {
    serde::Serialize::serialize(&encode(record), serializer)
}

/// A record as text: only fields that are not empty.
pub(crate) fn debug<T: Record>(record: &T, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (slots, undeclared) = record.parts();
    let mut debug = f.debug_struct(T::NAME);
    for (name, slot) in T::FIELDS.iter().zip(slots) {
        if !slot.is_empty() {
            debug.field(name, &slot);
        }
    }
    if !undeclared.is_empty() {
        debug.field("undeclared", undeclared);
    }
    debug.finish()
}

/// Whether two records have the same content.
pub(crate) fn equal<T: Record>(one: &T, other: &T) -> bool {
    encode(one) == encode(other)
}
