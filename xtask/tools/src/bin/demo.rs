//! The second half of `cargo xtask demo`: an hour at a help desk, against a local Desk server.

use anyhow::{Context as _, Result, bail};
use desk_mock::MockDesk;
use desk_sdk::analytics::GetAgentPerformanceMetrics;
use desk_sdk::tickets::{CreateTicket, DeleteTicket, GetTicket, GetTickets, UpdateTicket};
use desk_sdk::types::{Ticket, TicketInclude, TicketSortBy};
use desk_sdk::{Client, Error, Id, List, OpenEnum as _};
use serde_json::Value;

/// The token's scopes; none allows deleting anything.
const SCOPES: [&str; 5] =
    ["Desk.tickets.READ", "Desk.tickets.CREATE", "Desk.tickets.UPDATE", "Desk.contacts.READ", "Desk.basic.READ"];

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let desk = MockDesk::start().await.context("the local Desk server did not start")?;
    let client = Client::builder().base_url(desk.url()).access_token(desk.token(SCOPES)).scopes(SCOPES).build()?;
    heading(4, "A local Desk");
    println!("   listens at {}", desk.url());
    println!("   and issued a token for {}", SCOPES.join(", "));

    heading(5, "The newest tickets");
    let tickets = newest(&client).await?;
    heading(6, "How the agents are doing, through an undocumented operation");
    agents(&client).await?;
    heading(7, "A customer calls");
    let created = customer_calls(&client, &tickets).await?;
    heading(8, "A call that the token does not allow");
    refused(&client, &desk, created).await?;
    next();
    Ok(())
}

fn heading(number: u8, text: &str) {
    println!("\n{number}  {text}");
}

async fn newest(client: &Client) -> Result<List<Ticket>> {
    let newest = GetTickets::new().limit(5).include([TicketInclude::Contacts]);
    let tickets = client.get_tickets(newest.sort_by(TicketSortBy::CreatedTime.descending())).await?;
    for ticket in &tickets.data {
        println!(
            "   #{:<5} {:<8} {:<42} {}",
            ticket.ticket_number.unwrap_or_default(),
            ticket.status.as_deref().unwrap_or("-"),
            ticket.subject.as_deref().unwrap_or("-"),
            customer(ticket)
        );
    }
    Ok(tickets.into_inner())
}

fn customer(ticket: &Ticket) -> String {
    let contact = ticket.contact.as_deref();
    let names = contact.into_iter().flat_map(|contact| [&contact.first_name, &contact.last_name]).flatten();
    names.map(String::as_str).collect::<Vec<_>>().join(" ")
}

async fn agents(client: &Client) -> Result<()> {
    let metrics = client.get_agent_performance_metrics(GetAgentPerformanceMetrics::new()).await?.json();
    println!("   {:<16} {:>5} {:>7}  {:<15} {:>9}", "agent", "open", "closed", "first answer", "happy");
    for row in metrics["data"].as_array().into_iter().flatten() {
        println!(
            "   {:<16} {:>5} {:>7}  {:<15} {:>7} %",
            text(&row["agent"]["name"]),
            text(&row["openTickets"]),
            text(&row["closedTickets"]),
            text(&row["firstResponseTime"]),
            text(&row["happinessPercentage"])
        );
    }
    Ok(())
}

/// A value for people to read: text without quotation marks.
fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Opens a ticket, changes it, and reads it again. Returns its id.
async fn customer_calls(client: &Client, tickets: &List<Ticket>) -> Result<Id> {
    let known = tickets
        .data
        .iter()
        .find_map(|ticket| Some((ticket, ticket.contact_id.as_ref()?, ticket.department_id.as_ref()?)));
    let Some((last, contact, department)) = known else { bail!("the tickets have neither contact nor department") };
    let new = CreateTicket::new()
        .department_id(department)
        .contact_id(contact)
        .subject("The printer is on fire")
        .channel("Phone");
    let created = client.create_ticket(new).await?;
    let id = created.id.clone().context("the new ticket has no id")?;
    let number = created.ticket_number.unwrap_or_default();
    println!("   create_ticket   opened #{number} for {}", customer(last));
    let _ = client.update_ticket(UpdateTicket::new(&id).priority("High")).await?;
    println!("   update_ticket   sent only the new priority");
    let read = client.get_ticket(GetTicket::new(&id)).await?;
    let (subject, status) = (read.subject.as_deref().unwrap_or("-"), read.status.as_deref().unwrap_or("-"));
    println!("   get_ticket      \"{subject}\" is {status}, priority {}", read.priority.as_deref().unwrap_or("-"));
    if let Some(left) = read.meta().credits_left() {
        println!("   Every answer tells how many of the day's credits are left: {left}.");
    }
    Ok(id)
}

async fn refused(client: &Client, desk: &MockDesk, ticket: Id) -> Result<()> {
    let before = desk.requests().len();
    match client.delete_ticket(DeleteTicket::new().ticket_ids([ticket])).await {
        Err(Error::MissingScopes(missing)) => {
            let needed: Vec<String> = missing.missing.iter().flatten().map(ToString::to_string).collect();
            println!("   delete_ticket   needs {}, which the token lacks", needed.join(" or "));
        }
        Err(error) => return Err(error).context("another refusal was expected"),
        Ok(_) => bail!("the call was made although the token lacks its scope"),
    }
    match desk.requests().len() - before {
        0 => println!("   The SDK knew in advance: no request reached the server."),
        sent => bail!("{sent} requests reached the server"),
    }
    Ok(())
}

fn next() {
    println!("\nWhat to do next");
    for (command, what) in [
        ("cargo xtask mock", "keeps a local Desk running, for curl and programs in any language"),
        ("cargo xtask catalogue create_ticket", "an operation's arguments, scopes and answer"),
        ("cargo xtask smoke", "calls all operations by their typed methods"),
    ] {
        println!("   {command:<37} {what}");
    }
    println!("   README.md shows how to call your own Desk.");
}
