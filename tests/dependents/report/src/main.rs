//! A report on last week's tickets and articles.

mod cache;
mod pages;

use api::desk::contacts::GetContact;
use api::desk::{Id, Method};
use api::prelude::*;

use crate::cache::Cache;

type Listed = api::desk::List<api::desk::types::Ticket>;

struct Report<C> {
    desk: C,
    cache: Cache,
}

impl<C> Report<C>
where
    C: AsRef<api::Raw>,
{
    async fn tickets(&mut self, parameters: Tickets) -> Result<Listed, Failure> {
        let answer = self.desk.as_ref().get_tickets(parameters).await?;
        let listed = answer.into_inner();
        for ticket in &listed.data {
            self.cache.put(ticket.id.as_ref());
        }
        Ok(listed)
    }

    fn cached(&self) -> usize {
        // No call: the cache has such a method.
        self.cache.get_tickets().len()
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    let desk = Desk::of_team("support")?;
    let mut report = Report { desk: desk.clone(), cache: Cache::default() };
    let listed = report.tickets(Tickets::new().limit(50)).await?;
    let ids: Vec<Id> = listed.data.iter().filter_map(|ticket| ticket.id.clone()).collect();
    let threads = each(&desk, &ids, |client, id| client.get_threads(GetThreads::new(id))).await?;
    let people = listed.data.iter().filter_map(|ticket| ticket.contact_id.as_ref()).map(GetContact::new);
    let people = each(&desk, people, api::Raw::get_contact).await?;
    println!("{} {} {} {}", desk.team, threads.len(), people.len(), report.cached());
    pages::articles(&desk, &ids).await?;

    let slots = desk.request(Method::Get, "/api/v1/appointmentSlots").await?;
    let views = desk.request(Method::Get, "/api/v1/views").query("module", "tickets").await?;
    println!("{} {}", slots.to_string().len(), views.to_string().len());
    Ok(())
}
