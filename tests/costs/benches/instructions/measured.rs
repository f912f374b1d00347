//! What is done in the process that is counted.

use std::hint::black_box;

use anyhow::{Context, Result, ensure};
use desk_costs::derived;
use desk_sdk::tickets::{GetTicket, GetTickets, UpdateTicket};
use desk_sdk::types::Ticket;
use desk_sdk::{Client, Decoding, List, Retry, decode};
use serde_json::Value;

use crate::server::Server;

/// Does something so many times.
pub(crate) async fn measured(what: &str, times: usize) -> Result<()> {
    let server = Server::from_env()?;
    let client = Client::builder().base_url(&server.url).access_token(&server.token);
    let client = client.organization(&server.organization).retry(Retry::never()).build()?;
    if what.starts_with("large-") {
        return large(&server, &client, what).await;
    }
    let http = reqwest::Client::new();
    let (address, ticket) = server.ticket().await?;
    let id = address.rsplit('/').next().unwrap_or_default().to_owned();
    let (tickets, page) = (server.tickets(), server.page().await?);
    for _ in 0..times {
        match what {
            "page-derive" => {
                let page: derived::Tickets = serde_json::from_slice(&server.body(http.get(&tickets)).await?)?;
                ensure!(page.data.len() == 100);
                black_box(page);
            }
            "page-value" => {
                black_box(serde_json::from_slice::<Value>(&server.body(http.get(&tickets)).await?)?);
            }
            "page-typed" => {
                let include = ["contacts", "assignee", "departments", "team", "products"];
                let page = client.get_tickets(GetTickets::new().limit(100).include(include)).await?;
                ensure!(page.len() == 100);
                black_box(page);
            }
            "ticket-derive" => {
                let ticket: derived::Ticket = serde_json::from_slice(&server.body(http.get(&address)).await?)?;
                black_box(ticket);
            }
            "ticket-value" => {
                black_box(serde_json::from_slice::<Value>(&server.body(http.get(&address)).await?)?);
            }
            "ticket-typed" => {
                black_box(client.get_ticket(GetTicket::new(&id)).await?);
            }
            "change-derive" => {
                let change = serde_json::to_vec(&black_box(derived::TicketChange::example()))?;
                let request = http.patch(&address).header("Content-Type", "application/json").body(change);
                black_box(serde_json::from_slice::<derived::Ticket>(&server.body(request).await?)?);
            }
            "change-typed" => {
                black_box(client.update_ticket(change(&id)).await?);
            }
            "read-ticket-derive" => drop(black_box(serde_json::from_slice::<derived::Ticket>(&ticket)?)),
            "read-ticket-typed" => drop(black_box(decode::<Ticket>(&ticket, Decoding::Strict)?)),
            "read-page-derive" => drop(black_box(serde_json::from_slice::<derived::Tickets>(&page)?)),
            "read-page-value" => drop(black_box(serde_json::from_slice::<Value>(&page)?)),
            "read-page-typed" => drop(black_box(decode::<List<Ticket>>(&page, Decoding::Strict)?)),
            other => anyhow::bail!("nothing measures {other}"),
        }
    }
    Ok(())
}

/// The same change as the derived example.
fn change(id: &str) -> UpdateTicket {
    let change = derived::TicketChange::example();
    let update = UpdateTicket::new(id).category(change.category).classification(change.classification);
    let update = update.description(change.description).due_date(change.due_date).email(change.email);
    let update = update.phone(change.phone).priority(change.priority).resolution(change.resolution);
    update.status(change.status).subject(change.subject)
}

/// A large page with its body, or all but that.
async fn large(server: &Server, client: &Client, what: &str) -> Result<()> {
    let http = reqwest::Client::new();
    let page = || server.body(http.get(server.tickets()));
    match what {
        "large-nothing" => drop(black_box(client.get_ticket(GetTicket::new(&server.organization)).await)),
        "large-body" => drop(black_box(page().await?)),
        "large-derive" => {
            let body = page().await?;
            let read: derived::Tickets = serde_json::from_slice(&body)?;
            drop(black_box((body, read)));
        }
        "large-value" => {
            let body = page().await?;
            let read: Value = serde_json::from_slice(&body)?;
            drop(black_box((body, read)));
        }
        "large-typed" => {
            let page = client.get_tickets(GetTickets::new().limit(100)).await?;
            ensure!(page.raw().len() > 5_000_000, "a page of {} bytes", page.raw().len());
            page.data.last().context("a ticket")?;
            drop(black_box(page));
        }
        other => anyhow::bail!("nothing measures {other}"),
    }
    Ok(())
}
