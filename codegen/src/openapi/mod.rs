//! The spec → one OpenAPI 3.1 document, for people whose language is not Rust.
//!
//! What OpenAPI has words for is said in them; everything else is in extensions whose names start with `x-desk-`, so
//! that `import` makes the same spec of the document again. Their list is in `spec/README.md`.

mod aliases;
mod answers;
mod bodies;
mod descriptions;
pub(crate) mod document;
mod names;
mod operations;
mod parameters;
mod paths;
mod schemas;
mod service;
mod tags;
mod values;

use std::collections::HashMap;

pub(crate) use self::aliases::keys;
pub use self::descriptions::Descriptions;
use self::document::{Components, Document};
use self::names::Names;
use crate::API;
use crate::api::Api;
use crate::diagnostic::{Diagnostic, Diagnostics, Location};
use crate::load::Loaded;
use crate::spec::{Spec, to_json};

/// The security scheme of all operations.
pub(crate) const SCHEME: &str = "oauth";

/// The schema and the response of a refusal. `Error` alone is the name of something else in many languages.
pub(crate) const ERROR: &str = "ApiError";

/// The checked spec as an OpenAPI 3.1 document, with these descriptions: the same bytes for the same spec.
///
/// # Errors
///
/// If it cannot be written as JSON, which is a bug.
pub fn openapi(loaded: &Loaded, descriptions: &Descriptions<'_>) -> Result<String, Diagnostics> {
    let fail = |problem: String, help: &str| Diagnostics::from(Diagnostic::new(Location::file(API), problem, help));
    let api = &loaded.api;
    let modules = loaded.spec.operations.iter();
    let modules = modules.map(|listed| (listed.operation.id.as_str(), listed.module.as_str())).collect();
    let writer = Writer { loaded, spec: &loaded.spec, modules, api, descriptions, names: Names::new(&loaded.spec) };
    to_json(&writer.document()).map_err(|error| fail(error.to_string(), "report this as a bug"))
}

/// What all parts of the document are written from.
struct Writer<'a> {
    loaded: &'a Loaded,
    spec: &'a Spec,
    /// The module of each operation, by its id.
    modules: HashMap<&'a str, &'a str>,
    api: &'a Api,
    descriptions: &'a Descriptions<'a>,
    names: Names<'a>,
}

impl Writer<'_> {
    fn document(&self) -> Document {
        Document {
            openapi: "3.1.0".to_owned(),
            edition: document::EDITION,
            info: service::info(self.api),
            servers: service::servers(self.api),
            tags: tags::tags(self.loaded),
            groups: tags::groups(self.loaded),
            paths: self.paths(),
            components: Components {
                security_schemes: service::security_schemes(self.api, self.spec),
                parameters: service::parameters(self.api),
                responses: service::responses(),
                schemas: self.schemas(),
            },
            ..Document::default()
        }
    }
}
