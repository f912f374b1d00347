//! Lists tickets, reads one and changes it, by hand.

use std::env::var;
use std::error::Error;

use reqwest::{Client, Method, RequestBuilder};
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
struct Tickets {
    data: Vec<Ticket>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Ticket {
    id: String,
    ticket_number: String,
    subject: Option<String>,
    status: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change {
    priority: String,
    due_date: Option<String>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let (url, token, organization) = (var("DESK_URL")?, var("DESK_TOKEN")?, var("DESK_ORGANIZATION")?);
    let client = Client::new();
    let request = |method: Method, path: &str| -> RequestBuilder {
        let request = client.request(method, format!("{url}/api/v1/{path}")).header("orgId", &organization);
        request.header("Authorization", format!("Zoho-oauthtoken {token}"))
    };
    let page = request(Method::GET, "tickets?limit=50").send().await?.error_for_status()?.bytes().await?;
    let page: Tickets = serde_json::from_slice(&page)?;
    for ticket in &page.data {
        println!("#{} {}", ticket.ticket_number, ticket.subject.as_deref().unwrap_or("(no subject)"));
    }
    let Some(first) = page.data.first() else { return Ok(()) };
    let path = format!("tickets/{}", first.id);
    let ticket = request(Method::GET, &path).send().await?.error_for_status()?.bytes().await?;
    let ticket: Ticket = serde_json::from_slice(&ticket)?;
    println!("{:?}", ticket.status);
    let change = serde_json::to_vec(&Change { priority: "High".to_owned(), due_date: None })?;
    let request = request(Method::PATCH, &path).header("Content-Type", "application/json").body(change);
    let changed = request.send().await?.error_for_status()?.bytes().await?;
    let changed: Ticket = serde_json::from_slice(&changed)?;
    println!("{:?}", changed.status);
    Ok(())
}
