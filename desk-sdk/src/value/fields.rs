//! The fields of a record to send.

use std::fmt;

use serde_json::{Map, Value};

use super::{Given, Setting, Written};
use crate::invalid_call::BrokenRule;

/// The fields that were set, by wire name.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Fields {
    values: Map<String, Value>,
    /// The first that there is no JSON for.
    unwritable: Option<Box<BrokenRule>>,
}

impl Fields {
    pub(crate) fn set(mut self, name: impl Into<String>, given: Given) -> Self {
        match given {
            Given::Value(value) => drop(self.values.insert(name.into(), value)),
            Given::Unwritable(broken) => {
                self.unwritable.get_or_insert_with(|| Box::new(broken.within(&name.into())));
            }
            Given::Keep | Given::Files(_) | Given::Bytes(_) => {}
        }
        self
    }

    pub(crate) fn into_value(self) -> Written {
        match self.unwritable {
            None => Ok(Value::Object(self.values)),
            Some(broken) => Err(broken),
        }
    }

    pub(crate) fn debug(&self, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct(name);
        for (key, value) in &self.values {
            debug.field(key, &format_args!("{value}"));
        }
        if let Some(broken) = &self.unwritable {
            debug.field(&broken.name, &format_args!("{}", broken.rule));
        }
        debug.finish()
    }
}

/// Sets a field to what a setter was given: all that a setter does.
pub(crate) fn set<T: Setting>(fields: Fields, name: &'static str, value: impl Into<T>) -> Fields {
    fields.set(name, value.into().given())
}
