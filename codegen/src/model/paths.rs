//! Other operations' paths that a text in an operation's path could produce.
//!
//! Where a path fits several templates, the one with a word where the others have a parameter wins, as it does in the
//! service: `/articles/search` is not the article of that name.

use std::collections::BTreeSet;

use crate::spec::{Kind, Operation, ParameterPlace, Scalar, Schema, Spec};

/// The templates of other routes that some text in the path parameters of `operation` turns its path into, sorted.
/// Those that the parameters' own rules exclude (ids are digits, a prefix, a list of values) are left out.
pub(super) fn others(spec: &Spec, operation: &Operation) -> Vec<String> {
    if !operation.path.contains('{') {
        return Vec::new();
    }
    let own = operation.route();
    let templates: BTreeSet<&str> = spec.operations.iter().map(|listed| listed.operation.path.as_str()).collect();
    let other = templates.into_iter().filter(|path| route(path) != own && reaches(spec, operation, path));
    other.map(str::to_owned).collect()
}

fn route(path: &str) -> String {
    let step = |step: &str| if step.starts_with('{') { "{}".to_owned() } else { step.to_owned() };
    path.split('/').map(step).collect::<Vec<_>>().join("/")
}

fn reaches(spec: &Spec, operation: &Operation, other: &str) -> bool {
    let (own, theirs): (Vec<&str>, Vec<&str>) = (operation.path.split('/').collect(), other.split('/').collect());
    let parameter = |step: &str| step.starts_with('{');
    let first_difference = own.iter().zip(&theirs).find(|(own, theirs)| parameter(own) != parameter(theirs));
    own.len() == theirs.len()
        && first_difference.is_some_and(|(own, _)| parameter(own))
        && own.iter().zip(&theirs).all(|(own, theirs)| {
            match own.strip_prefix('{').and_then(|own| own.strip_suffix('}')) {
                None => own.eq_ignore_ascii_case(theirs) || theirs.starts_with('{'),
                Some(_) if theirs.starts_with('{') => true,
                Some(name) => {
                    let declared = |place: ParameterPlace, known: &str| place == ParameterPlace::Path && known == name;
                    let parameter = operation.parameters.iter().find(|known| declared(known.place, &known.name));
                    parameter.is_none_or(|parameter| may_be(spec, &parameter.schema, theirs))
                }
            }
        })
}

/// Whether a value of the type may be this word.
fn may_be(spec: &Spec, schema: &Schema, word: &str) -> bool {
    let Some(schema) = spec.resolve(schema) else { return true };
    let rules = &schema.rules;
    let among = |words: &[String]| words.iter().any(|known| known.eq_ignore_ascii_case(word));
    let digits = word.bytes().all(|byte| byte.is_ascii_digit());
    match &schema.kind {
        Kind::Scalar(Scalar::Id | Scalar::Integer | Scalar::Number) => digits || among(&rules.words),
        _ if !rules.values.is_empty() && !rules.open => among(&rules.values) || among(&rules.words),
        _ => {
            let starts = |prefix: &String| word.to_lowercase().starts_with(&prefix.to_lowercase());
            rules.prefix.as_ref().is_none_or(starts)
        }
    }
}
