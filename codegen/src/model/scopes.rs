//! The scopes that operations name, as constants.

use std::collections::{BTreeMap, BTreeSet};

use crate::API;
use crate::api::Scope;
use crate::diagnostic::{Diagnostic, Diagnostics, Location};
use crate::load::Loaded;

/// How many areas fit into the byte that tells them apart.
const AREAS: usize = 256;

/// Every scope that an operation names, sorted.
pub(super) fn all(loaded: &Loaded, diagnostics: &mut Diagnostics) -> BTreeSet<Scope> {
    let grammar = &loaded.api.scopes;
    let texts = loaded.spec.operations.iter().flat_map(|listed| listed.operation.scopes.iter().flatten());
    let scopes: BTreeSet<Scope> = texts.filter_map(|text| grammar.parse(text)).collect();
    let location = || Location::key(API, &["scopes"]);
    let mut names = BTreeMap::new();
    for scope in &scopes {
        if let Some(other) = names.insert(grammar.constant(scope), scope) {
            let problem = format!("{} and {} have the same constant", grammar.text(other), grammar.text(scope));
            let help = "correct the scopes of one of the operations: such names are too alike to be told apart";
            diagnostics.push(Diagnostic::new(location(), problem, help));
        }
    }
    let areas: BTreeSet<&str> = scopes.iter().map(|scope| scope.area.as_str()).collect();
    if areas.len() > AREAS {
        let problem = format!("operations name {} areas, of which {AREAS} can be told apart", areas.len());
        diagnostics.push(Diagnostic::new(location(), problem, "say with `form` which part of a scope is the action"));
    }
    scopes
}
