// Pools, caches, channels, containers that are filled later, and streams of clients.
use desk_sdk::Client;
use deadpool::managed::{Manager, Object};
use futures::stream::{self, StreamExt as _};
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, OnceLock};
use arc_swap::ArcSwap;
use tokio::sync::OnceCell;

struct Desks;

impl Manager for Desks {
    type Type = Client;
    type Error = desk_sdk::Error;
    async fn create(&self) -> Result<Client, Self::Error> {
        Client::builder().build()
    }
}

struct Connections {
    token: String,
}

impl bb8::ManageConnection for Connections {
    type Connection = desk_sdk::Client;
}

type Pool = deadpool::managed::Pool<Desks>;

struct State {
    pool: Pool,
    connections: bb8::Pool<Connections>,
    cache: moka::future::Cache<String, Client>,
    current: ArcSwap<Client>,
    known: dashmap::DashMap<String, Client>,
    recent: lru::LruCache<u8, Arc<Client>>,
}

static ONCE: OnceCell<Client> = OnceCell::const_new();
static SWAP: LazyLock<ArcSwap<Client>> = LazyLock::new(|| ArcSwap::from_pointee(connect()));
static ALL: OnceLock<HashMap<String, Client>> = OnceLock::new();

impl State {
    async fn pools(&self) {
        self.pool.get().await?.get_ticket(x()); // sure: get_ticket
        let object = self.pool.get().await.unwrap();
        object.get_tickets(x()); // sure: get_tickets
        self.connections.get().await.unwrap().get_agent(x()); // sure: get_agent
        self.connections.get_owned().await.map(|c| c.get_role(x())); // sure: get_role
        let made = Pool::builder(Desks).max_size(4).build().unwrap();
        made.get().await.unwrap().get_team(x()); // sure: get_team
        let manager = r2d2::Pool::new(Connections { token: token() }).unwrap();
        manager.get().unwrap().get_team(x()); // sure: get_team
        made.status();
    }

    async fn caches(&self, key: &str) {
        self.cache.get_with(key.to_owned(), async { connect() }).await.get_ticket(x()); // sure: get_ticket
        let client = self.cache.try_get_with(key, connecting()).await?;
        client.get_tickets(x()); // sure: get_tickets
        self.cache.get(key).await.unwrap().get_agent(x()); // sure: get_agent
        self.cache.entry(key).or_insert_with(connecting()).await.into_value().get_role(x()); // sure: get_role
        self.known.get(key).unwrap().value().get_team(x()); // sure: get_team
        for entry in self.known.iter() {
            entry.value().get_team(x()); // sure: get_team
        }
        self.recent.get_or_insert(7, || Arc::new(connect())).get_team(x()); // sure: get_team
        self.current.load().get_views(x()); // sure: get_views
        self.current.load_full().get_views(x()); // sure: get_views
        SWAP.load().get_views(x()); // sure: get_views
        ONCE.get_or_init(|| async { connect() }).await.get_views(x()); // sure: get_views
        ONCE.get().unwrap().get_views(x()); // sure: get_views
        ALL.get().unwrap()["a"].get_views(x()); // sure: get_views
        ALL.get_or_init(HashMap::new).get("a").unwrap().get_views(x()); // sure: get_views
    }
}

async fn owned(object: Object<Desks>, connection: bb8::PooledConnection<'_, Connections>) {
    object.get_ticket(x()); // sure: get_ticket
    connection.get_ticket(x()); // sure: get_ticket
}

fn connect() -> Client {
    loop {}
}

async fn filled(client: Client) {
    let mut list = Vec::new();
    list.push(client.clone());
    for c in &list {
        c.get_ticket(x()); // sure: get_ticket
    }
    let mut map = HashMap::new();
    map.insert("eu".to_string(), client.clone());
    map.get("eu").unwrap().get_tickets(x()); // sure: get_tickets
    let cell = OnceLock::new();
    cell.set(client.clone()).unwrap();
    cell.get().unwrap().get_agent(x()); // sure: get_agent
    let (tx, mut rx) = tokio::sync::mpsc::channel(8);
    tx.send(client.clone()).await;
    rx.recv().await.unwrap().get_role(x()); // unsure: get_role
    let (tx, rx) = std::sync::mpsc::channel::<Client>();
    rx.recv().unwrap().get_team(x()); // sure: get_team
    let mut slot = None;
    slot = Some(client.clone());
    slot.unwrap().get_team(x()); // sure: get_team
    let mut queue = std::collections::VecDeque::with_capacity(4);
    queue.extend([client.clone()]);
    queue.pop_front().unwrap().get_team(x()); // sure: get_team
    let pair = Default::default();
    pair.get_fields(x()); // unsure: get_fields
}

async fn streams(clients: Vec<Client>, client: Client) {
    stream::iter(clients).for_each_concurrent(4, |c| async move { c.get_ticket(x()).await; }).await; // sure: get_ticket
    stream::iter(&clients).then(|c| async move { c.get_tickets(x()).await }).collect::<Vec<_>>().await; // sure: get_tickets
    stream::iter(clients.clone())
        .map(|c| async move { c.get_agent(x()).await }) // sure: get_agent
        .buffer_unordered(4)
        .filter_map(|one| async { one.ok() });
    let mut each = stream::iter(clients.clone()).filter_map(|c| async move { Some(c) }).boxed();
    while let Some(c) = each.next().await {
        c.get_role(x()); // sure: get_role
    }
    futures::stream::iter(clients.iter().cloned()).enumerate().map(|(n, c)| c.get_team(x())); // sure: get_team
    stream::iter(clients.clone()).zip(stream::iter(ids)).map(|(c, id)| c.get_team(x())); // sure: get_team
    StreamExt::map(stream::iter(clients.clone()), |c| c.get_team(x())); // sure: get_team
    stream::unfold(client.clone(), |c| async move { Some((c.get_views(x()).await, c)) }); // sure: get_views
    clients.iter().map(Arc::clone).for_each(|c| drop(c.get_fields(x()))); // sure: get_fields
    clients.chunks(2).for_each(|some| some.iter().for_each(|c| drop(c.get_fields(x())))); // sure: get_fields
    clients.iter().try_for_each(|c| c.get_fields(x())); // sure: get_fields
    futures::future::join_all(clients.iter().map(|c| c.get_fields(x()))).await; // sure: get_fields
    clients.par_iter().for_each(|c| drop(c.get_fields(x()))); // sure: get_fields
    let (some, others): (Vec<_>, Vec<_>) = clients.iter().partition(|c| c.is_known());
    some[0].get_skills(x()); // sure: get_skills
    clients.into_iter().reduce(|a, b| a).unwrap().get_skills(x()); // sure: get_skills
}
