//! How values were spelt that the API writes in several ways.

use serde_json::Value;

/// The spelling that a value was read from, where it is not the usual one. The variant does not tell, and the record is
/// to be written as it was read.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Spelling {
    /// The record's field.
    field: &'static str,
    /// The place in the field's list, if it is one.
    index: Option<usize>,
    usual: Box<str>,
    read: Box<str>,
}

impl Spelling {
    pub(super) fn new(index: Option<usize>, usual: &str, read: &str) -> Self {
        Self { field: "", index, usual: usual.into(), read: read.into() }
    }

    pub(super) fn of(self, field: &'static str) -> Self {
        Self { field, ..self }
    }

    /// Writes the value as it was read, unless it is another one by now.
    pub(super) fn restore(&self, field: &str, written: &mut Value) {
        if self.field != field {
            return;
        }
        let value = match (self.index, written) {
            (Some(index), Value::Array(list)) => list.get_mut(index),
            (None, value) => Some(value),
            (Some(_), _) => None,
        };
        if let Some(value) = value.filter(|value| value.as_str() == Some(&self.usual)) {
            *value = self.read.as_ref().into();
        }
    }
}
