// Functions of the program's own, which are only called with what is written down.
use desk_sdk::{Client, Method};
use serde_json::json;

async fn by_name(client: &Client, name: &str) {
    client.invoke(name, json!({})).await; // sure: get_tickets, get_ticket
}

fn never(client: &Client, name: &str) {
    client.invoke(name, json!({})); // unseen
}

fn mixed(client: &Client, name: &str) {
    client.invoke(name, json!({})); // unsure: get_agents; unseen
}

fn outer(client: &Client, name: &str, deep: bool) {
    inner(client, name);
    if deep {
        outer(client, name, false);
    }
}

fn inner(client: &Client, name: &str) {
    client.invoke(name, json!({})); // sure: get_roles, get_teams
}

fn handed(client: &Client, name: &str) {
    client.invoke(name, json!({})); // unsure: get_agents; unseen
}

fn requested(client: &Client, method: Method, path: &str, id: u8) {
    client.request(method, path); // sure: search_tickets
    client.request(Method::Get, format!("/api/v1/{path}/{id}")); // unseen
}

fn of_parts(client: &Client, resource: &str, id: &str) {
    client.request(Method::Get, format!("/api/v1/{resource}/{id}")); // sure: get_ticket, get_contact
}

fn all(client: &Client, names: &[&str]) {
    names.iter().for_each(|name| drop(client.invoke(name, json!({})))); // sure: get_skills, get_channels
}

fn into(client: &Client, name: impl Into<String>, also: Option<&str>) {
    client.invoke(&name.into(), json!({})); // sure: get_views
    client.invoke(also.unwrap_or("get_layouts"), json!({})); // sure: get_layouts, get_fields
}

#[tauri::command]
fn command(client: &Client, name: &str) {
    client.invoke(name, json!({})); // unsure: get_agents; unseen
}

struct Bot {
    client: Client,
}

impl Bot {
    async fn call(&self, name: &str) {
        self.client.invoke(name, json!({})).await; // sure: get_events
    }

    pub async fn public(&self, name: &str) {
        self.client.invoke(name, json!({})).await; // sure: get_calls
    }

    fn typed<T: Into<String>>(&self, name: T) {
        self.client.invoke(&name.into(), json!({})); // sure: get_tasks
    }
}

trait Caller {
    fn called(&self, client: &Client, name: &str) {
        client.invoke(name, json!({})); // unseen
    }
}

async fn run(client: &Client, bot: Bot, caller: impl Caller, given: &str) {
    by_name(client, "get_tickets").await;
    by_name(client, if given.is_empty() { "get_ticket" } else { "get_tickets" }).await;
    mixed(client, "get_agents");
    mixed(client, given);
    outer(client, "get_roles", true);
    const TEAMS: &str = "get_teams";
    outer(client, TEAMS, false);
    let function = handed;
    handed(client, "get_agents");
    requested(client, Method::Get, "/api/v1/tickets/search", 1);
    of_parts(client, "tickets", given);
    of_parts(client, "contacts", "7");
    all(client, &["get_skills", "get_channels"]);
    into(client, "get_views", Some("get_fields"));
    command(client, "get_agents");
    bot.call("get_events").await;
    Bot::public(&bot, "get_calls").await;
    bot.typed("get_tasks");
    caller.called(client, "get_agents");
}
