use desk_sdk::Client;
use desk_sdk::tickets::GetTickets;
use std::ops::Deref;

struct Desk(Client);

impl Deref for Desk {
    type Target = Client;
    fn deref(&self) -> &Client {
        &self.0
    }
}

impl AsRef<Client> for Desk {
    fn as_ref(&self) -> &Client {
        &self.0
    }
}

#[derive(Deref)]
struct Derived {
    #[deref]
    client: Client,
    name: String,
}

fn as_reference<C: AsRef<Client>>(client: C, p: GetTickets) { // sure: get_tickets
    client.as_ref().get_tickets(p); // sure: get_tickets
}

fn with_where<C>(client: &C, p: GetTickets) // sure: get_tickets
where
    C: Deref<Target = Client> + Send,
{
    client.get_tickets(p); // sure: get_tickets
}

fn argument(client: impl Into<Client>, p: GetTickets) { // sure: get_tickets
    let client = client.into();
    client.get_tickets(p); // sure: get_tickets
}

fn newtypes(desk: Desk, derived: &Derived, p: GetTickets) { // sure: get_tickets
    desk.get_tickets(p); // sure: get_tickets
    desk.as_ref().get_tickets(p); // sure: get_tickets
    desk.0.get_tickets(p); // sure: get_tickets
    derived.get_tickets(p); // sure: get_tickets
    (*derived).get_tickets(p); // sure: get_tickets
}

fn run<P>(client: &Client, call: impl Fn(&Client) -> P) -> P {
    call(client)
}

fn run_with<F, P>(call: F) -> P
where
    F: FnOnce(Client, u8) -> P,
{
    loop {}
}

struct Pool<T> {
    all: Vec<T>,
}

impl<T> Pool<T> {
    fn new(all: Vec<T>) -> Self {
        Self { all }
    }

    fn one(&self) -> Option<&T> {
        self.all.first()
    }
}

trait HasDesk {
    type Held;
    fn desk(&self) -> &Client;
    fn list(&self, p: GetTickets) { // sure: get_tickets
        self.desk().get_tickets(p); // sure: get_tickets
    }
}

impl HasDesk for String {
    type Held = Client;
    fn desk(&self) -> &Client {
        loop {}
    }
}

trait Extended: AsRef<Client> {
    fn more(&self, p: GetTickets) { // sure: get_tickets
        self.as_ref().get_tickets(p); // sure: get_tickets
    }
}

fn closures(client: &Client, p: GetTickets) { // sure: get_tickets
    run(client, |c| c.get_tickets(p)); // sure: get_tickets
    run_with(|c, _| c.get_tickets(p)); // sure: get_tickets
    let pool = Pool::new(vec![client.clone()]);
    pool.one().unwrap().get_tickets(p); // sure: get_tickets
    "x".to_string().desk().get_tickets(p); // sure: get_tickets
    let found = [1, 2].iter().map(|_| client.clone()).next();
    found.unwrap().get_tickets(p); // sure: get_tickets
    client.clone().get_tickets(p); // sure: get_tickets
}

fn dynamic(all: &[Box<dyn HasDesk>], p: GetTickets) { // sure: get_tickets
    all[0].desk().get_tickets(p); // sure: get_tickets
    for one in all {
        one.desk().get_tickets(p); // sure: get_tickets
    }
}
