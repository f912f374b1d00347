//! Helpers for the spec's types.

use desk_spec::{Kind, Object, Scalar, Schema, Spec};
use serde_json::Value;

/// The shape behind a type, with names resolved.
pub(crate) fn follow<'a>(spec: &'a Spec, schema: &'a Schema) -> &'a Schema {
    spec.resolve(schema).unwrap_or(schema)
}

/// Whether `null` is declared, at the type or behind any of its names.
pub(crate) fn nullable(spec: &Spec, schema: &Schema) -> bool {
    let mut schema = schema;
    // Names cannot be circular in a checked spec; the bound is for an unchecked one.
    for _ in 0..=spec.types.len() {
        if schema.nullable {
            return true;
        }
        match schema.name().and_then(|name| spec.types.get(name)) {
            Some(target) => schema = target,
            None => return false,
        }
    }
    false
}

/// Whether it is the error object that some successes declare beside their result.
pub(crate) fn is_error(spec: &Spec, schema: &Schema) -> bool {
    matches!(&follow(spec, schema).kind, Kind::Object(object) if object.fields.contains_key("errorCode"))
}

/// The branches of a union that are results.
pub(crate) fn results<'a>(spec: &'a Spec, branches: &'a [Schema]) -> impl Iterator<Item = &'a Schema> {
    let all_errors = branches.iter().all(|branch| is_error(spec, branch));
    branches.iter().filter(move |branch| all_errors || !is_error(spec, branch))
}

/// The object types that a value of this type may have, including those in unions.
pub(crate) fn objects<'a>(spec: &'a Spec, schema: &'a Schema) -> Vec<&'a Object> {
    match &follow(spec, schema).kind {
        Kind::Object(object) => vec![object],
        Kind::Union(branches) => results(spec, branches).flat_map(|branch| objects(spec, branch)).collect(),
        _ => Vec::new(),
    }
}

/// The element types that a list of this type may have, including those in unions.
pub(crate) fn elements<'a>(spec: &'a Spec, schema: &'a Schema) -> Vec<&'a Schema> {
    match &follow(spec, schema).kind {
        Kind::List(of) => vec![of],
        Kind::Union(branches) => results(spec, branches).flat_map(|branch| elements(spec, branch)).collect(),
        _ => Vec::new(),
    }
}

/// The branch of a union that fits a value best; the first of equals. Branches overlap: the keys decide.
pub(crate) fn branch<'a>(spec: &'a Spec, branches: &'a [Schema], value: &Value) -> Option<&'a Schema> {
    let rated = results(spec, branches).filter_map(|branch| Some((likeness(spec, branch, value)?, branch)));
    rated.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, branch)| branch)
}

/// How well a value fits a type; None if it does not. For a list, the first element decides.
fn likeness(spec: &Spec, schema: &Schema, value: &Value) -> Option<usize> {
    match (&follow(spec, schema).kind, value) {
        (Kind::Object(object), Value::Object(map)) => {
            Some(1 + map.keys().filter(|key| object.fields.contains_key(*key)).count())
        }
        (Kind::List(of), Value::Array(list)) => {
            Some(1 + list.first().and_then(|first| likeness(spec, of, first)).unwrap_or_default())
        }
        (Kind::Map(_), Value::Object(_)) => Some(1),
        (Kind::Union(branches), value) => {
            results(spec, branches).filter_map(|branch| likeness(spec, branch, value)).max()
        }
        (Kind::Scalar(Scalar::Any), _) => Some(0),
        (Kind::Scalar(Scalar::Boolean), Value::Bool(_)) => Some(1),
        (Kind::Scalar(Scalar::Integer | Scalar::Number), Value::Number(_)) => Some(1),
        (Kind::Scalar(Scalar::Boolean | Scalar::Integer | Scalar::Number), _) => None,
        (Kind::Scalar(_), Value::String(_)) => Some(1),
        _ => None,
    }
}
