//! Operations.

use indexmap::IndexMap;

use super::document::{Known, Operation};
use super::paths::Template;
use super::{SCHEME, Writer};
use crate::load::Fact;
use crate::model::facts;
use crate::spec;

impl Writer<'_> {
    /// An operation at a path whose parameters may have other names there.
    pub(super) fn operation(&self, operation: &spec::Operation, path: &Template) -> Operation {
        let organization = self.api.organization_parameter();
        let header = |p: &spec::Parameter| p.place == spec::ParameterPlace::Header;
        let own = operation.parameters.iter().any(|p| header(p) && Some(p.name.as_str()) == organization);
        let module = self.modules.get(operation.id.as_str()).map(|module| (*module).to_owned());
        Operation {
            operation_id: operation.id.clone(),
            upstream_id: operation.upstream_id.clone(),
            tags: module.into_iter().collect(),
            summary: operation.summary.clone(),
            description: description(operation),
            deprecated: operation.deprecated,
            path: (operation.path != path.text).then(|| operation.path.clone()),
            security: security(&operation.scopes),
            doubtful_scopes: operation.doubtful_scopes,
            cookie_only: operation.cookie_only,
            risk: Some(operation.risk),
            organization: operation.organization && own,
            discovers_organization: operation.discovers_organization,
            undocumented_query: operation.undocumented_query,
            parameters: self.parameters(operation, path, operation.organization && !own),
            request_body: operation.body.as_ref().map(|body| self.body(body)),
            responses: self.responses(operation),
            error_in_success: operation.error_in_success,
            paging: operation.paging.clone(),
            alias_of: operation.alias_of.clone(),
            inferred: facts::inferred(self.loaded, operation).into_iter().collect(),
            evidence: known(self.loaded.operation_facts(&operation.id)),
            ..Operation::default()
        }
    }
}

/// Where facts are known from.
pub(super) fn known(facts: &[Fact]) -> Vec<Known> {
    let known = |fact: &Fact| Known {
        about: fact.about.clone(),
        evidence: fact.evidence,
        strength: fact.strength,
        why: fact.why.clone(),
    };
    facts.iter().map(known).collect()
}

/// Sets of scopes are alternatives; a token is needed even where any will do.
fn security(sets: &[Vec<String>]) -> Vec<IndexMap<String, Vec<String>>> {
    let requirement = |scopes: Vec<String>| IndexMap::from([(SCHEME.to_owned(), scopes)]);
    match sets {
        [] => vec![requirement(Vec::new())],
        sets => sets.iter().cloned().map(requirement).collect(),
    }
}

/// The extensions that matter to a reader, in words.
fn description(operation: &spec::Operation) -> Option<String> {
    let risk = match operation.risk {
        spec::Risk::Safe | spec::Risk::Write => None,
        spec::Risk::Outbound => Some("It reaches people outside the organization, or may do anything."),
        spec::Risk::Destructive => Some("It destroys."),
    };
    let told = [
        (operation.doubtful_scopes, "Its scopes look like a mistake: a call without them may succeed."),
        (
            operation.cookie_only,
            "It is described for a browser's cookie or another key that clients do not send: no scope is known to be enough.",
        ),
        (operation.undocumented_query, "It takes query parameters that are not documented."),
        (operation.error_in_success, "A successful answer may hold an error object in place of a result."),
    ];
    let told = told.into_iter().filter_map(|(so, text)| so.then_some(text));
    let lines: Vec<&str> = risk.into_iter().chain(told).collect();
    (!lines.is_empty()).then(|| lines.join(" "))
}
