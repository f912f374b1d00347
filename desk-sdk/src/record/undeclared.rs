//! What a record holds beyond its declared fields.

use std::fmt;

use serde_json::{Map, Value};

use super::spelling::Spelling;

/// Undeclared keys of a record.
///
/// If the API sends a bare list or text instead of the record, that is kept here too, as [`Undeclared::bare`].
#[derive(Clone, Default, PartialEq)]
pub struct Undeclared(Option<Box<Kept>>);

/// What a record keeps besides its fields.
#[derive(Clone, PartialEq)]
struct Kept {
    /// The undeclared keys, or what was sent in place of the record.
    value: Value,
    /// How values of its fields were spelt, which is rarely unusual.
    spellings: Vec<Spelling>,
}

impl Undeclared {
    pub(crate) fn new(value: Value) -> Self {
        match value {
            Value::Object(map) if map.is_empty() => Self(None),
            value => Self(Some(Box::new(Kept { value, spellings: Vec::new() }))),
        }
    }

    /// Keeps how the values of the record's fields were spelt.
    pub(super) fn spelt(self, spellings: Vec<Spelling>) -> Self {
        if spellings.is_empty() {
            return self;
        }
        let value = self.0.map_or_else(|| Value::Object(Map::new()), |kept| kept.value);
        Self(Some(Box::new(Kept { value, spellings })))
    }

    /// Writes the value of a field as it was spelt when it was read.
    pub(super) fn restore_spelling(&self, field: &str, written: &mut Value) {
        for spelling in self.0.iter().flat_map(|kept| &kept.spellings) {
            spelling.restore(field, written);
        }
    }

    fn value(&self) -> Option<&Value> {
        self.0.as_deref().map(|kept| &kept.value)
    }

    /// The value of an undeclared key.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.value()?.get(key)
    }

    /// The undeclared keys with their values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        let map = self.value().and_then(Value::as_object);
        map.into_iter().flatten().map(|(key, value)| (key.as_str(), value))
    }

    /// Whether there are no undeclared keys.
    pub fn is_empty(&self) -> bool {
        self.value().is_none_or(|value| value.as_object().is_some_and(Map::is_empty))
    }

    /// The list or text that was sent in place of the record.
    pub fn bare(&self) -> Option<&Value> {
        self.value().filter(|value| !value.is_object())
    }

    /// The undeclared keys, to be changed; [tidy](Self::tidy) afterwards.
    pub(super) fn map_mut(&mut self) -> Option<&mut Map<String, Value>> {
        self.0.as_mut().and_then(|kept| kept.value.as_object_mut())
    }

    /// Holds nothing where nothing is left.
    pub(super) fn tidy(&mut self) {
        if self.0.as_deref().is_some_and(|kept| kept.spellings.is_empty() && self.is_empty()) {
            self.0 = None;
        }
    }

    pub(crate) fn map(&self) -> Option<&Map<String, Value>> {
        self.value().and_then(Value::as_object)
    }
}

impl fmt::Debug for Undeclared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.value() {
            Some(value) => write!(f, "{value}"),
            None => f.write_str("{}"),
        }
    }
}
