// Closures that are bound without a type, and called elsewhere.
use desk_sdk::Client;
use std::collections::HashMap;
use std::future::Future;
use std::sync::Arc;

fn bound(client: &Client, id: &str) {
    let f = |c| c.get_ticket("1"); // sure: get_ticket
    f(client);
    let g = |c, n| { // nothing
        if n > 1 {
            c.get_tickets("1"); // sure: get_tickets
        }
    };
    g(client.clone(), 1);
    let never = |c| c.get_agent("1");
    let unclear = |c| c.get_agent(x()); // unsure: get_agent
    let other = |c| c.get_role("1");
    other(Repository);
    let later = move |c| async move { c.get_team("1").await }; // sure: get_team
    let task = later(client.clone());
    let outer = |c| { let inner = |d| d.get_views("1"); inner(c) }; // sure: get_views
    outer(client);
    let renamed = f;
    let shared = Arc::new(|c| c.get_fields("1")); // sure: get_fields
    shared(client);
    let boxed = Box::new(|c| c.get_labels("1")); // sure: get_labels
    (boxed)(client);
    let by_name = |c, name| c.invoke(name, json()); // sure: get_skills
    by_name(client, "get_skills");
    let requests = |c, path| c.request(desk_sdk::Method::Get, path); // sure: get_tickets
    requests(client, "/api/v1/tickets");
    let named = |c: &Client, name| c.invoke(name, json()); // sure: get_channels, get_layouts
    named(client, "get_channels");
    named(client, "get_layouts");
    let either = |c: &Client, name| c.invoke(name, json()); // sure: get_channels; unseen
    either(client, "get_channels");
    either(client, id);
    let unseen = |name| client.invoke(name, json()); // unseen
    let given = |name: &str| client.invoke(name, json()); // unseen
    names.iter().map(|name| client.invoke(name, json())); // unseen
    ["get_channels"].iter().map(|name| client.invoke(name, json())); // sure: get_channels
}

struct Repository;

fn run<F, T>(client: &Client, f: F) -> T
where
    F: Fn(&Client) -> T,
{
    f(client)
}

fn run_any<C, T>(client: C, f: impl Fn(C) -> T) -> T {
    f(client)
}

async fn retry<F, Fut, T>(f: F) -> T
where
    F: Fn(Client) -> Fut,
    Fut: Future<Output = T>,
{
    loop {}
}

struct Job<F> {
    run: F,
}

impl<F: Fn(&Client)> Job<F> {
    fn new(run: F) -> Self {
        Self { run }
    }
}

struct Plain<F> {
    run: F,
}

struct Handlers {
    all: HashMap<String, Box<dyn Fn(&Client)>>,
    one: fn(&Client),
}

fn passed(client: &Client, clients: Vec<Client>) {
    let f = |c| c.get_ticket("1"); // sure: get_ticket
    run(client, f);
    let g = |c| c.get_tickets("1"); // sure: get_tickets
    run_any(client.clone(), g);
    let h = |c| async move { c.get_agent("1").await }; // sure: get_agent
    retry(h);
    let i = |c| c.get_role("1"); // sure: get_role
    clients.iter().map(i);
    let j = |c| c.get_team("1"); // sure: get_team
    Job::new(j);
    let k = |c| c.get_views("1"); // sure: get_views
    let plain = Plain { run: k };
    (plain.run)(client);
    let l = |c| c.get_fields("1"); // sure: get_fields
    let handlers = Handlers { all: HashMap::new(), one: l };
    let m = |c| c.get_labels("1"); // sure: get_labels
    handlers.all.insert("a".into(), Box::new(m));
    let n = |c| c.get_badges("1"); // sure: get_badges
    let typed: Box<dyn Fn(&Client)> = Box::new(n);
    let o = |c| c.get_skills("1"); // sure: get_skills
    std::thread::scope(|scope| scope.spawn(|| o(client)));
    let p = |c| c.get_events("1"); // sure: get_events
    for c in &clients {
        p(c);
    }
    for q in [|c| c.get_calls("1"), |c| c.get_tasks("1")] { // sure: get_calls, get_tasks
        q(client);
    }
}

fn made() -> impl Fn(&Client) {
    let f = |c| drop(c.get_ticket("1")); // sure: get_ticket
    f
}

fn generic<C>() -> impl Fn(C)
where
    C: AsRef<Client>,
{
    |c| drop(c.as_ref().get_ticket("1")) // sure: get_ticket
}

fn stored(client: Client) {
    let call = || client.clone();
    call().get_ticket("1"); // sure: get_ticket
    let call = move || async move { client };
    call().await.get_ticket("1"); // sure: get_ticket
    let mut late = None;
    late = Some(|c| c.get_views("1")); // sure: get_views
    late.unwrap()(call());
}
