//! Looking into the spec's types.

use desk_spec::{Kind, Object, Schema, Spec};

/// The shape behind a type, names followed.
pub(crate) fn follow<'a>(spec: &'a Spec, schema: &'a Schema) -> &'a Schema {
    spec.resolve(schema).unwrap_or(schema)
}

/// Whether `null` is declared, at the type or behind any of its names.
pub(crate) fn nullable(spec: &Spec, schema: &Schema) -> bool {
    let mut schema = schema;
    // Names cannot go in circles in a checked spec; the bound is for one that is not checked.
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

/// The object types that a value of this type may be; unions opened.
pub(crate) fn objects<'a>(spec: &'a Spec, schema: &'a Schema) -> Vec<&'a Object> {
    match &follow(spec, schema).kind {
        Kind::Object(object) => vec![object],
        Kind::Union(branches) => results(spec, branches).flat_map(|branch| objects(spec, branch)).collect(),
        _ => Vec::new(),
    }
}

/// The types of elements that a list of this type may have; unions opened.
pub(crate) fn elements<'a>(spec: &'a Spec, schema: &'a Schema) -> Vec<&'a Schema> {
    match &follow(spec, schema).kind {
        Kind::List(of) => vec![of],
        Kind::Union(branches) => results(spec, branches).flat_map(|branch| elements(spec, branch)).collect(),
        _ => Vec::new(),
    }
}
