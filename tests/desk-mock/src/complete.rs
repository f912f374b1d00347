//! Records filled up to what their answer's type declares.

use desk_spec::Spec;
use desk_spec::{Object, Schema};
use serde_json::{Map, Value};

use crate::shape::{nullable, objects};
use crate::synthesize::Synthesizer;

/// Adds the required fields that the record lacks: `null` where that is declared, else a synthesised value.
pub(crate) fn complete<'a>(
    spec: &'a Spec,
    synthesizer: &Synthesizer<'a>,
    types: &[&'a Schema],
    mut record: Map<String, Value>,
) -> Map<String, Value> {
    let candidates = types.iter().flat_map(|schema| objects(spec, schema));
    // Unions of records have no discriminator: the type that knows most of the record's keys is meant.
    let knows = |object: &&'a Object| record.keys().filter(|key| object.fields.contains_key(*key)).count();
    let Some(object) = candidates.reduce(|best, next| if knows(&next) > knows(&best) { next } else { best }) else {
        return record;
    };
    for (name, field) in &object.fields {
        if object.required.contains(name) && !record.contains_key(name) {
            let value = if nullable(spec, field) { Value::Null } else { synthesizer.value(field, name) };
            record.insert(name.clone(), value);
        }
    }
    record
}
