//! OpenAPI operations → spec operations.

use heck::ToSnakeCase;

use super::security::Security;
use super::servers::Server;
use super::tree::Node;
use super::{Fix, Importer, openapi, paging, risk, shapes};
use crate::spec::{Answer, Method, Operation, Status};

/// What an operation is surrounded by.
#[derive(Clone, Copy)]
pub(super) struct Place<'n, 's> {
    pub(super) file: &'n str,
    /// The document whose paths lead to it.
    pub(super) root: &'n Node<'n>,
    pub(super) server: &'s Server,
}

impl<'n> Importer<'n> {
    /// The spec's operation for one method of a path; none if it cannot be read, which is an error.
    pub(super) fn operation(
        &mut self,
        method: Method,
        path: &'n str,
        node: &'n Node<'n>,
        shared: &'n [Node<'n>],
        place: Place<'n, '_>,
    ) -> Option<Operation> {
        node.entries().or_else(|| {
            self.fail(place.file, node.at(), format!("{} instead of an operation", node.kind()));
            None
        })?;
        let Place { file, root, server } = place;
        let keys = self.keys(node, file, &openapi::OPERATION);
        let upstream_id = self.text(keys, "operationId").unwrap_or_default();
        let id = match id(upstream_id) {
            Some(id) => id,
            None => {
                let made = id(&format!("{method} {path}")).unwrap_or_else(|| "operation".to_owned());
                let problem = format!("`operationId` has no letters or digits; the operation is called {made}");
                self.note(file, node.at(), problem, Fix::Name);
                made
            }
        };
        let own = self.server(node, server, file);
        if own != *server {
            self.same_host(&own, node, file);
        }
        let path = self.whole_path(&own.prefix, path, node, file);
        let own_parameters = self.list(keys, "parameters");
        let (parameters, organization) = self.parameters(own_parameters, shared, file);
        let responses = self.object(keys, "responses").and_then(Node::entries).unwrap_or_default();
        let answers = self.answers(responses, node, file);
        let body = node.get("requestBody").and_then(|body| self.body(body, method, file));
        let mut errors: Vec<Status> = responses.iter().filter_map(|entry| entry.key.parse().ok()).collect();
        errors.retain(|status| *status >= 300);
        errors.sort_unstable();
        errors.dedup();
        let Security { scopes, cookie_only } = self.security(node, root, file);
        let mut operation = Operation {
            method,
            summary: self.text(keys, "summary").unwrap_or_default().trim().to_owned(),
            scopes,
            doubtful_scopes: false,
            cookie_only,
            risk: risk::of(method, &path, upstream_id),
            path,
            organization,
            undocumented_query: false,
            body,
            error_in_success: false,
            errors,
            paging: None,
            deprecated: self.flag(keys, "deprecated") == Some(true),
            discovers_organization: false,
            alias_of: None,
            upstream_id: Some(upstream_id.to_owned()).filter(|id| !id.is_empty()),
            id,
            parameters,
            answers,
        };
        if let Some(Answer::Json(answer)) = operation.main_answer().cloned() {
            operation.error_in_success =
                self.branches(&answer, 0).iter().any(|branch| shapes::is_error(branch, &self.api.errors));
            let key = self.list_key(&answer);
            operation.paging = key.and_then(|key| paging::of(&operation.parameters, &self.api.paging, key));
        }
        Some(operation)
    }

    /// The path with what the server puts before it.
    fn whole_path(&mut self, prefix: &str, path: &str, node: &'n Node<'n>, file: &'n str) -> String {
        if !prefix.is_empty() && path.strip_prefix(prefix).is_some_and(|rest| rest.starts_with('/')) {
            let problem = format!("the server's {prefix} is already in the path; it stands there once");
            self.note(file, node.at(), problem, Fix::Change("path", format!("\"{prefix}{path}\"")));
            return path.to_owned();
        }
        format!("{prefix}{path}")
    }
}

/// The id for a name in the OpenAPI files; none if it has no letters or digits.
fn id(upstream: &str) -> Option<String> {
    let id: String = upstream.to_snake_case().chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
    let id = if id.starts_with(|c: char| c.is_ascii_digit()) { format!("op_{id}") } else { id };
    id.starts_with(|c: char| c.is_ascii_lowercase()).then_some(id)
}
