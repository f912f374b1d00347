// One of several: every one of them counts, and what is made at run time is told.
use desk_sdk::{Client, Endpoint as _, Method, Operation};
use desk_sdk::tickets::GetTickets;
use serde_json::json;
use std::sync::LazyLock;

const PATH: &str = "/api/v1/tickets";

static NEEDS: LazyLock<Vec<&'static Operation>> = LazyLock::new(|| {
    vec![desk_sdk::operation("get_roles").unwrap(), desk_sdk::operation("get_teams").unwrap()] // sure: get_roles, get_teams
});

enum Kind {
    List,
    Create,
}

impl Kind {
    fn method(&self) -> Method {
        match self {
            Self::List => Method::Get,
            Self::Create => Method::Post,
        }
    }

    fn call(&self, id: &str) -> (Method, &'static str) {
        if id.is_empty() {
            return (Method::Get, "/api/v1/tickets/search");
        }
        (Method::Post, PATH)
    }

    fn name(&self) -> String {
        for one in [1, 2] {
            if one > 1 {
                return "get_skills".to_owned();
            }
        }
        "get_channels".to_owned()
    }
}

async fn methods(client: &Client, flag: bool, kind: Kind, given: Method) {
    client.request(if flag { Method::Get } else { Method::Post }, "/api/v1/tickets"); // sure: get_tickets, create_ticket
    let method = match kind {
        Kind::List => Method::Get,
        Kind::Create => Method::Post,
    };
    client.request(method, PATH); // sure: get_tickets, create_ticket
    client.request(kind.method(), PATH); // sure: get_tickets, create_ticket
    let mut late = Method::Get;
    if flag {
        late = Method::Post;
    }
    client.request(late, PATH); // sure: get_tickets, create_ticket
    let mixed = if flag { Method::Get } else { given };
    client.request(mixed, PATH); // unsure: get_tickets; unseen
    let path = if flag { "/api/v1/tickets/7" } else { "/api/v1/contacts/7" };
    client.request(Method::Get, path); // sure: get_ticket, get_contact
    let (method, path) = if flag { (Method::Get, "/api/v1/tickets/search") } else { (Method::Post, PATH) };
    client.request(method, path); // unsure: search_tickets, create_ticket, get_tickets
    let (method, path) = kind.call("");
    client.request(method, path); // unsure: search_tickets, create_ticket, get_tickets
    let (method, path) = if flag { (Method::Get, PATH) } else { made_elsewhere() };
    client.request(method, path); // unsure: get_tickets; unseen
    for method in [Method::Get, Method::Post] {
        client.request(method, PATH); // sure: get_tickets, create_ticket
    }
    let found = loop {
        if flag {
            break Method::Get;
        }
        break Method::Post;
    };
    client.request(found, PATH); // sure: get_tickets, create_ticket
    Client::request(client, Some(Method::Get).unwrap_or(Method::Post), PATH); // sure: get_tickets, create_ticket
}

async fn names(client: &Client, flag: bool, kind: Kind, name: Option<&str>) {
    client.invoke(option_env!("X").unwrap_or("get_agents"), json!({})); // unsure: get_agents; unseen
    client.invoke(option_env!("get_agents").unwrap(), json!({})); // unseen
    client.invoke(env!("get_agents"), json!({})); // unseen
    client.invoke(&std::env::var("get_agents").unwrap(), json!({})); // unseen
    client.invoke(&std::env::var("X").unwrap_or_else(|_| "get_agents".into()), json!({})); // unsure: get_agents; unseen
    client.invoke(name.unwrap_or("get_agents"), json!({})); // unsure: get_agents; unseen
    client.invoke(name.map_or("get_agents", |name| name), json!({})); // unsure: get_agents; unseen
    client.invoke(name.map_or("get_agents", |_| "get_layouts"), json!({})); // sure: get_agents, get_layouts
    client.invoke(Some("get_agents").or(Some("get_layouts")).unwrap(), json!({})); // sure: get_agents, get_layouts
    client.invoke(&kind.name(), json!({})); // sure: get_skills, get_channels
    let pick = |flag| {
        if flag {
            return "get_agents";
        }
        "get_layouts"
    };
    client.invoke(pick(flag), json!({})); // sure: get_agents, get_layouts
    for name in ["get_agents"].iter().chain(&["get_layouts"]) {
        client.invoke(name, json!({})); // sure: get_agents, get_layouts
    }
}

async fn facts(client: &Client) {
    let scopes = desk_sdk::operation("get_agents").unwrap().scopes;
    println!("{:?}", desk_sdk::operation("get_agents").map(|operation| operation.risk));
    let operation = desk_sdk::operation("get_agents").unwrap();
    if operation.deprecated {
        return;
    }
    assert!(desk_sdk::operation("get_nothing").is_none());
    client.invoke(operation.id, json!({})); // sure: get_agents
    client.invoke(GetTickets::OPERATION.id, json!({})); // sure: get_tickets
    client.request(GetTickets::OPERATION.method, PATH); // sure: get_tickets
    client.require(&NEEDS).await;
    client.require(&[desk_sdk::operation("get_views").unwrap()]).await; // sure: get_views
    let more = desk_sdk::operation("get_fields").unwrap(); // sure: get_fields
    client.check(more).await;
}
