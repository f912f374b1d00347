//! A value of the wrong kind.

use desk_spec::{Kind, Scalar, Schema, Spec};
use serde_json::{Value, json};

use crate::exchange::refusal::pointer;
use crate::spec::shape::{branch, follow};

/// A single value whose kind is declared.
#[derive(Debug)]
struct Single {
    /// JSON Pointer.
    at: String,
    depth: usize,
    required: bool,
}

/// Replaces the deepest single value of a declared kind with an object, and returns whether there was one. Required
/// values take precedence, then the first.
pub(crate) fn spoil(spec: &Spec, schema: &Schema, value: &mut Value) -> bool {
    let mut found = Vec::new();
    find(spec, schema, value, &Single { at: String::new(), depth: 0, required: true }, &mut found);
    let best = found.into_iter().reduce(|best, next| {
        let deeper = (next.depth, next.required) > (best.depth, best.required);
        if deeper { next } else { best }
    });
    let Some(spoilt) = best.and_then(|best| value.pointer_mut(&best.at)) else { return false };
    *spoilt = json!({ "unexpected": [{}] });
    true
}

/// Adds the single values below a place.
fn find(spec: &Spec, schema: &Schema, value: &Value, place: &Single, found: &mut Vec<Single>) {
    let below = |step: &str, required| Single { at: pointer(&place.at, step), depth: place.depth + 1, required };
    match (&follow(spec, schema).kind, value) {
        (Kind::Object(object), Value::Object(map)) => {
            for (name, value) in map {
                if let Some(field) = object.fields.get(name) {
                    find(spec, field, value, &below(name, object.required.contains(name)), found);
                }
            }
        }
        (Kind::List(of), Value::Array(list)) => {
            for (index, value) in list.iter().enumerate() {
                find(spec, of, value, &below(&index.to_string(), place.required), found);
            }
        }
        (Kind::Map(of), Value::Object(map)) if matches!(follow(spec, of).kind, Kind::Object(_)) => {
            for (name, value) in map {
                find(spec, of, value, &below(name, false), found);
            }
        }
        // A single value in a union may be read as any kind.
        (Kind::Union(branches), value) => match branch(spec, branches, value) {
            Some(branch) if !matches!(follow(spec, branch).kind, Kind::Scalar(_)) => {
                find(spec, branch, value, place, found);
            }
            _ => {}
        },
        (Kind::Scalar(Scalar::Any | Scalar::File), _) => {}
        (Kind::Scalar(_), _) => found.push(Single { at: place.at.clone(), ..*place }),
        _ => {}
    }
}
