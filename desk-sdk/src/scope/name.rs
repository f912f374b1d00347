//! The name of a scope, and its parts.

use super::{CUSTOM, VERBS};
use crate::generated::scopes::AREAS;

const EVERYTHING: u8 = u8::MAX;

/// The verbs that a granted action covers; none if it is not an action.
pub(super) fn granted_by(action: &str) -> u8 {
    if action.eq_ignore_ascii_case("ALL") { EVERYTHING } else { needed_by(action).unwrap_or_default() }
}

/// The verbs that a needed action consists of.
fn needed_by(action: &str) -> Option<u8> {
    VERBS.iter().find(|(word, _)| word.eq_ignore_ascii_case(action)).map(|(_, verbs)| *verbs)
}

/// Area and verbs of a granted scope. Without an OP at its end, the whole scope is the area, and its own OP is meant.
pub(super) fn granted(scope: &str) -> (&str, u8) {
    let Some((area, end)) = scope.rsplit_once('.') else { return (scope, CUSTOM) };
    match granted_by(end) {
        0 => (scope, CUSTOM),
        verbs => (area, verbs),
    }
}

/// Area and verbs of a needed scope: an `ALL` there is the four common ones.
pub(super) fn needed(scope: &str) -> (&str, u8) {
    let Some((area, end)) = scope.rsplit_once('.') else { return (scope, CUSTOM) };
    needed_by(end).map_or((scope, CUSTOM), |verbs| (area, verbs))
}

/// Whether an area is the outer one or lies within it.
pub(super) fn within(inner: &str, outer: &str) -> bool {
    let head = inner.get(..outer.len());
    let rest = inner.get(outer.len()..);
    head.is_some_and(|head| head.eq_ignore_ascii_case(outer))
        && rest.is_some_and(|rest| rest.is_empty() || (rest.starts_with('.') && outer.contains('.')))
}

/// An area as the API's description writes it; the text itself if no operation needs that area.
pub(super) fn area_as_written(area: &str) -> &str {
    let known = AREAS.iter().find(|known| within(known, area));
    known.and_then(|known| known.get(..area.len())).unwrap_or(area)
}

/// A scope as the API's description writes it, where area and OP are known.
pub(super) fn as_written(scope: &str) -> String {
    let action = scope.rsplit_once('.').filter(|(_, end)| granted_by(end) != 0);
    match action {
        Some((area, action)) => format!("{}.{}", area_as_written(area), action.to_ascii_uppercase()),
        None => area_as_written(scope).to_owned(),
    }
}
