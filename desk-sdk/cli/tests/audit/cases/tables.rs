use desk_sdk::tickets::*;
use desk_sdk::{Client, Pending};
use std::collections::HashMap;

type Handler = Box<dyn for<'c> Fn(&'c Client, &str) -> BoxFuture<'c, ()> + Send>;

const READERS: [fn(&Client, GetTicket) -> Pending<Ticket>; 1] = [Client::get_ticket]; // sure: get_ticket

struct Step {
    name: &'static str,
    run: fn(&Client) -> u8,
}

static STEPS: &[Step] = &[
    Step { name: "one", run: |c| c.get_contacts(parameters()) }, // sure: get_contacts
    Step { name: "two", run: two },
];

fn two(c: &Client) -> u8 {
    c.get_accounts(parameters()) // sure: get_accounts
}

enum Backend {
    Live { client: Client, retries: u8 },
    Other(Box<Backend>),
    None,
}

impl Backend {
    fn run(&self) {
        match self {
            Self::Live { client, .. } => client.get_agents(parameters()), // sure: get_agents
            Backend::Other(inner) => inner.run(),
            Backend::None => {}
        }
        if let Backend::Live { client: other, retries } = self {
            other.get_roles(parameters()); // sure: get_roles
        }
    }
}

fn handlers(client: &Client) {
    let mut handlers: HashMap<String, Handler> = HashMap::new();
    handlers.insert("a".into(), Box::new(|c, id| Box::pin(async move { c.get_skills(x).await }))); // sure: get_skills
    let mut list: Vec<Handler> = Vec::new();
    list.push(Box::new(move |c, id| Box::pin(c.get_teams(x)))); // sure: get_teams
    for step in STEPS {
        (step.run)(client);
    }
    let name: &str = "get_views";
    client.invoke(name, j); // sure: get_views
    let names: Vec<&str> = vec!["get_layouts"];
    client.invoke(names[0], j); // sure: get_layouts
    let given = Into::<Client>::into(app);
    given.get_fields(x); // sure: get_fields
    AsRef::<Client>::as_ref(&app).get_labels(x); // sure: get_labels
    app.downcast_ref::<Client>().unwrap().get_badges(x); // sure: get_badges
    let state = request.app_data::<web::Data<State>>().unwrap();
    state.desk.get_events(x); // sure: get_events
    let mut calls = FuturesUnordered::new();
    for id in ids {
        let client = client.clone();
        calls.push(tokio::spawn(async move { client.get_calls(x).await })); // sure: get_calls
    }
    let retried = retry(3, || async { client.get_tasks(x).await }); // sure: get_tasks
    let limited = tokio::time::timeout(second, client.get_contracts(x)); // sure: get_contracts
    let (first, rest) = (client, 1);
    first.get_products(x); // sure: get_products
    let result: Result<Client, String> = build();
    let client = match result {
        Ok(client) => client,
        Err(error) => return error.get_holiday_list("x"),
    };
    client.get_dashboard(x); // sure: get_dashboard
}

struct State {
    desk: Client,
}

async fn extracted(
    axum::extract::State(state): axum::extract::State<std::sync::Arc<State>>,
    Extension(client): Extension<Client>,
    pool: deadpool::Object<Client>,
) {
    state.desk.get_tickets(x); // sure: get_tickets
    client.get_tickets(x); // sure: get_tickets
    pool.get_ticket(x); // unsure: get_ticket
    pool.get_ticket(GetTicket::new(1)); // sure: get_ticket
    pool.get_ticket(1);
}

trait Runner {
    fn run<F, T>(&self, call: F) -> T
    where
        F: FnOnce(&Client) -> T;
}

fn through(runner: &impl Runner, other: &dyn Runner) {
    runner.run(|c| c.get_departments(x)); // sure: get_departments
    other.run(|c| { // nothing
        let c = c.clone();
        c.get_channels(x) // sure: get_channels
    });
    let inner = runner.run(|c| c.clone());
    inner.get_modules(x); // sure: get_modules
}

fn made() -> impl std::ops::Deref<Target = Client> {
    todo!()
}

fn futures() -> impl Future<Output = desk_sdk::Result<Client>> {
    todo!()
}

async fn awaited() {
    made().get_users(x); // sure: get_users
    futures().await?.get_products(x); // sure: get_products
}
