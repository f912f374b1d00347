//! Parameters.

use indexmap::IndexMap;

use super::Writer;
use super::document::{Media, Parameter};
use super::paths::Template;
use crate::spec::{self, Kind, Operation, ParameterPlace, Schema};

/// How a value is written outside a body.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Shape {
    Plain,
    /// Separated by commas.
    List,
    /// As JSON.
    Document,
}

impl Writer<'_> {
    /// The parameters of an operation, the organization last.
    pub(super) fn parameters(&self, operation: &Operation, path: &Template, organization: bool) -> Vec<Parameter> {
        let mut parameters: Vec<Parameter> = Vec::new();
        for parameter in &operation.parameters {
            let places = operation.path_names().zip(&path.names).filter(|(own, _)| *own == parameter.name);
            match parameter.place {
                ParameterPlace::Path => {
                    parameters.extend(places.map(|(_, name)| self.parameter(parameter, name)));
                }
                ParameterPlace::Query | ParameterPlace::Header => {
                    parameters.push(self.parameter(parameter, &parameter.name));
                }
            }
        }
        if organization {
            let reference = format!("#/components/parameters/{}", self.api.organization.header);
            parameters.push(Parameter { reference: Some(reference), ..Parameter::default() });
        }
        parameters
    }

    fn parameter(&self, parameter: &spec::Parameter, name: &str) -> Parameter {
        let place = match parameter.place {
            ParameterPlace::Path => "path",
            ParameterPlace::Query => "query",
            ParameterPlace::Header => "header",
        };
        let mut made = Parameter {
            name: name.to_owned(),
            own_name: (name != parameter.name).then(|| parameter.name.clone()),
            place: place.to_owned(),
            description: parameter.note.clone(),
            required: parameter.required,
            expected: parameter.expected,
            ..Parameter::default()
        };
        let schema = self.schema(&parameter.schema);
        match self.shape(&parameter.schema) {
            Shape::Document => made.content = IndexMap::from([("application/json".to_owned(), Media { schema })]),
            Shape::List if place == "query" => {
                // In paths and headers, commas are what is meant if nothing is said.
                (made.style, made.explode) = (Some("form".to_owned()), Some(false));
                made.schema = Some(schema);
            }
            Shape::List | Shape::Plain => made.schema = Some(schema),
        }
        made
    }

    fn shape(&self, schema: &Schema) -> Shape {
        match self.spec.resolve(schema).map(|schema| &schema.kind) {
            Some(Kind::Object(_) | Kind::Map(_)) => Shape::Document,
            Some(Kind::List(_)) => Shape::List,
            // A branch that is the union itself would go round in circles.
            Some(Kind::Union(of)) => {
                let branches = of.iter().filter(|branch| branch.name().is_none());
                let named = of.iter().filter(|branch| branch.name().is_some());
                let named = named.filter_map(|branch| self.spec.resolve(branch));
                let plain = named.filter(|branch| !matches!(branch.kind, Kind::Union(_)));
                branches.chain(plain).map(|branch| self.shape(branch)).max().unwrap_or(Shape::Plain)
            }
            Some(Kind::Scalar(_) | Kind::Named(_)) | None => Shape::Plain,
        }
    }
}
