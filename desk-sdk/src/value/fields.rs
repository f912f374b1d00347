//! The fields of a record to send.

use std::fmt;

use serde_json::{Map, Value};

use super::Given;

/// The fields that were set, by wire name.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Fields(Map<String, Value>);

impl Fields {
    pub(crate) fn set(mut self, name: impl Into<String>, given: Given) -> Self {
        if let Given::Value(value) = given {
            self.0.insert(name.into(), value);
        }
        self
    }

    pub(crate) fn into_value(self) -> Value {
        Value::Object(self.0)
    }

    pub(crate) fn debug(&self, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct(name);
        for (key, value) in &self.0 {
            debug.field(key, &format_args!("{value}"));
        }
        debug.finish()
    }
}
