//! What is true of the API as a whole: its servers, its tokens, its refusals.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::document::{Flow, Flows, Info, License, Media, Parameter, Response, Schema, SecurityScheme, Server, Types};
use super::{ERROR, SCHEME};
use crate::api::{Api, DataCentre};
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
    let server = |centre: &DataCentre| Server {
        url: centre.api.clone(),
        description: centre.title.as_ref().unwrap_or(&centre.name).clone(),
        data_centre: centre.code.clone(),
        accounts: centre.accounts().to_owned(),
    };
    api.servers.data_centres.iter().map(server).collect()
}

/// OAuth 2.0 with every scope that an operation names, at the first data centre: OpenAPI knows only one address.
pub(super) fn security_schemes(api: &Api, spec: &Spec) -> IndexMap<String, SecurityScheme> {
    let accounts = api.servers.data_centres.first().map_or("", DataCentre::accounts);
    let sign_in = api.authorization.sign_in.as_ref();
    let [authorize, token] = sign_in.map_or(["", ""], |server| [&server.authorize, &server.token].map(String::as_str));
    let sets = spec.operations.iter().flat_map(|listed| &listed.operation.scopes);
    let scopes: BTreeSet<&String> = sets.flatten().collect();
    let authorization_code = Flow {
        authorization_url: format!("{accounts}{authorize}"),
        token_url: format!("{accounts}{token}"),
        refresh_url: format!("{accounts}{token}"),
        scopes: scopes.into_iter().map(|scope| (scope.clone(), meaning(api, scope))).collect(),
    };
    let scheme = SecurityScheme {
        kind: "oauth2".to_owned(),
        description: api.authorization.about.clone(),
        flows: Flows { authorization_code },
    };
    IndexMap::from([(SCHEME.to_owned(), scheme)])
}

/// `Desk.activities.calls.READ` in words: READ of activities.calls.
fn meaning(api: &Api, scope: &str) -> String {
    let Some(parts) = api.scopes.parse(scope) else { return scope.to_owned() };
    let area = api.scopes.without_product(&parts.area);
    if parts.action.is_empty() { area.to_owned() } else { format!("{} of {area}", parts.action) }
}

/// The header with the organization.
pub(super) fn parameters(api: &Api) -> IndexMap<String, Parameter> {
    let Some(organization) = &api.organization else { return IndexMap::new() };
    let pattern = organization.digits.then(|| "^[0-9]+$".to_owned());
    let schema = Schema { types: Types::of(&["string"], false), pattern, ..Schema::default() };
    let parameter = Parameter {
        name: organization.parameter.clone(),
        place: "header".to_owned(),
        description: Some(organization.about.clone()),
        required: true,
        schema: Some(schema),
        ..Parameter::default()
    };
    IndexMap::from([(organization.parameter.clone(), parameter)])
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
