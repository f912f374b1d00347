// The error side of results: what was handed over comes back there.
use desk_sdk::Client;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};
use tokio::sync::mpsc::error::{SendError, TrySendError};

struct Failed {
    client: Client,
    why: String,
}

enum Why {
    Busy(Client),
    Gone,
}

type Outcome<T> = Result<T, Failed>;

fn plain(r: Result<u8, Client>) {
    if let Err(c) = r {
        c.get_agents(x()); // sure: get_agents
    }
    if let Err(c) = &r {
        c.invoke("get_agents", x()); // sure: get_agents
        c.invoke(n, 1); // unseen
        c.request(Method::GET, path()); // unseen
    }
    match r {
        Ok(n) => n.get_agents(x()),
        Err(c) => c.get_ticket(x()), // sure: get_ticket
    }
    let Err(c) = r else { return };
    c.get_role(x()); // sure: get_role
    match r {
        Err(c) | Err(c) if true => c.get_team(x()), // sure: get_team
        _ => {}
    }
    r.unwrap_err().get_views(x()); // sure: get_views
    r.as_ref().unwrap_err().get_views(x()); // sure: get_views
    r.clone().err().unwrap().get_views(x()); // sure: get_views
    r.expect_err("no").get_views(x()); // sure: get_views
    r.map_err(|c| c.get_skills(x())); // sure: get_skills
    r.inspect_err(|c| drop(c.get_skills(x()))); // sure: get_skills
    r.or_else(|c| c.get_skills(x())); // sure: get_skills
    r.unwrap_or_else(|c| c.get_skills(x())); // sure: get_skills
    r.map_or_else(|c| c.get_skills(x()), |n| n.get_agents(x())); // sure: get_skills
    r.map_err(|c| (c, 1)).unwrap_err().0.get_fields(x()); // sure: get_fields
    r.map(|n| n + 1).unwrap_err().get_fields(x()); // sure: get_fields
    r.unwrap().get_fields(x());
    r.ok().unwrap().get_fields(x());
    if r.is_err_and(|c| c.get_fields(x())) {} // sure: get_fields
}

async fn own(r: Result<(), Failed>, w: Result<u8, Why>, o: Outcome<u8>, b: Result<u8, Box<Failed>>) {
    if let Err(e) = r {
        e.client.get_agents(x()); // sure: get_agents
        e.why.get_agents(x());
    }
    if let Err(Failed { client, .. }) = r {
        client.get_agents(x()); // sure: get_agents
    }
    match w {
        Err(Why::Busy(c)) => c.get_ticket(x()), // sure: get_ticket
        _ => {}
    }
    o.unwrap_err().client.get_role(x()); // sure: get_role
    b.unwrap_err().client.get_role(x()); // sure: get_role
    failing().unwrap_err().client.get_role(x()); // sure: get_role
    if let Err(e) = failing() {
        e.client.get_role(x()); // sure: get_role
    }
    later().await.unwrap_err().get_role(x()); // sure: get_role
}

fn failing() -> Outcome<()> {
    let client = connect();
    Err(Failed { client, why: why() })
}

async fn later() -> Result<String, Client> {
    Err(connect())
}

fn both(r: Result<Client, Client>, e: Result<Client, desk_sdk::Error>, s: Result<Client, String>) {
    r.unwrap().get_agents(x()); // sure: get_agents
    r.as_ref().unwrap().get_agents(x()); // sure: get_agents
    if let Ok(c) | Err(c) = r {
        c.get_agents(x()); // sure: get_agents
    }
    let c = match r {
        Ok(c) => c,
        Err(c) => c,
    };
    c.get_agents(x()); // sure: get_agents
    if let Err(e) = &e {
        e.to_string();
        e.status().invoke("x");
    }
    e.unwrap().get_agents(x()); // sure: get_agents
    s.unwrap().get_agents(x()); // sure: get_agents
    r?.get_agents(x()); // sure: get_agents
}

async fn sent(c: Client, tx: tokio::sync::mpsc::Sender<Client>, tz: std::sync::mpsc::Sender<(u8, Client)>) {
    if let Err(e) = tx.send(c.clone()).await {
        e.0.get_agents(x()); // sure: get_agents
    }
    if let Err(SendError(c)) = tx.send(c.clone()).await {
        c.get_agents(x()); // sure: get_agents
    }
    match tx.try_send(c.clone()) {
        Err(TrySendError::Full(c)) => c.get_ticket(x()), // sure: get_ticket
        Err(TrySendError::Closed(c)) => c.get_ticket(x()), // sure: get_ticket
        Err(e) => e.into_inner().get_ticket(x()), // unsure: get_ticket
        Ok(()) => {}
    }
    tx.send(c.clone()).await.unwrap_err().0.get_role(x()); // sure: get_role
    let (ty, rx) = unbounded();
    if let Err(e) = ty.send(c.clone()) {
        e.0.get_role(x()); // sure: get_role
    }
    if let Err(e) = tz.send((1, c.clone())) {
        e.0.1.get_role(x()); // sure: get_role
    }
}

fn shared(a: Arc<Client>, o: OnceLock<Client>, m: Mutex<Client>, l: RwLock<Vec<(u8, Client)>>, c: Client) {
    match Arc::try_unwrap(a) {
        Ok(c) => c.get_agents(x()), // sure: get_agents
        Err(a) => a.get_agents(x()), // sure: get_agents
    }
    Arc::try_unwrap(a).unwrap_or_else(|a| (*a).clone()).get_agents(x()); // sure: get_agents
    if let Err(c) = o.set(c.clone()) {
        c.get_ticket(x()); // unsure: get_ticket
    }
    o.set(c.clone()).unwrap_err().get_ticket(x()); // unsure: get_ticket
    m.lock().unwrap_or_else(PoisonError::into_inner).get_role(x()); // sure: get_role
    m.lock().unwrap_or_else(|e| e.into_inner()).get_role(x()); // sure: get_role
    if let Err(e) = m.lock() {
        e.into_inner().get_role(x()); // unsure: get_role
        e.get_ref().get_role(x()); // unsure: get_role
    }
    match m.lock() {
        Ok(g) => g.get_role(x()), // sure: get_role
        Err(e) => e.into_inner().get_role(x()), // unsure: get_role
    }
    let g = match l.read() {
        Ok(g) => g,
        Err(e) => e.into_inner(),
    };
    g[0].1.get_role(x()); // sure: get_role
}

fn generic<E: AsRef<Client>>(r: Result<u8, E>, u: Result<u8, elsewhere::Lost>, k: Result<u8, std::io::Error>) {
    r.unwrap_err().as_ref().get_agents(x()); // sure: get_agents
    u.unwrap_err().get_agents(x()); // unsure: get_agents
    k.unwrap_err().get_agents(x());
    swapped(k).unwrap_err().get_agents(x()); // sure: get_agents
}

fn swapped<T>(r: Result<u8, T>) -> Result<T, Client> {
    loop {}
}
