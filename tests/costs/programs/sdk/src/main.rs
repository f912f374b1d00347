//! Lists tickets, reads one and changes it, with desk-sdk.

use std::env::var;
use std::error::Error;

use desk_sdk::tickets::{GetTicket, GetTickets, UpdateTicket};
use desk_sdk::{Client, Null};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let client = Client::builder().base_url(var("DESK_URL")?).access_token(var("DESK_TOKEN")?);
    let client = client.organization(var("DESK_ORGANIZATION")?).build()?;
    let page = client.get_tickets(GetTickets::new().limit(50)).await?;
    for ticket in &page.data {
        let number = ticket.ticket_number.unwrap_or_default();
        println!("#{number} {}", ticket.subject.as_deref().unwrap_or("(no subject)"));
    }
    let Some(id) = page.data.first().and_then(|ticket| ticket.id.as_ref()) else { return Ok(()) };
    let ticket = client.get_ticket(GetTicket::new(id)).await?;
    println!("{:?}", ticket.status);
    let changed = client.update_ticket(UpdateTicket::new(id).priority("High").due_date(Null)).await?;
    println!("{:?}", changed.status);
    Ok(())
}
