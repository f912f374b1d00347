//! What is true of the API as a whole: its servers, its tokens, its refusals.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::document::{Flow, Flows, Info, License, Media, Parameter, Response, Schema, SecurityScheme, Server, Types};
use super::{ERROR, SCHEME};
use crate::load::Api;
use crate::spec::Spec;

/// The licence of the document is the project's, and so is its version.
pub(super) fn info(api: &Api) -> Info {
    let license = env!("CARGO_PKG_LICENSE");
    Info {
        title: api.title.clone(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        summary: api.summary.clone(),
        description: api.about.clone(),
        license: License { name: license.to_owned(), identifier: license.to_owned() },
    }
}

pub(super) fn servers(api: &Api) -> Vec<Server> {
    let server = |centre: &crate::load::DataCentre| Server {
        url: centre.server.clone(),
        description: centre.name.clone(),
        data_centre: centre.code.clone(),
        accounts: centre.accounts.clone(),
    };
    api.data_centres.iter().map(server).collect()
}

/// OAuth 2.0 with every scope that an operation names, at the first data centre: OpenAPI knows only one address.
pub(super) fn security_schemes(api: &Api, spec: &Spec) -> IndexMap<String, SecurityScheme> {
    let accounts = api.data_centres.first().map_or("", |centre| centre.accounts.as_str());
    let sets = spec.operations.iter().flat_map(|listed| &listed.operation.scopes);
    let scopes: BTreeSet<&String> = sets.flatten().collect();
    let authorization_code = Flow {
        authorization_url: format!("{accounts}{}", api.authorization.authorize),
        token_url: format!("{accounts}{}", api.authorization.token),
        refresh_url: format!("{accounts}{}", api.authorization.token),
        scopes: scopes.into_iter().map(|scope| (scope.clone(), meaning(scope))).collect(),
    };
    let scheme = SecurityScheme {
        kind: "oauth2".to_owned(),
        description: api.authorization.about.clone(),
        flows: Flows { authorization_code },
    };
    IndexMap::from([(SCHEME.to_owned(), scheme)])
}

/// `Desk.activities.calls.READ` in words: READ of activities.calls.
fn meaning(scope: &str) -> String {
    let (area, verb) = scope.rsplit_once('.').unwrap_or((scope, "ALL"));
    let area = area.split_once('.').map_or(area, |(_, area)| area);
    format!("{verb} of {area}")
}

/// The header with the organization.
pub(super) fn parameters(api: &Api) -> IndexMap<String, Parameter> {
    let schema =
        Schema { types: Types::of(&["string"], false), pattern: Some("^[0-9]+$".to_owned()), ..Schema::default() };
    let parameter = Parameter {
        name: api.organization.header.clone(),
        place: "header".to_owned(),
        description: Some(api.organization.about.clone()),
        required: true,
        schema: Some(schema),
        ..Parameter::default()
    };
    IndexMap::from([(api.organization.header.clone(), parameter)])
}

/// The refusal that all error statuses share.
pub(super) fn responses() -> IndexMap<String, Response> {
    let schema = Schema { reference: Some(format!("#/components/schemas/{ERROR}")), ..Schema::default() };
    let refusal = Response {
        description: "The call was refused.".to_owned(),
        content: IndexMap::from([("application/json".to_owned(), Media { schema })]),
        ..Response::default()
    };
    IndexMap::from([(ERROR.to_owned(), refusal)])
}
