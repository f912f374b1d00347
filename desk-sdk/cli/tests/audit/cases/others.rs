// Methods of the same names on other things.
use desk_sdk::Client;
use desk_sdk::tickets::GetTickets;

struct Repository {
    rows: Vec<u8>,
}

impl Repository {
    fn get_ticket(&self, id: &str) -> u8 {
        0
    }
    fn get_agent(&self, filter: Filter) -> Option<&Row> {
        None
    }
}

struct Filter;
struct Row;

trait Store {
    fn get_contacts(&self, page: u8);
    fn get_tickets(&self, limit: u8);
}

impl Store for Repository {
    fn get_contacts(&self, page: u8) {}
    fn get_tickets(&self, limit: u8) {}
}

struct Service {
    repository: Repository,
    store: Box<dyn Store>,
    http: reqwest::Client,
    desk: Client,
}

impl Service {
    fn other(&self, pool: &sqlx::PgPool, id: &str, filter: Filter, any: impl Store, text: String) {
        self.repository.get_ticket(id);
        self.repository.get_agent(filter).map(|row| row.get_role(1));
        self.repository.get_contacts(1);
        self.store.get_contacts(page);
        any.get_tickets(limit);
        Store::get_tickets(&any, 1);
        self.http.request(reqwest::Method::GET, "https://example.com/api/v1/tickets");
        pool.get_teams(id);
        text.get_teams(id);
        let map = std::collections::HashMap::<String, String>::new();
        map.get_views(id);
        let rows = self.repository.rows.iter().map(|row| row.get_labels(id)).collect::<Vec<_>>();
        let local = other_crate::Repository::connect();
        local.get_badges(id);
        [1, 2].get_fields(id);
    }

    fn unknown(&self, id: &str) {
        let thing = MADE_ELSEWHERE.thing();
        thing.get_agent("1");
        thing.get_agent(1, 2);
        thing.get_agent();
        thing.get_agent(Filter);
        thing.get_agent(self.desk.what_is_this().or_that(macro_made!()));
        unknown_function().get_agent(unknown_argument()); // unsure: get_agent
        unknown_function().get_agent(GetTickets::new()); // sure: get_tickets
    }
}

fn shadowed(client: &Client, p: GetTickets) { // sure: get_tickets
    let client = Repository { rows: Vec::new() };
    client.get_tickets(1);
    {
        let client = self::desk();
        client.get_tickets(p); // sure: get_tickets
    }
    client.get_contacts(2);
}

fn desk() -> Client {
    todo!()
}

/// client.get_agents(GetAgents::new())
#[doc = "client.get_agents(GetAgents::new())"]
fn text() {
    // client.get_agents(GetAgents::new())
    let text = "client.get_agents(GetAgents::new())";
    println!("client.invoke(\"get_agents\")");
}
