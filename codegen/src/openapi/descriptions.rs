//! What types and fields mean, in sentences of people.

use std::collections::BTreeMap;

use super::document::Schema;
use crate::model::{Model, Origin};

/// Sentences about the named types of the spec.
#[derive(Debug, Default)]
pub struct Descriptions<'a> {
    /// For each type, the record that describes the same thing.
    records: BTreeMap<&'a str, &'a str>,
    model: Option<&'a Model>,
}

impl<'a> Descriptions<'a> {
    /// What the model knows of the records.
    pub fn of(model: &'a Model) -> Self {
        let types = model.records.iter().filter_map(|record| match &record.origin {
            Origin::Types(types) => Some(types.iter().map(|name| (name.as_str(), record.name.as_str()))),
            _ => None,
        });
        Self { records: types.flatten().collect(), model: Some(model) }
    }

    /// Describes a type and its fields.
    pub(super) fn describe(&self, name: &str, schema: &mut Schema) {
        let (Some(model), Some(record)) = (self.model, self.records.get(name)) else { return };
        schema.description = model.meanings.record(record).map(str::to_owned);
        for (wire, field) in schema.properties.iter_mut().flatten() {
            field.description = model.meanings.field(record, wire).map(str::to_owned);
        }
    }
}
