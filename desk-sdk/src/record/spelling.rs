//! The original spelling of values that the API writes in several ways.

use serde_json::Value;

/// The spelling that a value was read from, if it is not the usual one. The enum variant does not record it, but the
/// record must be written as it was read.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Spelling {
    /// The record's field.
    field: &'static str,
    /// The position in the field's list, if it is one.
    index: Option<usize>,
    usual: Box<str>,
    read: Box<str>,
}

impl Spelling {
    pub(super) fn new(usual: &str, read: &str) -> Self {
        Self { field: "", index: None, usual: usual.into(), read: read.into() }
    }

    /// Says of which element it is, unless that was said.
    pub(super) fn place(&mut self, index: usize) {
        self.index.get_or_insert(index);
    }

    pub(super) fn of(self, field: &'static str) -> Self {
        Self { field, ..self }
    }

    /// Whether it is one of this field.
    pub(super) fn is_of(&self, field: &str) -> bool {
        self.field == field
    }

    /// Writes the value as it was read, unless it has changed since.
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
