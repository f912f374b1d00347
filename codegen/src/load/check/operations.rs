//! Checks single operations.

use std::collections::HashSet;

use serde_json::json;

use super::{Checker, is_identifier, is_upstream};
use crate::diagnostic::Location;
use crate::near::near;
use crate::spec::{Answer, Kind, Operation, ParameterPlace};
use crate::visible::is_hidden;

impl Checker<'_> {
    pub(super) fn operation(&mut self, operation: &Operation) {
        let location = self.loaded.operation_location(&operation.id);
        if !is_identifier(&operation.id) {
            let help = "small letters, digits and underscores, starting with a letter";
            self.fail(location.join("id"), format!("{:?} is not an operation id", operation.id), help);
        }
        let unfit = |c: char| matches!(c, '?' | '#' | '\\') || c.is_whitespace() || is_hidden(c);
        if !operation.path.starts_with('/') || operation.path.contains(unfit) {
            let help = "a path starts with / and has no query, such as /api/v1/tickets/{ticketId}";
            self.fail(location.join("path"), format!("{:?} is not a path", operation.path), help);
        } else if operation.path.split('/').any(|step| step.contains(['{', '}']) && !is_whole_parameter(step)) {
            let help = "a part of a path is a literal or a parameter, such as /tickets/{ticketId}";
            self.fail(location.join("path"), format!("{:?} mixes literals and parameters", operation.path), help);
        }
        self.path_parameters(operation, location);
        self.parameters(operation, location);
        self.scopes(operation, location);
        self.body(operation, location);
        self.answers(operation, location);
        self.paging(operation, location);
        self.discovery(operation, location);
    }

    /// The client calls the operation that finds the organization by itself, and has no values for it.
    fn discovery(&mut self, operation: &Operation, location: &Location) {
        if !operation.discovers_organization {
            return;
        }
        let needed = operation.parameters.iter().enumerate().filter(|(_, parameter)| parameter.required);
        let needed = needed.map(|(index, parameter)| {
            (location.join("parameters").join(index.to_string()), format!("the parameter {}", parameter.name))
        });
        let body = operation.body.as_ref().filter(|body| body.required);
        let body = body.map(|_| (location.join("body"), "a body".to_owned()));
        for (location, what) in needed.chain(body).collect::<Vec<_>>() {
            let help = "the client calls it without any values: mark another operation with `discovers_organization`, \
                        or correct what is required";
            self.fail(location, format!("{} finds the organization, and requires {what}", operation.id), help);
        }
    }

    fn path_parameters(&mut self, operation: &Operation, location: &Location) {
        let declared =
            |name: &str| operation.parameters.iter().any(|p| p.place == ParameterPlace::Path && p.name == name);
        for name in operation.path_names().filter(|name| !declared(name)) {
            let declared = "\"in\": \"path\", \"required\": true, \"type\": \"id\"";
            let help = match is_upstream(location) {
                true => paste(operation, &format!("\"parameter\": {name:?}, \"add\": {{{declared}}}")),
                false => format!("add {{\"name\": {name:?}, {declared}}} to parameters"),
            };
            self.fail(location.join("path"), format!("path parameter {{{name}}} is not declared"), help);
        }
        for (index, parameter) in operation.parameters.iter().enumerate() {
            if parameter.place == ParameterPlace::Path && !operation.path_names().any(|name| name == parameter.name) {
                let location = location.join("parameters").join(index.to_string()).join("name");
                let help = format!("the path is {}", operation.path);
                self.fail(location, format!("the path has no {{{}}}", parameter.name), help);
            }
        }
    }

    fn parameters(&mut self, operation: &Operation, location: &Location) {
        let mut seen = HashSet::new();
        for (index, parameter) in operation.parameters.iter().enumerate() {
            let location = location.join("parameters").join(index.to_string());
            if parameter.name.is_empty() {
                let help = "give the name that the API expects, or remove the parameter";
                self.fail(location.join("name"), format!("a parameter of {} has no name", operation.id), help);
            }
            if !seen.insert((parameter.place, &parameter.name)) {
                let problem = format!("parameter {} is declared twice", parameter.name);
                self.fail(location.join("name"), problem, "keep one of them");
            }
            if parameter.place == ParameterPlace::Path && !parameter.required {
                self.fail(
                    location.clone(),
                    format!("path parameter {} is optional", parameter.name),
                    "add \"required\": true",
                );
            }
            self.schema(&parameter.schema, &location.join("type"));
        }
    }

    fn scopes(&mut self, operation: &Operation, location: &Location) {
        let grammar = &self.loaded.api.scopes;
        for (row, set) in operation.scopes.iter().enumerate() {
            let location = location.join("scopes").join(row.to_string());
            if set.is_empty() {
                let help = "leave the alternative out; `\"scopes\": []` says that any token will do";
                self.fail(location.clone(), "an alternative without scopes", help);
            }
            for (column, scope) in set.iter().enumerate().filter(|(_, scope)| grammar.parse(scope).is_none()) {
                let form = format!("a scope is {}", grammar.advice());
                let meant = self.meant(scope);
                let mut help =
                    meant.as_ref().map_or_else(|| form.clone(), |meant| format!("did you mean {meant}? {form}"));
                if is_upstream(self.loaded.operation_location(&operation.id)) {
                    let was = &operation.scopes;
                    let mut right = was.clone();
                    right[row][column] = meant.unwrap_or_else(|| "…".to_owned());
                    let change = format!(
                        "\"change\": {{\"scopes\": {}}}, \"was\": {{\"scopes\": {}}}",
                        json!(right),
                        json!(was)
                    );
                    help = format!("{help}; {}", paste(operation, &change));
                }
                self.fail(location.join(column.to_string()), format!("{scope:?} is not a scope"), help);
            }
        }
    }

    /// The scope of another operation that was probably meant.
    fn meant(&self, wrong: &str) -> Option<String> {
        let operations = self.loaded.spec.operations.iter();
        let scopes = operations.flat_map(|listed| listed.operation.scopes.iter().flatten());
        near(wrong, scopes.map(String::as_str).filter(|scope| self.loaded.api.scopes.parse(scope).is_some()))
            .map(str::to_owned)
    }

    fn body(&mut self, operation: &Operation, location: &Location) {
        let Some(body) = &operation.body else { return };
        let location = location.join("body");
        if body.json.is_none() && body.multipart.is_none() && !body.bytes {
            self.fail(location.clone(), "a body without a kind", "give `json`, `multipart` or `bytes`");
        }
        if let Some(json) = &body.json {
            self.schema(json, &location.join("json"));
        }
        if let Some(form) = &body.multipart {
            self.schema(form, &location.join("multipart"));
            if !matches!(self.loaded.spec.resolve(form).map(|form| &form.kind), Some(Kind::Object(_)) | None) {
                self.fail(
                    location.join("multipart"),
                    "a form must be an object",
                    "its fields are the parts of the form",
                );
            }
        }
    }

    fn answers(&mut self, operation: &Operation, location: &Location) {
        if operation.answers.is_empty() {
            self.fail(location.join("answers"), "no success answer", "such as {\"204\": \"empty\"}");
        }
        for (status, answer) in &operation.answers {
            let location = location.join("answers").join(status.to_string());
            if !(200..300).contains(status) {
                self.fail(
                    location.clone(),
                    format!("{status} is not a success status"),
                    "put error statuses into `errors`",
                );
            }
            if let Answer::Json(schema) = answer {
                self.schema(schema, &location.join("json"));
            }
        }
        for (index, status) in operation.errors.iter().enumerate().filter(|(_, s)| !(300..600).contains(*s)) {
            let location = location.join("errors").join(index.to_string());
            self.fail(location, format!("{status} is not an error status"), "a status from 300 to 599");
        }
    }

    pub(super) fn aliases(&mut self) {
        let loaded = self.loaded;
        for listed in &loaded.spec.operations {
            let Some(target) = &listed.operation.alias_of else { continue };
            let location = loaded.operation_location(&listed.operation.id).join("alias_of");
            match loaded.spec.operation(target) {
                None if self.unread.operations.contains(target) => {}
                None => self.fail(
                    location,
                    format!("there is no operation {target}"),
                    "name an operation on the same route",
                ),
                Some(real) if same_route(&real.operation, &listed.operation) && target != &listed.operation.id => {}
                Some(real) => {
                    let problem = format!("{target} is {} {}", real.operation.method, real.operation.path);
                    self.fail(location, problem, "an alias has the method and path of what it stands for");
                }
            }
        }
    }
}

/// The correction of an operation to paste.
fn paste(operation: &Operation, what: &str) -> String {
    let id = &operation.id;
    let reason = "\"evidence\": \"inferred\", \"why\": \"…\"";
    format!("add to `corrections` in spec/local: {{\"operation\": {id:?}, {what}, {reason}}}")
}

/// Whether two operations have the same method and path, ignoring the names of path parameters.
fn same_route(a: &Operation, b: &Operation) -> bool {
    a.method == b.method && a.route() == b.route()
}

/// `{ticketId}` and nothing else.
fn is_whole_parameter(step: &str) -> bool {
    let name = step.strip_prefix('{').and_then(|step| step.strip_suffix('}'));
    name.is_some_and(|name| !name.is_empty() && !name.contains(['{', '}']))
}
