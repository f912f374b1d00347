//! Names that an expectation may use: what the operation does not have can never come.

use desk_spec::{Operation, ParameterPlace};
use serde_json::Value;

use crate::common::likely::hint;
use crate::desk::Desk;
use crate::judge::check::{self, Undeclared};
use crate::judge::organization::ORG_ID;
use crate::judge::route::RouteId;

/// The place of a path parameter among those of the operation's path.
pub(super) fn path(operation: &Operation, name: &str) -> Result<usize, String> {
    operation.path_names().position(|known| known == name).ok_or_else(|| {
        let hint = hint(operation.path_names(), name);
        format!("{} has no path parameter {name:?}{hint}", operation.id)
    })
}

/// Any of the operations on a route may have the query parameter.
pub(super) fn query(desk: &Desk, route: RouteId, name: &str) -> Result<(), String> {
    let mut id = "";
    let mut known = vec![ORG_ID];
    for operation in desk.operations(route) {
        if operation.undocumented_query {
            return Ok(());
        }
        let of_query = operation.parameters.iter().filter(|parameter| parameter.place == ParameterPlace::Query);
        known.extend(of_query.map(|parameter| parameter.name.as_str()));
        id = if id.is_empty() { &operation.id } else { id };
    }
    if known.contains(&name) {
        return Ok(());
    }
    Err(format!("{id} has no query parameter {name:?}{}", hint(known, name)))
}

/// Any of the operations on a route may declare the body's fields.
pub(super) fn body(desk: &Desk, route: RouteId, part: &Value) -> Result<(), String> {
    let mut first = None;
    for operation in desk.operations(route) {
        let wrong = match operation.body.as_ref().and_then(|body| body.json.as_ref()) {
            None => format!("{} has no JSON body", operation.id),
            Some(schema) => match check::undeclared(desk.spec(), schema, part) {
                Some(message) if desk.settings().undeclared() == Undeclared::Refused => {
                    format!("the body of {}: {message}", operation.id)
                }
                _ => return Ok(()),
            },
        };
        first.get_or_insert(wrong);
    }
    first.map_or(Ok(()), Err)
}
