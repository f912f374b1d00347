//! Paths with values in their places.

use std::borrow::Cow;

use serde_json::Value;

use crate::call::Call;
use crate::invalid_call::BrokenRule;

/// The value that turns the path into another operation's.
pub(super) fn other(call: &Call) -> Option<BrokenRule> {
    let own = || call.operation.path.split('/').zip(segments(call));
    let alike = |((own, value), theirs): ((&str, Cow<'_, str>), &str)| {
        theirs.starts_with('{') || (if own.starts_with('{') { &value } else { own }).eq_ignore_ascii_case(theirs)
    };
    let other = call.operation.other_paths.iter().find(|other| own().zip(other.split('/')).all(alike))?;
    let literal =
        own().zip(other.split('/')).find(|((own, _), theirs)| own.starts_with('{') && !theirs.starts_with('{'));
    let (name, value) = literal.map_or(("path", Cow::from("")), |((own, value), _)| (own, value));
    let rule = format!("another text, because this one turns the path into that of another operation ({other})");
    Some(BrokenRule::new(name.trim_matches(['{', '}']), &Value::from(&*value), rule))
}

/// Whether a text stays one part of a path: an empty one would turn it into another operation's, and so would one that
/// is dots alone once what addresses drop is gone from it.
pub(super) fn is_segment(text: &str) -> bool {
    !text.chars().any(char::is_control) && !matches!(text.trim(), "" | "." | "..")
}

/// The parts of the path with the values in their places.
fn segments(call: &Call) -> impl Iterator<Item = Cow<'_, str>> {
    call.operation.path.split('/').map(|step| {
        let name = step.strip_prefix('{').and_then(|step| step.strip_suffix('}'));
        match name.and_then(|name| call.parameters.get(name)) {
            Some(Value::String(text)) => text.into(),
            Some(other) => other.to_string().into(),
            None => step.into(),
        }
    })
}
