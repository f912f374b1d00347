// Names that stand in structs.
use desk_sdk::{Client, Method};
use serde_json::json;

#[derive(Clone, Copy)]
struct Route {
    name: &'static str,
    method: Method,
    path: &'static str,
    inner: Inner,
}

#[derive(Clone, Copy)]
struct Inner(&'static str, u8);

const ROUTE: Route = Route { name: "get_tickets", method: Method::Get, path: "/api/v1/tickets", inner: Inner("get_ticket", 1) };
static OTHER: Route = Route { name: "get_contact", ..ROUTE };
const ROUTES: &[Route] = &[ROUTE, Route { name: "get_agents", path: "/api/v1/agents", ..ROUTE }];

struct Config {
    operation: String,
    limit: u8,
}

impl Config {
    const DEFAULT: Inner = Inner("get_views", 2);

    fn run(&self, client: &Client) {
        client.invoke(&self.operation, json!({})); // unseen
    }
}

fn made(client: &Client, given: String, config: Config, flag: bool) {
    client.invoke(ROUTE.name, json!({})); // sure: get_tickets
    client.invoke(ROUTE.inner.0, json!({})); // sure: get_ticket
    client.request(ROUTE.method, ROUTE.path); // sure: get_tickets
    client.invoke(OTHER.name, json!({})); // sure: get_contact
    client.request(OTHER.method, OTHER.path); // sure: get_tickets
    client.invoke(Config::DEFAULT.0, json!({})); // sure: get_views
    for route in ROUTES {
        client.invoke(route.name, json!({})); // sure: get_tickets, get_agents
        client.request(route.method, route.path); // sure: get_tickets, get_agents
    }
    for Route { name, inner: Inner(other, _), .. } in ROUTES.iter().copied() {
        client.invoke(name, json!({})); // sure: get_tickets, get_agents
        client.invoke(other, json!({})); // sure: get_ticket
    }
    ROUTES.iter().map(|route| client.invoke(route.name, json!({}))); // sure: get_tickets, get_agents
    client.invoke(ROUTES[0].name, json!({})); // sure: get_tickets, get_agents
    let local = Config { operation: "get_roles".to_owned(), limit: 1 };
    client.invoke(&local.operation, json!({})); // sure: get_roles
    let other = Config { operation: given.clone(), limit: 1 };
    client.invoke(&other.operation, json!({})); // unseen
    let either = if flag { Config { operation: "get_teams".into(), limit: 2 } } else { config };
    client.invoke(&either.operation, json!({})); // unseen
    let both = if flag { local } else { Config { operation: "get_teams".into(), limit: 2 } };
    client.invoke(&both.operation, json!({})); // sure: get_roles, get_teams
    let mut changed = Config { operation: "get_roles".to_owned(), limit: 1 };
    changed.operation = given;
    client.invoke(&changed.operation, json!({})); // unseen
    let late;
    late = Inner("get_skills", 1);
    client.invoke(late.0, json!({})); // sure: get_skills
    local.run(client);
}
