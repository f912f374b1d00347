//! Whether granted scopes cover the needed ones: this server's own judgement, from the texts alone.
//!
//! It must not share code with the SDK, so that each checks the other.

use std::collections::BTreeSet;

/// The endings that are operations; anything else at the end of a scope is a part of its area.
const OPERATIONS: [&str; 7] = ["read", "create", "update", "delete", "all", "write", "custom"];

/// Whether one of the alternatives is covered whole. No alternatives: any token will do.
pub(crate) fn cover(alternatives: &[Vec<String>], granted: &[String]) -> bool {
    alternatives.is_empty() || alternatives.iter().any(|set| set.iter().all(|needed| covers(needed, granted)))
}

/// Whether the granted scopes together cover one needed scope.
fn covers(needed: &str, granted: &[String]) -> bool {
    let (area, operation) = split(needed);
    let has = held(&area, granted);
    let has = |operation: &str| has.contains(operation);
    if has("all") || has(&operation) {
        return true;
    }
    let create = has("create") || has("write");
    let update = has("update") || has("write");
    match operation.as_str() {
        "create" => create,
        "update" => update,
        "write" => create && update,
        "all" => has("read") && create && update && has("delete"),
        _ => false,
    }
}

/// The operations granted on an area, or on an area that it lies in.
fn held(area: &str, granted: &[String]) -> BTreeSet<String> {
    let around = |outer: &str| area == outer || area.strip_prefix(outer).is_some_and(|rest| rest.starts_with('.'));
    let scopes = granted.iter().map(|scope| split(scope));
    scopes.filter(|(outer, _)| around(outer)).map(|(_, operation)| operation).collect()
}

/// Area and operation in lower case; a scope without an operation means its own one, custom.
fn split(scope: &str) -> (String, String) {
    let scope = scope.trim().to_lowercase();
    match scope.rsplit_once('.') {
        Some((area, operation)) if OPERATIONS.contains(&operation) => (area.to_owned(), operation.to_owned()),
        _ => (scope, "custom".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_needed_scope() {
        let table: &[(&str, &[&str], bool)] = &[
            ("Desk.tickets.READ", &["Desk.tickets.READ"], true),
            ("Desk.tickets.READ", &["desk.TICKETS.read"], true),
            ("Desk.tickets.READ", &["Desk.tickets.ALL"], true),
            ("Desk.tickets.READ", &["Desk.tickets.WRITE"], false),
            ("Desk.tickets.READ", &["Desk.tickets.UPDATE"], false),
            ("Desk.tickets.READ", &["Desk.ticketsother.READ"], false),
            ("Desk.tickets.READ", &["Desk.contacts.ALL"], false),
            ("Desk.tickets.READ", &[], false),
            ("Desk.tickets.CREATE", &["Desk.tickets.WRITE"], true),
            ("Desk.tickets.UPDATE", &["Desk.tickets.WRITE"], true),
            ("Desk.tickets.DELETE", &["Desk.tickets.WRITE"], false),
            ("Desk.tickets.WRITE", &["Desk.tickets.WRITE"], true),
            ("Desk.tickets.WRITE", &["Desk.tickets.ALL"], true),
            ("Desk.tickets.WRITE", &["Desk.tickets.CREATE", "Desk.tickets.UPDATE"], true),
            ("Desk.tickets.WRITE", &["Desk.tickets.UPDATE"], false),
            ("Desk.tickets.ALL", &["Desk.tickets.ALL"], true),
            ("Desk.tickets.ALL", &["Desk.tickets.READ", "Desk.tickets.WRITE", "Desk.tickets.DELETE"], true),
            ("Desk.tickets.ALL", &["Desk.tickets.READ", "Desk.tickets.CREATE", "Desk.tickets.UPDATE"], false),
            ("Desk.activities.calls.READ", &["Desk.activities.READ"], true),
            ("Desk.activities.READ", &["Desk.activities.calls.READ"], false),
            ("Desk.imports.CUSTOM", &["Desk.imports"], true),
            ("Desk.imports.CUSTOM", &["Desk.imports.ALL"], true),
            ("Desk.imports.CUSTOM", &["Desk.imports.READ"], false),
        ];
        for (needed, granted, expected) in table {
            let granted: Vec<String> = granted.iter().map(|scope| (*scope).to_owned()).collect();
            assert_eq!(covers(needed, &granted), *expected, "{needed} with {granted:?}");
        }
    }

    #[test]
    fn alternatives_of_whole_sets() {
        let set = |scopes: &[&str]| scopes.iter().map(|scope| (*scope).to_owned()).collect::<Vec<_>>();
        let needed = [set(&["Desk.search.READ", "Desk.tickets.READ"]), set(&["Desk.basic.READ"])];
        assert!(cover(&needed, &set(&["Desk.basic.READ"])));
        assert!(cover(&needed, &set(&["Desk.tickets.ALL", "Desk.search.READ"])));
        assert!(!cover(&needed, &set(&["Desk.tickets.ALL"])));
        assert!(cover(&[], &[]));
    }
}
