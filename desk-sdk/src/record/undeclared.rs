//! What a record holds beyond its declared fields.

use std::fmt;

use serde_json::{Map, Value};

/// Keys of a record that nobody declared.
///
/// Where the API sends a bare list or text instead of the record, that is here too, as
/// [`Undeclared::bare`].
#[derive(Clone, Default, PartialEq)]
pub struct Undeclared(pub(crate) Option<Box<Value>>);

impl Undeclared {
    pub(crate) fn new(value: Value) -> Self {
        match value {
            Value::Object(map) if map.is_empty() => Self(None),
            value => Self(Some(Box::new(value))),
        }
    }

    /// The value of an undeclared key.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.0.as_deref()?.get(key)
    }

    /// The undeclared keys with their values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        let map = self.0.as_deref().and_then(Value::as_object);
        map.into_iter().flatten().map(|(key, value)| (key.as_str(), value))
    }

    /// Whether nothing undeclared was sent.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// The list or text that was sent in place of the record.
    pub fn bare(&self) -> Option<&Value> {
        self.0.as_deref().filter(|value| !value.is_object())
    }

    pub(crate) fn map(&self) -> Option<&Map<String, Value>> {
        self.0.as_deref().and_then(Value::as_object)
    }
}

impl fmt::Debug for Undeclared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.as_deref() {
            Some(value) => write!(f, "{value}"),
            None => f.write_str("{}"),
        }
    }
}
