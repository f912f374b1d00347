//! Operations as the document has them.

use indexmap::IndexMap;

use super::DocumentReader;
use crate::import::risk;
use crate::openapi::document::{Operation, Parameter, RequestBody};
use crate::openapi::{SCHEME, keys};
use crate::spec::{self, Answer, Body, Method, Ordered, ParameterPlace, Scalar, Schema, Status};

const JSON: &str = "application/json";

impl DocumentReader<'_> {
    /// An operation with its aliases, each with its module.
    pub(super) fn with_aliases(
        &mut self,
        method: Method,
        path: &str,
        written: &Operation,
    ) -> Vec<(String, spec::Operation)> {
        let verb = method.to_string().to_lowercase();
        let place = ["paths", path, &verb];
        let mut found: Vec<_> = self.operation(method, path, written, &place).into_iter().collect();
        if written.aliases.is_empty() {
            return found;
        }
        let mut real = keys(written);
        real.shift_remove("x-desk-aliases");
        for (index, differs) in written.aliases.iter().enumerate() {
            let index = index.to_string();
            let place = [&place[..], &["x-desk-aliases", &index]].concat();
            match alias(real.clone(), differs) {
                Ok(alias) => found.extend(self.operation(method, path, &alias, &place)),
                Err(error) => self.fail(&place, error.to_string(), "an alias has the keys of an operation"),
            }
        }
        found
    }

    fn operation(
        &mut self,
        method: Method,
        path: &str,
        written: &Operation,
        place: &[&str],
    ) -> Option<(String, spec::Operation)> {
        self.told(place, &written.unknown);
        let [module] = written.tags.as_slice() else {
            self.fail(place, "an operation without a module", "give it one tag, the name of its module");
            return None;
        };
        let mut operation = spec::Operation {
            id: written.operation_id.clone(),
            upstream_id: written.upstream_id.clone(),
            method,
            path: written.path.clone().unwrap_or_else(|| path.to_owned()),
            summary: written.summary.clone(),
            scopes: scopes(&written.security),
            doubtful_scopes: written.doubtful_scopes,
            cookie_only: written.cookie_only,
            risk: written.risk.unwrap_or_else(|| risk::of(method, path, &written.operation_id)),
            organization: written.organization,
            undocumented_query: written.undocumented_query,
            parameters: Vec::new(),
            body: written.request_body.as_ref().map(|body| self.body(body, place)),
            answers: IndexMap::new(),
            error_in_success: written.error_in_success,
            errors: Vec::new(),
            paging: written.paging.clone(),
            deprecated: written.deprecated,
            discovers_organization: written.discovers_organization,
            alias_of: written.alias_of.clone(),
        };
        for (index, parameter) in written.parameters.iter().enumerate() {
            let index = index.to_string();
            let place = [place, &["parameters", &index]].concat();
            // The only shared parameter is the organization.
            if parameter.reference.is_some() {
                operation.organization = true;
            } else if let Some(read) = self.parameter(parameter, &place)
                // A name that comes twice in the path is one parameter.
                && !(operation.parameters.iter().any(|p| p.place == read.place && p.name == read.name)
                    && parameter.own_name.is_some())
            {
                operation.parameters.push(read);
            }
        }
        self.responses(written, &mut operation, place);
        Some((module.clone(), operation))
    }

    fn parameter(&mut self, parameter: &Parameter, place: &[&str]) -> Option<spec::Parameter> {
        self.told(place, &parameter.unknown);
        let kind = match parameter.place.as_str() {
            "path" => ParameterPlace::Path,
            "query" => ParameterPlace::Query,
            "header" => ParameterPlace::Header,
            other => {
                self.fail(place, format!("a parameter in {other:?}"), "parameters are in path, query or header");
                return None;
            }
        };
        let content = parameter.content.get(JSON).map(|media| &media.schema);
        let schema = match parameter.schema.as_ref().or(content) {
            Some(schema) => self.schema(schema, place),
            None => Schema::scalar(Scalar::Any),
        };
        Some(spec::Parameter {
            name: parameter.own_name.as_ref().unwrap_or(&parameter.name).clone(),
            place: kind,
            required: parameter.required,
            expected: parameter.expected,
            schema,
            note: parameter.description.clone(),
        })
    }

    fn body(&mut self, written: &RequestBody, place: &[&str]) -> Body {
        let place = [place, &["requestBody"]].concat();
        self.told(&place, &written.unknown);
        let mut body = Body {
            required: written.required,
            partial: written.partial,
            needed: written.needed.clone(),
            document_parameter: written.document_parameter.clone(),
            ..Body::default()
        };
        for (kind, media) in &written.content {
            match kind.as_str() {
                JSON => body.json = Some(self.schema(&media.schema, &place)),
                "multipart/form-data" => body.multipart = Some(self.schema(&media.schema, &place)),
                _ => body.bytes = true,
            }
        }
        body
    }

    fn responses(&mut self, written: &Operation, operation: &mut spec::Operation, place: &[&str]) {
        for (code, response) in &written.responses {
            let Ok(status) = code.parse::<Status>() else { continue };
            let place = [place, &["responses", code]].concat();
            self.told(&place, &response.unknown);
            if status >= 300 {
                operation.errors.push(status);
                continue;
            }
            let answer = match (response.content.get(JSON), response.content.is_empty()) {
                (Some(media), _) => Answer::Json(self.schema(&media.schema, &place)),
                (None, true) => Answer::Empty,
                (None, false) => Answer::Bytes,
            };
            operation.answers.insert(status, answer);
        }
    }
}

/// Each requirement is a set of scopes; one without scopes asks for nothing but a token.
fn scopes(security: &[IndexMap<String, Vec<String>>]) -> Vec<Vec<String>> {
    security.iter().filter_map(|set| set.get(SCHEME)).filter(|set| !set.is_empty()).cloned().collect()
}

/// The operation that an alias is.
fn alias(
    mut whole: IndexMap<String, Ordered>,
    differs: &IndexMap<String, Ordered>,
) -> Result<Operation, serde_json::Error> {
    for (key, value) in differs {
        match value {
            Ordered::Leaf(serde_json::Value::Null) => drop(whole.shift_remove(key)),
            value => drop(whole.insert(key.clone(), value.clone())),
        }
    }
    serde_json::from_str(&serde_json::to_string(&whole)?)
}
