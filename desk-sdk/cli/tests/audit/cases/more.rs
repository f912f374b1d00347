#![allow(unused)]
extern crate desk_sdk;

use desk_sdk::{self as desk, agents, tickets as t};
use std::sync::{Arc, LazyLock};

static DESK: LazyLock<desk::Client> = LazyLock::new(|| desk::Client::builder().build().unwrap());

macro_rules! api {
    ($(#[$meta:meta])* $vis:vis struct $name:ident { $($method:ident => $operation:ident($kind:ty) -> $answer:ty),* $(,)? }) => {
        $(#[$meta])*
        $vis struct $name { inner: std::sync::Arc<desk_sdk::Client> }
        impl $name {
            $(pub async fn $method(&self, p: $kind) -> desk_sdk::Result<$answer> {
                Ok(self.inner.$operation(p).await?.into_inner())
            })*
        }
    };
}

api! {
    /// What the company uses.
    #[derive(Clone)]
    pub struct Api {
        list => get_tickets(desk_sdk::tickets::GetTickets) -> List, // sure: get_tickets
        one => get_ticket(desk_sdk::tickets::GetTicket) -> Ticket, // sure: get_ticket
    }
}

macro_rules! each_of {
    ($with:ident: $($name:ident),*) => { $($with!($name);)* };
}

macro_rules! define {
    ($name:ident) => {
        fn $name(c: &desk_sdk::Client) {
            c.$name(parameters());
        }
    };
}

each_of!(define: get_roles, get_teams); // sure: get_roles, get_teams

macro_rules! internal {
    (@one $c:expr, $m:ident) => { $c.$m(p()) };
    ($c:expr => [$($m:ident)|+]) => { ($(internal!(@one $c, $m)),+) };
}

async fn uses(api: Api, c: Arc<desk::Client>) {
    api.list(p()).await;
    DESK.get_agents(p()); // sure: get_agents
    internal!(c => [get_skills | get_channels]); // sure: get_skills, get_channels
    let call = async |c: &desk::Client| c.get_views(p()).await; // sure: get_views
    let nested = move || { let c = c.clone(); move || c.get_fields(p()) }; // sure: get_fields
    let (tx, mut rx) = tokio::sync::mpsc::channel::<desk::Client>(1);
    while let Some(c) = rx.recv().await {
        c.get_labels(p()); // sure: get_labels
    }
    let boxed: Box<dyn AsRef<desk::Client>> = make();
    boxed.as_ref().as_ref().get_badges(p()); // sure: get_badges
    let c2 = if true { c.clone() } else { return };
    c2.get_events(p()); // sure: get_events
    let c3 = match 1 { 1 => Some(&c), _ => None }.unwrap();
    c3.get_calls(p()); // sure: get_calls
    let c4 = { let inner = c.clone(); inner };
    c4.get_tasks(p()); // sure: get_tasks
    unsafe { STATIC_MUT.as_ref().unwrap().get_modules(p()) }; // sure: get_modules
    let result: desk::Result<_> = try_it(|| c.get_users(p())); // sure: get_users
    std::iter::once(&c).chain(others.iter()).for_each(|c| drop(c.get_products(p()))); // sure: get_products
    [c.clone(), c.clone()].into_iter().fold(0, |n, c| { c.get_contracts(p()); n }); // sure: get_contracts
    let mut slot: Option<desk::Client> = None;
    slot.get_or_insert_with(connect).get_accounts(p()); // sure: get_accounts
    slot.take().unwrap().get_contacts(p()); // sure: get_contacts
    (&*c).get_departments(p()); // sure: get_departments
    let _: desk::Client = (*c).clone();
    <desk::Client as Clone>::clone(&c).get_dashboard(p()); // sure: get_dashboard
    Arc::clone(&c).get_layouts(p()); // sure: get_layouts
    c.get_organization(agents::GetAgents::new()); // sure: get_agents, get_organization
}

static mut STATIC_MUT: Option<desk::Client> = None;

fn connect() -> desk::Client {
    desk::testing::FakeDesk::new().client()
}

impl<'a> IntoIterator for &'a Pool {
    type Item = &'a desk::Client;
    type IntoIter = std::slice::Iter<'a, desk::Client>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

struct Pool(Vec<desk::Client>);

fn pooled(pool: &Pool) {
    for c in pool {
        c.get_agent(p()); // sure: get_agent
    }
    for c in pool.0.iter().rev().take(2) {
        c.get_role(p()); // sure: get_role
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn in_tests() {
        let fake = desk::testing::FakeDesk::new();
        let client = fake.builder().scopes(["x"]).build().unwrap();
        client.get_team(p()); // sure: get_team
    }
}
