// Programs as people write them: workers, services, dispatch, repositories, futures in boxes.
use async_trait::async_trait;
use desk_sdk::{Client, Result};
use futures::future::{BoxFuture, try_join_all};
use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

enum Command {
    Read { id: String, reply: oneshot::Sender<u8> },
    Stop,
}

struct Worker {
    desk: Client,
    commands: mpsc::Receiver<Command>,
}

impl Worker {
    fn start(desk: Client) -> (mpsc::Sender<Command>, JoinHandle<()>) {
        let (sender, commands) = mpsc::channel(8);
        let mut worker = Self { desk, commands };
        let handle = tokio::spawn(async move { worker.run().await });
        (sender, handle)
    }

    async fn run(&mut self) {
        loop {
            tokio::select! {
                Some(command) = self.commands.recv() => match command {
                    Command::Read { id, reply } => drop(reply.send(self.desk.get_ticket(x(id)).await)), // sure: get_ticket
                    Command::Stop => break,
                },
                _ = tick.tick() => { self.desk.get_tickets(x()).await; } // sure: get_tickets
            }
        }
    }
}

#[derive(Clone)]
struct DeskService {
    client: Client,
}

impl tower::Service<Request> for DeskService {
    type Response = u8;
    type Error = desk_sdk::Error;
    type Future = Pin<Box<dyn Future<Output = Result<u8>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let this = self.clone();
        Box::pin(async move { this.client.get_agent(x(request)).await }) // sure: get_agent
    }
}

#[async_trait]
trait Tickets: Send + Sync {
    async fn one(&self, id: &str) -> Result<u8>;
    fn client(&self) -> &Client;
    async fn both(&self) {
        self.client().get_roles(x()).await; // sure: get_roles
    }
}

struct Live<C>(C);

#[async_trait]
impl<C> Tickets for Live<C>
where
    C: AsRef<Client> + Send + Sync,
{
    async fn one(&self, id: &str) -> Result<u8> {
        self.0.as_ref().get_ticket(x(id)).await // sure: get_ticket
    }
    fn client(&self) -> &Client {
        self.0.as_ref()
    }
}

struct Repository<T: ?Sized> {
    tickets: Arc<T>,
}

impl<T: Tickets + ?Sized> Repository<T> {
    async fn load(&self, ids: &[String]) -> Result<Vec<u8>> {
        try_join_all(ids.iter().map(|id| self.tickets.client().get_ticket(x(id)))).await // sure: get_ticket
    }
}

type Handler = Arc<dyn Fn(Client, Update) -> BoxFuture<'static, Result<()>> + Send + Sync>;

#[derive(Default)]
struct Router {
    handlers: HashMap<&'static str, Handler>,
}

impl Router {
    fn on<F, Fut>(mut self, name: &'static str, handler: F) -> Self
    where
        F: Fn(Client, Update) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<()>> + Send + 'static,
    {
        self.handlers.insert(name, Arc::new(move |client, update| Box::pin(handler(client, update))));
        self
    }

    async fn dispatch(&self, client: &Client, update: Update) {
        if let Some(handler) = self.handlers.get(update.name) {
            handler(client.clone(), update).await;
        }
    }
}

struct BotBuilder {
    client: Option<Client>,
    limit: usize,
}

impl BotBuilder {
    fn client(mut self, client: Client) -> Self {
        self.client = Some(client);
        self
    }

    fn build(self) -> Bot {
        Bot { client: self.client.expect("a client"), steps: Vec::new() }
    }
}

struct Bot {
    client: Client,
    steps: Vec<Box<dyn FnOnce(&Client) -> Pin<Box<dyn Future<Output = ()>>>>>,
}

enum Source {
    Desk(Client),
    File(std::path::PathBuf),
}

impl Source {
    async fn read(self) {
        match self {
            Source::Desk(client) if client.credits().is_low() => {}
            Source::Desk(client) => drop(client.get_contacts(x()).await), // sure: get_contacts
            Source::File(path) => drop(std::fs::read(path)),
        }
    }
}

fn clients() -> impl Iterator<Item = (String, Client)> {
    std::iter::empty()
}

fn client_of(request: &Request) -> Result<impl AsRef<Client> + '_, Failure> {
    request.extensions().get::<Arc<Client>>().ok_or(Failure)
}

async fn main() -> Result<()> {
    let bot = BotBuilder { client: None, limit: 1 }.client(Client::from_env()?).build();
    bot.client.get_teams(x()).await?; // sure: get_teams
    bot.steps.push(Box::new(|c| Box::pin(async move { drop(c.get_views(x()).await) }))); // sure: get_views
    let router = Router::default()
        .on("a", |client, update| async move { client.get_fields(x(update)).await }) // sure: get_fields
        .on("b", handle);
    for (name, client) in clients() {
        client.get_layouts(x(name)).await?; // sure: get_layouts
    }
    client_of(&request)?.as_ref().get_skills(x()).await?; // sure: get_skills
    request.extensions().get::<Client>().unwrap().get_channels(x()); // sure: get_channels
    let client = bot.client;
    std::thread::scope(|scope| {
        let handles: Vec<_> = (0..4).map(|n| scope.spawn(|| block_on(client.get_products(x(n))))).collect(); // sure: get_products
        handles.into_iter().for_each(|handle| drop(handle.join()));
    });
    let mut set = tokio::task::JoinSet::new();
    for id in ids {
        let client = client.clone();
        set.spawn(async move { client.get_accounts(x(id)).await }); // sure: get_accounts
    }
    let mut workers = Vec::new();
    for n in 0..4 {
        let client = Arc::new(client.clone());
        workers.push(move |id| { let client = client.clone(); async move { client.get_events(x(id)).await } }); // sure: get_events
    }
    let (a, b) = futures::try_join!(client.get_calls(x()), async { client.get_tasks(x()).await })?; // sure: get_calls, get_tasks
    let result = match futures::future::select(client.get_contracts(x()), timer).await { // sure: get_contracts
        Either::Left((done, _)) => done,
        Either::Right(_) => return Err(failure()),
    };
    let retried = (|| async { client.get_dashboard(x()).await }).retry(policy()).await?; // sure: get_dashboard
    let lazily: Lazy<_, _> = Lazy::new(move || client.clone());
    lazily.get_labels(x()); // sure: get_labels
    let by_org: HashMap<u64, Arc<tokio::sync::Mutex<Client>>> = HashMap::new();
    if let Some(locked) = by_org.get(&7) {
        locked.lock().await.get_badges(x()); // sure: get_badges
    }
    let sorted: std::collections::BTreeMap<_, _> = clients().map(|(name, client)| (name, client)).collect();
    sorted["a"].get_modules(x()); // sure: get_modules
    sorted.values().for_each(|client| drop(client.get_modules(x()))); // sure: get_modules
    let grouped = clients().fold(HashMap::new(), |mut all, (name, client)| { all.insert(name, client); all });
    grouped["a"].get_users(x()); // sure: get_users
    Ok(())
}

async fn handle(client: Client, update: Update) -> Result<()> {
    client.get_holiday_list(x()).await // sure: get_holiday_list
}

fn x() {}
struct Update;
