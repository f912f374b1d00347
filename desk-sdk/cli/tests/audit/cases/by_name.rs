use desk_sdk::{Client, Method, by_name};
use serde_json::json;

const BASE: &str = "/api/v1";
const NAME: &str = "get_contacts";
static TABLE: [&str; 2] = ["get_agents", "get_departments"];
const PAIRS: &[(&str, u8)] = &[("get_products", 1), ("get_accounts", 2)];

struct Kind;

impl Kind {
    const OPERATION: &'static str = "get_events";
    fn operation(&self, deep: bool) -> &'static str {
        match deep {
            true => "get_calls",
            false => "get_tasks",
        }
    }
}

async fn settled(client: &Client, kind: Kind, flag: bool) -> desk_sdk::Result<()> {
    client.invoke("get_tickets", json!({})).await?; // sure: get_tickets
    client.invoke("getTicket", json!({})).await?; // sure: get_ticket
    client.invoke(NAME, json!({ "a": 1 })).await?; // sure: get_contacts
    for name in TABLE {
        client.invoke(name, json!({})).await?; // sure: get_agents, get_departments
    }
    for (name, limit) in PAIRS.iter().copied() {
        client.invoke(name, json!({ "limit": limit })).await?; // sure: get_products, get_accounts
    }
    for name in ["get_roles", "get_my_profile"].iter() {
        Client::invoke(client, name, json!(null)).await?; // sure: get_roles, get_my_profile
    }
    client.invoke(concat!("get_", "teams"), json!({})); // sure: get_teams
    let name = match flag {
        true => "get_skills",
        false if true => "get_channels",
        _ => unreachable!(),
    };
    client.invoke(name, json!({})); // sure: get_skills, get_channels
    client.invoke(if flag { "get_views" } else { NAME }, json!({})); // sure: get_views, get_contacts
    client.invoke(kind.operation(true), json!({})); // sure: get_calls, get_tasks
    client.invoke(Kind::OPERATION, json!({})); // sure: get_events
    let owned = String::from("get_dashboard");
    client.invoke(&owned, json!({})); // sure: get_dashboard
    client.invoke(stringify!(get_holiday_list), json!({})); // sure: get_holiday_list
    let mut many = vec!["get_labels"];
    many.push("get_badges");
    many.iter().map(|one| client.invoke(one, json!({}))); // sure: get_labels, get_badges
    let contacts = by_name::resource("contacts").unwrap();
    client.invoke(contacts.by_time.unwrap_or(contacts.operation), contacts.fixed_arguments()).all(); // sure: get_contacts, search_contacts
    Ok(())
}

async fn unsettled(client: &Client, outside: &str, list: &[String]) {
    client.invoke(outside, json!({})); // unseen
    client.invoke(&format!("get_{outside}"), json!({})); // unseen
    for one in list {
        client.invoke(one, json!({})); // unseen
    }
    let mut name = "get_tickets".to_string();
    name.push_str(outside);
    client.invoke(&name, json!({})); // unseen
    client.invoke(&std::env::var("OPERATION").unwrap(), json!({})); // unseen
    client.invoke("get_tickets".trim_end_matches('s'), json!({})); // unseen
    let either = if list.is_empty() { "get_tickets" } else { outside };
    client.invoke(either, json!({})); // unsure: get_tickets; unseen
    client.invoke("get_nothing_at_all", json!({})); // unseen
}

async fn requests(client: &Client, id: &str, method: Method) {
    client.request(Method::Get, "/api/v1/tickets").query("limit", "1"); // sure: get_tickets
    client.request(desk_sdk::Method::Patch, "/api/v1/tickets/7"); // sure: update_ticket
    const PATH: &str = "/api/v1/tickets/search";
    client.request(Method::Get, PATH); // sure: search_tickets
    client.request(Method::Get, format!("/api/v1/tickets/{id}")); // sure: get_ticket
    client.request(Method::Get, format!("/api/v1/tickets/{}/comments/{}", id, id.trim())); // sure: get_ticket_comment
    client.request(Method::Get, format!("{BASE}/tickets/{id}", id = id)); // sure: get_ticket
    client.request(Method::Get, "/api/v1/tickets/".to_owned() + id + "/comments"); // sure: get_ticket_comments
    client.request(Method::Get, &format!("/api/v1/{}", if id.is_empty() { "tickets" } else { "contacts" })); // sure: get_tickets, get_contacts
    client.request(Method::Get, format!("/api/v1/tickets/{id:?}")); // sure: get_ticket
    client.request(Method::Get, format!("/api/v1/{id}/7")); // unseen
    client.request(Method::Get, format!("{id}/tickets")); // unseen
    client.request(Method::Get, format!("/api/v1/tickets{id}")); // unseen
    client.request(Method::Get, format!("/api/v1/nothing/{id}")); // unseen
    client.request(Method::Get, id.to_owned() + id); // unseen
    client.invoke(&format!("{}_tickets", "get"), json!({})); // sure: get_tickets
    client.invoke(&("get_".to_string() + "ticket"), json!({})); // sure: get_ticket
    let path = match id {
        "" => "/api/v1/tickets".to_string(),
        id => format!("/api/v1/tickets/{id}"),
    };
    client.request(Method::Get, path); // sure: get_tickets, get_ticket
    println!("{}", format!("{:1$}", client.invoke("get_tickets", json!({})), 4)); // sure: get_tickets
    client.request(method, "/api/v1/tickets"); // unseen
    client.request(Method::Get, "/api/v1/appointments"); // unseen
    client.request(Method::Get, "api/v1/tickets?x=1"); // unseen
}
