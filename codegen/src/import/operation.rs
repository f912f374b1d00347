//! OpenAPI operations → spec operations.

use heck::ToSnakeCase;
use indexmap::IndexMap;
use serde_json::Value;

use super::reference::Reference;
use super::{Importer, counts, notes, openapi, paging, risk, scopes};
use crate::api::Errors;
use crate::diagnostic::{Diagnostic, Location};
use crate::spec::{Answer, Body, Kind, Method, Object, Operation, Parameter, ParameterPlace, Scalar, Schema, Status};

/// The keys a path may have besides its methods.
const NOT_METHODS: &[&str] = &["parameters", "summary", "description", "servers", "$ref"];

impl Importer<'_> {
    /// The spec's operation for one method of a path; none if the key is not a method.
    pub(super) fn operation(
        &mut self,
        method: &str,
        path: &str,
        source: &Value,
        shared: Option<&Value>,
        file: &str,
    ) -> Result<Option<Operation>, Diagnostic> {
        let fail =
            |problem: String, help: &str| Diagnostic::new(Location::key(file, &["paths", path, method]), problem, help);
        let Ok(verb) = serde_json::from_value::<Method>(Value::from(method.to_uppercase())) else {
            if !NOT_METHODS.contains(&method) && !method.starts_with("x-") {
                self.note(format!("{file}: method {method} of {path} is unknown and was left out"));
            }
            return Ok(None);
        };
        let source = read(source, shared).map_err(|(problem, help)| fail(problem, help))?;
        let Some(id) = id(&source.operation_id) else {
            return Err(fail("`operationId` holds no letter or digit".to_owned(), "give the operation a name"));
        };
        let (parameters, organization) = self.parameters(&source, &id, file);
        let answers = self.answers(&source, &id, file);
        let body = self.body(source.request_body.as_ref(), verb, &id, file);
        let errors = source.responses.keys().filter_map(|status| status.parse().ok());
        let mut operation = Operation {
            method: verb,
            path: path.to_owned(),
            summary: source.summary.trim().to_owned(),
            scopes: scopes::of(&source.security, &self.api.scopes),
            doubtful_scopes: false,
            cookie_only: false,
            risk: risk::of(verb, path, &source.operation_id),
            organization,
            undocumented_query: false,
            body,
            error_in_success: false,
            errors: errors.filter(|status: &Status| *status >= 300).collect(),
            paging: None,
            deprecated: source.deprecated,
            discovers_organization: false,
            alias_of: None,
            upstream_id: Some(source.operation_id),
            id,
            parameters,
            answers,
        };
        if let Some(Answer::Json(answer)) = operation.main_answer().cloned() {
            operation.error_in_success =
                self.branches(&answer, 0).iter().any(|branch| is_error(branch, &self.api.errors));
            let key = self.list_key(&answer);
            operation.paging = key.and_then(|key| paging::of(&operation.parameters, &self.api.paging, key));
        }
        Ok(Some(operation))
    }

    fn parameters(&mut self, source: &openapi::Operation, id: &str, file: &str) -> (Vec<Parameter>, bool) {
        let mut parameters: Vec<Parameter> = Vec::new();
        let mut organization = false;
        for written in &source.parameters {
            let documents = self.documents;
            let (written, file) = match &written.reference {
                None => (written, file.to_owned()),
                Some(reference) => {
                    let reference = Reference::parse(reference, file);
                    let components = documents.get(&reference.file).map(|document| &document.components);
                    match components.and_then(|components| components.parameters.get(&reference.name)) {
                        Some(found) => (found, reference.file),
                        None => {
                            self.note(format!(
                                "{file}: a parameter of {id}, {reference}, does not exist; it was left out"
                            ));
                            continue;
                        }
                    }
                }
            };
            if self.api.organization_parameter() == Some(written.name.as_str()) && written.place != "path" {
                organization = true;
                continue;
            }
            let place = match written.place.as_str() {
                "path" => ParameterPlace::Path,
                "query" => ParameterPlace::Query,
                "header" => ParameterPlace::Header,
                other => {
                    self.note(format!("{file}: parameter {} of {id} is in {other:?}; it was left out", written.name));
                    continue;
                }
            };
            let schema = self.parameter_type(&written.name, &written.schema, &file);
            let mut parameter = Parameter {
                name: written.name.clone(),
                place,
                required: written.required || place == ParameterPlace::Path,
                expected: false,
                schema,
                note: written.description.as_deref().map(str::trim).filter(|note| !note.is_empty()).map(str::to_owned),
            };
            notes::settle(&mut parameter, self.api.paging.times.as_ref());
            if parameters.iter().any(|known| known.name == parameter.name && known.place == place) {
                self.note(format!(
                    "{file}: parameter {} of {id} is declared twice; the first one is used",
                    parameter.name
                ));
            } else {
                parameters.push(parameter);
            }
        }
        (parameters, organization)
    }

    fn parameter_type(&mut self, name: &str, source: &openapi::Schema, file: &str) -> Schema {
        let mut schema = self.schema(source, file);
        // Small types are written inline, so that the reader sees their limits.
        if let Some(target) = schema.name().map(str::to_owned).and_then(|name| self.named(&name))
            && !matches!(target.kind, Kind::Object(_) | Kind::Union(_))
        {
            schema = target;
        }
        counts::settle(name, &mut schema);
        let sorts = self.api.paging.times.as_ref().is_some_and(|times| times.sort == name);
        if sorts && !schema.rules.values.is_empty() {
            schema.rules.descending = true;
        }
        schema.nullable = false;
        schema
    }

    fn answers(&mut self, source: &openapi::Operation, id: &str, file: &str) -> IndexMap<Status, Answer> {
        let mut answers = IndexMap::new();
        for (status, response) in &source.responses {
            let Some(status) = status.parse::<Status>().ok().filter(|status| (200..300).contains(status)) else {
                continue;
            };
            let answer = match &response.reference {
                None => self.content(&response.content, &format!("answer of {id}"), file),
                Some(reference) => {
                    let reference = Reference::parse(reference, file);
                    let components = self.documents.get(&reference.file).map(|document| &document.components);
                    match components.and_then(|components| components.responses.get(&reference.name)) {
                        None => {
                            self.note(format!(
                                "{file}: {reference} does not exist; add the type to spec/local/types.json"
                            ));
                            Answer::Json(Schema::new(Kind::Named(self.reach(reference))))
                        }
                        Some(found) => {
                            let inline = self.content(&found.content, &format!("answer of {id}"), &reference.file);
                            self.named_answer(inline, reference)
                        }
                    }
                }
            };
            answers.insert(status, answer);
        }
        answers.sort_keys();
        if answers.is_empty() {
            self.note(format!("{file}: {id} declares no success answer; any JSON is accepted"));
            answers.insert(200, Answer::Json(Schema::scalar(Scalar::Any)));
        }
        answers
    }

    /// A shared response with an inline type keeps the response's name.
    fn named_answer(&mut self, inline: Answer, reference: Reference) -> Answer {
        match inline {
            Answer::Json(Schema { kind: Kind::Object(_) | Kind::Union(_), nullable, rules }) => {
                Answer::Json(Schema { kind: Kind::Named(self.reach(reference)), nullable, rules })
            }
            other => other,
        }
    }

    fn content(&mut self, content: &IndexMap<String, openapi::Media>, what: &str, file: &str) -> Answer {
        if content.len() > 1 {
            let kinds: Vec<_> = content.keys().map(String::as_str).collect();
            self.note(format!("{file}: the {what} is declared as {}; JSON was used", kinds.join(" and ")));
        }
        if let Some((_, media)) = content.iter().find(|(kind, _)| kind.contains("json")) {
            return Answer::Json(self.schema(&media.schema, file));
        }
        if content.is_empty() { Answer::Empty } else { Answer::Bytes }
    }

    fn body(&mut self, source: Option<&openapi::RequestBody>, method: Method, id: &str, file: &str) -> Option<Body> {
        let mut source = source?;
        let mut home = file.to_owned();
        let mut shared = None;
        if let Some(reference) = &source.reference {
            let reference = Reference::parse(reference, file);
            let components = self.documents.get(&reference.file).map(|document| &document.components);
            let Some(found) = components.and_then(|components| components.request_bodies.get(&reference.name)) else {
                self.note(format!("{file}: the body of {id}, {reference}, does not exist; it was left out"));
                return None;
            };
            source = found;
            home.clone_from(&reference.file);
            shared = Some(reference);
        }
        let mut body = Body { required: source.required, partial: method == Method::Patch, ..Body::default() };
        let only = source.content.len() == 1;
        for (kind, media) in &source.content {
            let mut schema = self.schema(&media.schema, &home);
            if let (Some(shared), Kind::Object(_) | Kind::Union(_), true) = (&shared, &schema.kind, only) {
                schema.kind = Kind::Named(self.reach(shared.clone()));
            }
            // If every field of a change is required, none can be left out.
            body.partial &= !self.is_all_required(&schema);
            // A body with required fields is itself required.
            body.required |= !body.partial && self.has_required(&schema);
            match kind.as_str() {
                "multipart/form-data" => body.multipart = Some(schema),
                kind if kind.contains("json") => body.json = Some(schema),
                _ => body.bytes = true,
            }
        }
        Some(body)
    }

    /// The shapes an answer may have, after following names.
    fn branches(&mut self, schema: &Schema, depth: usize) -> Vec<Schema> {
        match &schema.kind {
            Kind::Union(branches) if depth < 8 => {
                branches.clone().iter().flat_map(|branch| self.branches(branch, depth + 1)).collect()
            }
            Kind::Named(name) if depth < 8 => {
                let target = self.named(&name.clone());
                target.map(|target| self.branches(&target, depth + 1)).unwrap_or_default()
            }
            _ => vec![schema.clone()],
        }
    }

    /// The key that holds the records of an answer: the usual one, or else its only list. Empty if the
    /// answer itself is the list.
    fn list_key(&mut self, answer: &Schema) -> Option<String> {
        let mut lists = Vec::new();
        for branch in self.branches(answer, 0) {
            if matches!(branch.kind, Kind::List(_)) {
                return Some(String::new());
            }
            let Kind::Object(object) = branch.kind else { continue };
            for (name, field) in object.fields {
                let list = self.branches(&field, 0).iter().any(|kind| matches!(kind.kind, Kind::List(_)));
                if list && !lists.contains(&name) {
                    lists.push(name);
                }
            }
        }
        match lists.iter().position(|name| *name == self.api.paging.records) {
            Some(data) => Some(lists.swap_remove(data)),
            None if lists.len() == 1 => lists.pop(),
            None => None,
        }
    }

    fn has_required(&mut self, schema: &Schema) -> bool {
        self.is_record(schema, |object| !object.required.is_empty())
    }

    fn is_all_required(&mut self, schema: &Schema) -> bool {
        self.is_record(schema, |object| {
            !object.fields.is_empty() && object.fields.keys().all(|name| object.required.contains(name))
        })
    }

    /// Whether every shape that a type may have is such a record.
    fn is_record(&mut self, schema: &Schema, such: impl Fn(&Object) -> bool) -> bool {
        let branches = self.branches(schema, 0);
        !branches.is_empty()
            && branches.iter().all(|branch| matches!(&branch.kind, Kind::Object(object) if such(object)))
    }
}

/// Whether a shape is the API's error object.
fn is_error(schema: &Schema, errors: &Errors) -> bool {
    matches!(&schema.kind, Kind::Object(object)
        if errors.are_in(&object.fields))
}

/// An operation as written; parameters of the path belong to each of its methods. The error says what is wrong and what
/// would be right.
fn read(source: &Value, shared: Option<&Value>) -> Result<openapi::Operation, (String, &'static str)> {
    let mut source: openapi::Operation = serde_path_to_error::deserialize(source)
        .map_err(|error| (error.to_string(), "the operation must be an OpenAPI 3.1 operation"))?;
    if let Some(shared) = shared {
        let shared: Vec<openapi::Parameter> = serde_path_to_error::deserialize(shared)
            .map_err(|error| (error.to_string(), "`parameters` of a path is a list of parameters"))?;
        source.parameters.extend(shared);
    }
    Ok(source)
}

/// The id for a name in the OpenAPI files; none if it has no letters or digits.
fn id(upstream: &str) -> Option<String> {
    let id: String = upstream.to_snake_case().chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
    let id = if id.starts_with(|c: char| c.is_ascii_digit()) { format!("op_{id}") } else { id };
    id.starts_with(|c: char| c.is_ascii_lowercase()).then_some(id)
}
