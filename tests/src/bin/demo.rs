//! The second half of `cargo xtask demo`: calls against a local Desk server.

use anyhow::{Context as _, Result, bail};
use desk_mock::MockDesk;
use desk_sdk::analytics::{GetAgentPerformanceMetrics, GetSessionAnalytics, GetSessionAnalytics2};
use desk_sdk::tickets::{CreateTicket, DeleteTicket, GetTickets};
use desk_sdk::types::TicketInclude;
use desk_sdk::{Answer, Client, Error};

const SCOPES: [&str; 4] = ["Desk.tickets.READ", "Desk.tickets.CREATE", "Desk.basic.READ", "Desk.settings.READ"];

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let desk = MockDesk::start().await.context("the local Desk server did not start")?;
    println!("   server    {}", desk.url());
    let client = Client::builder().base_url(desk.url()).access_token(desk.token(SCOPES)).scopes(SCOPES).build()?;
    println!("   token     granted {}\n", SCOPES.join(" "));

    println!("4. Calls");
    let tickets = client.get_tickets(GetTickets::new().limit(3).include([TicketInclude::Contacts])).await?;
    called("get_tickets", &tickets, &format!("{} tickets, the first three:", tickets.data.len()));
    for ticket in &tickets.data {
        let (number, subject) = (ticket.ticket_number.as_ref(), ticket.subject.as_deref());
        let status = ticket.status.as_deref().unwrap_or("-");
        let number = number.map_or_else(|| "-".to_owned(), ToString::to_string);
        println!("      #{number:<5} {status:<12} {}", subject.unwrap_or("-"));
    }

    let metrics =
        client.get_agent_performance_metrics(GetAgentPerformanceMetrics::new().query("department", "support"));
    let metrics = metrics.await?;
    called("get_agent_performance_metrics", &metrics, &shortened(&metrics.json().to_string()));

    let one = client.get_session_analytics(GetSessionAnalytics::new()).await?;
    called("get_session_analytics", &one, &shortened(&one.json().to_string()));
    let same = client.get_session_analytics_2(GetSessionAnalytics2::new()).await?;
    called("get_session_analytics_2", &same, "the same operation under its second name");

    let department = tickets.data.iter().find_map(|ticket| ticket.department_id.clone());
    let contact = tickets.data.iter().find_map(|ticket| ticket.contact_id.clone());
    let (Some(department), Some(contact)) = (department, contact) else {
        bail!("the listed tickets have neither department nor contact");
    };
    let new = CreateTicket::new(&contact, &department).subject("The printer is on fire").priority("High");
    let created = client.create_ticket(new).await?;
    let number = created.ticket_number.as_ref().map_or_else(|| "-".to_owned(), ToString::to_string);
    called("create_ticket", &created, &format!("ticket #{number}, id {:?}", created.id));

    println!("\n5. A call that the token does not allow");
    let before = desk.requests().len();
    let trash = created.id.iter().cloned();
    match client.delete_ticket(DeleteTicket::new(trash)).await {
        Err(error @ Error::MissingScopes(_)) => println!("   delete_ticket\n      {error}"),
        Err(error) => return Err(error).context("another refusal was expected"),
        Ok(_) => bail!("the call went out although the token lacks its scope"),
    }
    let sent = desk.requests().len() - before;
    if sent > 0 {
        bail!("{sent} requests reached the server");
    }
    println!("      Requests that reached the server for it: {sent}.");
    Ok(())
}

fn called<T>(operation: &str, answer: &Answer<T>, result: &str) {
    let left = answer.meta().credits_left().map_or_else(String::new, |left| format!(", {left} credits left"));
    println!("   {operation:<30} {}{left}: {result}", answer.meta().status());
}

fn shortened(text: &str) -> String {
    const LONGEST: usize = 70;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
