//! Which operation a method and a path belong to.

use crate::generated::routes::ROUTES;
use crate::operation::{Method, Operation, Risk};
use crate::scope::Scope;

/// The operation that a request for this path belongs to, whether its family is enabled or not. As in the service,
/// literal parts take precedence over parameters. Parts are compared decoded and without regard to case: whatever a
/// server may take for an operation is judged as that operation.
pub(crate) fn find(method: Method, segments: &[String]) -> Option<&'static Operation> {
    let matching = ROUTES.iter().filter(|route| route.method == method && suits(route.path, segments));
    matching.min_by(|a, b| parameters(a.path).cmp(parameters(b.path)))
}

fn suits(template: &str, segments: &[String]) -> bool {
    let mut steps = template.split('/').skip(1);
    let mut given = segments.iter();
    loop {
        match (steps.next(), given.next()) {
            (None, None) => return true,
            (Some(step), Some(segment)) if fits(step, segment) => {}
            _ => return false,
        }
    }
}

/// Whether a part equals the literal, or is a value of the parameter, which may require a certain start.
fn fits(step: &str, segment: &str) -> bool {
    match step.split_once('{') {
        Some((prefix, _)) => {
            segment.len() > prefix.len()
                && segment.get(..prefix.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(prefix))
        }
        None => step.eq_ignore_ascii_case(segment),
    }
}

/// For each part of a template, whether it is a parameter.
fn parameters(template: &str) -> impl Iterator<Item = bool> {
    template.split('/').map(|step| step.contains('{'))
}

/// An entry of the table of routes: only what is needed to judge a call by its path.
pub(crate) const fn route(
    id: &'static str,
    method: Method,
    path: &'static str,
    scopes: &'static [&'static [Scope]],
    risk: Risk,
) -> Operation {
    Operation { id, method, path, scopes, risk, ..Operation::of("") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(method: Method, path: &str) -> Option<&'static str> {
        let segments: Vec<String> = path.split('/').skip(1).map(str::to_owned).collect();
        find(method, &segments).map(|operation| operation.id)
    }

    #[test]
    fn words_count_before_parameters() {
        assert_eq!(found(Method::Get, "/api/v1/tickets/7"), Some("get_ticket"));
        assert_eq!(found(Method::Get, "/api/v1/tickets/search"), Some("search_tickets"));
        assert_eq!(found(Method::Get, "/API/v1/Tickets/SEARCH"), Some("search_tickets"));
        assert_eq!(found(Method::Get, "/api/v1/cm_assets/7"), Some("get_record"));
        assert_eq!(found(Method::Delete, "/api/v1/tickets/search/7/8"), None);
        assert_eq!(found(Method::Post, "/api/v1/appointments"), None, "no module of one's own");
    }

    #[test]
    fn every_operation_is_found_by_its_own_path() {
        for operation in crate::operations().filter(|operation| operation.alias_of.is_none()) {
            let path = operation.path.replace("{moduleApiName}", "cm_assets");
            assert_eq!(found(operation.method, &path), Some(operation.id));
        }
    }
}
