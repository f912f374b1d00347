//! The fields of a record that is to be sent.

use std::fmt;

use serde_json::{Map, Value};

use super::{ToValue, list};

/// Fields that were set, by wire name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fields(Map<String, Value>);

impl Fields {
    pub(crate) fn set<T: ToValue>(mut self, name: &str, value: impl Into<T>) -> Self {
        self.0.insert(name.to_owned(), value.into().to_value());
        self
    }

    pub(crate) fn set_list<T: ToValue>(mut self, name: &str, values: impl IntoIterator<Item = impl Into<T>>) -> Self {
        self.0.insert(name.to_owned(), list::<T>(values));
        self
    }

    pub(crate) fn undeclared(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.0.insert(name.into(), value.into());
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
