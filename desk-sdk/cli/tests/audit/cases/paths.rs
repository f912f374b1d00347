use desk_sdk::tickets::{self, GetTickets as G, *};
use desk_sdk::{Client, Client as Desk, Endpoint as _, Operation};
extern crate desk_sdk as api;

type Alias = api::Client;
type Parameters = desk_sdk::tickets::GetTicket;

const NEEDS: &[&Operation] = &[GetTickets::OPERATION, <UpdateTicket as desk_sdk::Endpoint>::OPERATION]; // sure: get_tickets, update_ticket

fn calls(c: &Client, p: G) { // sure: get_tickets
    Client::get_tickets(c, p); // sure: get_tickets
    <Client>::get_tickets(c, p); // sure: get_tickets
    <api::Client>::get_tickets(c, p); // sure: get_tickets
    Alias::get_tickets(c, p); // sure: get_tickets
    Desk::get_ticket(&c, q); // sure: get_ticket
    let _ = G::new(); // sure: get_tickets
    let _ = Parameters::new("1"); // sure: get_ticket
    let _ = tickets::CloseTickets::new().ids(["1"]); // sure: close_tickets
    let _ = ::desk_sdk::tickets::CloseTickets::new(); // sure: close_tickets
    let list = vec![G::new()].into_iter().map(|p| c.get_tickets(p)); // sure: get_tickets
    let all = parameters.into_iter().map(Client::get_ticket_history); // sure: get_ticket_history
    let f = Desk::get_tickets; // sure: get_tickets
    let turbo = Vec::<MoveTicket>::new(); // sure: move_ticket
}

impl From<u8> for Wrapper<SearchTags> { // sure: search_tags
    fn from(_: u8) -> Self {
        todo!()
    }
}

struct Wrapper<T>(T);

trait Ext {
    fn all(&self);
}

impl Ext for Client {
    fn all(&self) {
        self.get_tickets(p); // sure: get_tickets
        Self::get_ticket(self, p); // sure: get_ticket
        self.call(MarkTicketAsRead::new("1")); // sure: mark_ticket_as_read
    }
}

fn aliases(c: &Client) {
    use desk_sdk::analytics::{GetSessionAnalytics, GetSessionAnalytics2};
    c.get_session_analytics_2(GetSessionAnalytics::new()); // sure: get_session_analytics
    GetSessionAnalytics2::new(); // sure: get_session_analytics
    c.organization(); // sure: get_organizations
    c.all();
}

async fn needs(c: &Client) {
    c.require(NEEDS).await;
    c.check(desk_sdk::operation("get_agents").unwrap()).await; // sure: get_agents
}
