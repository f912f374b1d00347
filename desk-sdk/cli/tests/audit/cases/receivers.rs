use desk_sdk::tickets::{GetTicket, GetTickets, UpdateTicket};
use desk_sdk::{Client, ClientBuilder};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, RwLock};

static SHARED: OnceLock<Client> = OnceLock::new();

struct State {
    desk: Arc<Client>,
    by_name: HashMap<String, Client>,
    locked: Mutex<Option<Client>>,
    inner: Inner,
}

struct Inner(RwLock<Client>);

struct Pair<C> {
    client: C,
    number: u32,
}

impl State {
    fn client(&self) -> &Client {
        &self.desk
    }

    async fn field(&self, p: GetTickets) -> desk_sdk::Result<()> { // sure: get_tickets
        self.desk.get_tickets(p).await?; // sure: get_tickets
        Ok(())
    }

    async fn several(&self, id: &str, p: UpdateTicket) { // sure: update_ticket
        self.client().update_ticket(p.clone()).await; // sure: update_ticket
        self.by_name["eu"].update_ticket(p.clone()); // sure: update_ticket
        self.by_name.get("eu").unwrap().update_ticket(p.clone()); // sure: update_ticket
        self.locked.lock().unwrap().as_ref().unwrap().update_ticket(p.clone()); // sure: update_ticket
        self.inner.0.read().await.update_ticket(p.clone()); // sure: update_ticket
        let Self { desk, inner: Inner(other), .. } = self;
        desk.update_ticket(p.clone()); // sure: update_ticket
        other.write().unwrap().update_ticket(p.clone()); // sure: update_ticket
        for (name, client) in &self.by_name {
            client.update_ticket(p.clone()); // sure: update_ticket
        }
        for client in self.by_name.values() {
            client.update_ticket(p.clone()); // sure: update_ticket
        }
        if let Some(client) = &*self.locked.lock().unwrap() {
            client.update_ticket(p.clone()); // sure: update_ticket
        }
        SHARED.get().expect("set").update_ticket(p.clone()); // sure: update_ticket
        SHARED.get_or_init(|| build().unwrap()).update_ticket(p.clone()); // sure: update_ticket
    }
}

fn build() -> desk_sdk::Result<Client> {
    Client::builder().access_token("x").scopes(["a"]).build()
}

fn built(builder: ClientBuilder, p: GetTickets) { // sure: get_tickets
    let client = builder.organization("1").build().unwrap();
    client.get_tickets(p); // sure: get_tickets
    let made = build()?;
    made.for_organization("2").get_tickets(p); // sure: get_tickets
    let tuple = (1, made.clone());
    tuple.1.get_tickets(p); // sure: get_tickets
    let (_, again) = tuple;
    again.get_tickets(p); // sure: get_tickets
    let pair = Pair { client: again.clone(), number: 1 };
    pair.client.get_tickets(p); // sure: get_tickets
    let list = vec![again.clone(), made];
    list.iter().enumerate().for_each(|(number, one)| drop(one.get_tickets(p))); // sure: get_tickets
    list[0].get_tickets(p); // sure: get_tickets
    let late;
    late = build().unwrap();
    late.get_tickets(p); // sure: get_tickets
    match list.first() {
        Some(first) if first.credits().left.is_some() => first.get_tickets(p), // sure: get_tickets
        _ => return,
    };
    let boxed: Box<dyn Fn(&Client) -> u8> = Box::new(|client| drop(client.get_ticket(q()))); // sure: get_ticket
    loop {
        let Some(client) = list.pop() else { break };
        client.get_tickets(p); // sure: get_tickets
    }
}

fn q() -> GetTicket { // sure: get_ticket
    GetTicket::new("1") // sure: get_ticket
}

/// Its target is a pointer to itself, at the end of which there is nothing.
struct Around(Arc<Around>);

impl std::ops::Deref for Around {
    type Target = Arc<Around>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

fn around(around: Around, client: &Client) {
    around.strong();
    let _ = around.field;
    client.get_ticket(GetTicket::new("1")); // sure: get_ticket
}
