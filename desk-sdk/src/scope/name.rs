//! The name of a scope, and its parts.

use crate::api::Action;
use crate::generated::api::SCOPES;
use crate::generated::scopes::AREAS;

/// Whether two names are the same.
pub(super) fn same(one: &str, other: &str) -> bool {
    if SCOPES.ignore_case { one.eq_ignore_ascii_case(other) } else { one == other }
}

/// What tells names apart.
pub(super) fn key(name: &str) -> String {
    if SCOPES.ignore_case { name.to_ascii_lowercase() } else { name.to_owned() }
}

/// Area and action of a scope, by its form alone; without an action, the whole scope is the area.
pub(super) fn parts(scope: &str) -> (&str, &str) {
    let parts = SCOPES.separator.and_then(|separator| match SCOPES.action_first {
        true => scope.split_once(separator).map(|(action, area)| (area, action)),
        false => scope.rsplit_once(separator),
    });
    parts.unwrap_or((scope, ""))
}

/// Area and action, as a scope is written.
pub(super) fn written(area: &str, action: &str) -> String {
    match SCOPES.separator.filter(|_| !action.is_empty()) {
        Some(separator) if SCOPES.action_first => [action, separator, area].concat(),
        Some(separator) => [area, separator, action].concat(),
        None => area.to_owned(),
    }
}

/// Area and action of a scope, if it names one that is known.
pub(super) fn named(scope: &str) -> Option<(&str, &'static Action)> {
    let (area, action) = parts(scope);
    let known = SCOPES.actions.iter().find(|known| !known.name.is_empty() && same(known.name, action));
    known.map(|known| (area, known))
}

/// Area and verbs of a granted scope. Without an action, the whole scope is the area, and its own action is meant.
pub(super) fn granted(scope: &str) -> (&str, u8) {
    let own = || SCOPES.actions.iter().find(|action| action.needs == SCOPES.without_action);
    let (area, action) = named(scope).map_or((scope, own()), |(area, action)| (area, Some(action)));
    (area, action.map_or(0, |action| action.grants))
}

/// Area and verbs of a needed scope: one that is short for several is those.
pub(super) fn needed(scope: &str) -> (&str, u8) {
    named(scope).map_or((scope, SCOPES.without_action), |(area, action)| (area, action.needs))
}

/// Whether an area is the outer one or lies within it.
pub(super) fn within(inner: &str, outer: &str) -> bool {
    is_inside(inner, outer) || includes(outer).any(|included| is_inside(inner, included))
}

/// Whether an area is the outer one or lies within it by its name.
fn is_inside(inner: &str, outer: &str) -> bool {
    let (head, rest) = (inner.get(..outer.len()), inner.get(outer.len()..));
    head.is_some_and(|head| same(head, outer)) && rest.is_some_and(|rest| rest.is_empty() || nests(outer, rest))
}

/// Whether what follows an area is an area within it.
fn nests(outer: &str, rest: &str) -> bool {
    // The product alone is no area.
    SCOPES
        .nested_by
        .is_some_and(|separator| rest.starts_with(separator) && (SCOPES.product.is_none() || outer.contains(separator)))
}

/// The areas that an outer one holds for although their names do not tell.
fn includes(outer: &str) -> impl Iterator<Item = &'static str> {
    let listed = SCOPES.includes.iter().filter(move |(area, _)| same(area, outer));
    listed.flat_map(|(_, inner)| inner.iter().copied())
}

/// An area and those around it, from the inside out.
pub(super) fn around(area: &'static str) -> Vec<&'static str> {
    let mut found = vec![area];
    let mut inner = area;
    while let Some((outer, _)) = SCOPES.nested_by.and_then(|separator| inner.rsplit_once(separator)) {
        if !is_inside(inner, outer) {
            break;
        }
        found.push(outer);
        inner = outer;
    }
    let others = SCOPES.includes.iter().map(|(outer, _)| *outer);
    let others: Vec<&str> = others.filter(|outer| !found.contains(outer) && within(area, outer)).collect();
    found.extend(others);
    found
}

/// An area as the API's description writes it; the text itself if no operation needs that area.
pub(super) fn area_as_written(area: &str) -> &str {
    let known = AREAS.iter().find(|known| is_inside(known, area));
    known.and_then(|known| known.get(..area.len())).unwrap_or(area)
}

/// A scope as the API's description writes it, where area and action are known.
pub(super) fn as_written(scope: &str) -> String {
    match named(scope) {
        Some((area, action)) => written(area_as_written(area), action.name),
        None => area_as_written(scope).to_owned(),
    }
}
