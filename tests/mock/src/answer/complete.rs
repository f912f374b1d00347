//! Records made to suit their answer's type.

use std::cell::RefCell;
use std::collections::HashMap;

use desk_spec::{Object, Schema, Spec};
use serde_json::{Map, Value};

use crate::answer::synthesize::Synthesizer;
use crate::records::Shown;
use crate::spec::shape::{elements, nullable, objects};

/// The types that a record may be of.
#[derive(Debug)]
pub(crate) struct Types<'a> {
    spec: &'a Spec,
    candidates: Vec<&'a Object>,
    /// The types of related records, by the field that they are in; worked out once for all of a page.
    related: RefCell<HashMap<String, Vec<&'a Object>>>,
}

impl<'a> Types<'a> {
    /// The object types behind these, unions opened.
    pub(crate) fn new(spec: &'a Spec, schemas: &[&'a Schema]) -> Self {
        let candidates = schemas.iter().flat_map(|schema| objects(spec, schema)).collect();
        Self { spec, candidates, related: RefCell::default() }
    }

    /// Adds the required fields that the record lacks: `null` where that is declared, else a synthesised value. Related
    /// records keep only their declared fields.
    pub(crate) fn complete(&self, synthesizer: &Synthesizer<'a>, shown: Shown) -> Map<String, Value> {
        let Shown { fields: mut record, related } = shown;
        for name in related {
            self.trim(&name, &mut record);
        }
        // Unions of records have no discriminator: the type that knows most of the record's keys is meant.
        let best = match self.candidates.as_slice() {
            [] => return record,
            [only] => *only,
            [first, others @ ..] => {
                let knows = |object: &&Object| record.keys().filter(|key| object.fields.contains_key(*key)).count();
                others.iter().fold(*first, |best, next| if knows(next) > knows(&best) { *next } else { best })
            }
        };
        for name in &best.required {
            let Some(field) = best.fields.get(name).filter(|_| !record.contains_key(name)) else { continue };
            let value = if nullable(self.spec, field) { Value::Null } else { synthesizer.value(field, name) };
            record.insert(name.clone(), value);
        }
        record
    }

    /// Leaves the keys of a related record, or of those in a list, that a type declares.
    fn trim(&self, name: &str, record: &mut Map<String, Value>) {
        let Some(value) = record.get_mut(name) else { return };
        let types = || {
            let fields = self.candidates.iter().filter_map(|object| object.fields.get(name));
            let types = fields.flat_map(|field| [vec![field], elements(self.spec, field)].concat());
            types.flat_map(|schema| objects(self.spec, schema)).collect()
        };
        let mut related = self.related.borrow_mut();
        let inner = related.entry(name.to_owned()).or_insert_with(types);
        if !inner.is_empty() {
            keep_declared(inner, value);
        }
    }
}

fn keep_declared(types: &[&Object], value: &mut Value) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(|value| keep_declared(types, value)),
        Value::Object(record) => record.retain(|name, _| types.iter().any(|object| object.fields.contains_key(name))),
        _ => {}
    }
}
