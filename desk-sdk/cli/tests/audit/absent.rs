//! Programs that have their clients from crates whose source is not there.

use desk_cli::audit::Audit;

use crate::cases::{expected, found};
use crate::project::{MANIFEST, Project};

/// What a file has that is not as its comments say; see `cases`.
fn differs(project: &Project, name: &str) -> Vec<String> {
    let audit = Audit::of(&[project.path().to_owned()]);
    assert_eq!(audit.problems, []);
    let (expected, found) = (expected(&project.read(name)), found(&audit, &project.file(name)));
    let missed = expected.difference(&found).map(|(line, what)| format!("{line}: misses {what}"));
    missed.chain(found.difference(&expected).map(|(line, what)| format!("{line}: finds {what}"))).collect()
}

/// All of these are told, by what they come from; `x()` is known by none of them.
const USES: &str = r#"
use other_crate::{Desk, HasDesk};

static SHARED: other_crate::Shared = other_crate::Shared::new();

struct Bot {
    desk: Desk,
    pool: other_crate::Pool<u8>,
}

impl Bot {
    async fn run(&self) {
        self.desk.get_ticket(x()); // unsure: get_ticket
        self.pool.get().await.unwrap().get_tickets(x()); // unsure: get_tickets
        self.desk.inner().get_agent(other_crate::parameters()); // unsure: get_agent
        self.desk.get_role(Default::default()); // unsure: get_role
        self.desk.get_team("1");
    }
}

fn bounded<D: HasDesk>(desk: D, dynamic: &dyn HasDesk, given: impl other_crate::HasDesk + Send) {
    desk.client().get_ticket(x()); // unsure: get_ticket
    dynamic.client().get_ticket(x()); // unsure: get_ticket
    given.client().get_ticket(x()); // unsure: get_ticket
}

async fn called() {
    other_crate::desk().get_ticket(x()); // unsure: get_ticket
    other_crate::desk().await?.clone().get_ticket(x()).await; // unsure: get_ticket
    other_crate::DESK.get_ticket(x()); // unsure: get_ticket
    SHARED.get_ticket(x()); // unsure: get_ticket
    Desk::get_ticket(&desk, x()); // unsure: get_ticket
    let all = ids.map(Desk::get_ticket_history); // unsure: get_ticket_history
    other_crate::module::get_ticket(&pool, x());
    other_crate::with(|desk| desk.get_ticket(x())); // unsure: get_ticket
    for desk in other_crate::all() {
        desk.get_ticket(x()); // unsure: get_ticket
    }
    other_crate::desk().request(other_crate::method(), "/api/v1/tickets"); // unseen
    other_crate::desk().request(other_crate::GET, "https://example.com");
    String::from(other_crate::text()).get_ticket(1);
}

fn x() {
    unknown()
}
"#;

/// The calls are there whether a lock file is or not, and in files without anything of the SDK.
#[test]
fn clients_of_crates_that_are_not_there_are_told() {
    let manifest = format!("{MANIFEST}other-crate = \"1\"\n");
    let main = "mod uses; fn f(_: &desk_sdk::Client) {}";
    let uses = USES.replace("fn x() {\n    unknown()\n}\n", "use unseen::x;\n");
    let project = Project::new(&[("Cargo.toml", &manifest), ("src/main.rs", main), ("src/uses.rs", &uses)]);
    assert_eq!(differs(&project, "src/uses.rs"), [""; 0]);
    let lock = |needs: &str| {
        format!(
            "version = 4\n[[package]]\nname = \"desk-sdk\"\nversion = \"0.1.0\"\n\
             [[package]]\nname = \"other-crate\"\nversion = \"1.0.0\"\ndependencies = [{needs}]\n"
        )
    };
    project.write("Cargo.lock", &lock("\"desk-sdk\""));
    assert_eq!(differs(&project, "src/uses.rs"), [""; 0]);
    // Even if the program itself does not name the SDK.
    project.write("Cargo.toml", "[package]\nname = \"app\"\n[dependencies]\nother-crate = \"1\"\n");
    project.write("src/main.rs", "mod uses;");
    assert_eq!(differs(&project, "src/uses.rs"), [""; 0]);
    assert!(Audit::of(&[project.path().to_owned()]).depends);
    // A crate that has nothing of the SDK has no client either.
    project.write("Cargo.toml", &manifest);
    project.write("Cargo.lock", &lock(""));
    assert!(Audit::of(&[project.path().to_owned()]).findings.iter().all(|finding| finding.doubt.is_none()));
}

/// Others' items may become calls of what they name, however that is written there.
#[test]
fn macros_among_items_are_told() {
    let uses = "other_crate::handlers! {
    list => client.get_tickets(), // unsure: get_tickets
    one(id) => client.get_ticket(id), // unsure: get_ticket
    agents => get_agents, // unsure: get_agents
    fn both(client: &Client) -> Answer { client.get_roles(x()) } // unsure: get_roles
}
other_crate::define! { fn teams(c: Desk) { c.get_teams().await } } // unsure: get_teams
thread_local! { static NUMBER: u8 = 1; }
";
    let manifest = format!("{MANIFEST}other-crate = \"1\"\n");
    let project = Project::new(&[("Cargo.toml", &manifest), ("src/main.rs", "mod uses;"), ("src/uses.rs", uses)]);
    assert_eq!(differs(&project, "src/uses.rs"), [""; 0]);
}

/// Of a workspace with plenty of methods that are called like operations, none is told.
#[test]
fn methods_of_other_things_are_not_told() {
    let main = r#"
use desk_sdk::Client;
use std::sync::Arc;

struct Repository(sqlx::PgPool);

impl Repository {
    async fn get_ticket(&self, id: Id) -> Ticket {
        self.0.fetch(id).await
    }
}

trait Store: Send + Sync {
    fn get_tickets(&self, filter: Filter) -> Vec<Ticket>;
}

#[derive(Clone)]
struct State {
    desk: Client,
    repository: Arc<Repository>,
    store: Arc<dyn Store>,
    http: reqwest::Client,
}

async fn handler(axum::extract::State(state): axum::extract::State<State>, id: Id, filter: Filter) {
    state.repository.get_ticket(id).await;
    state.store.get_tickets(filter);
    state.http.request(reqwest::Method::GET, url(id)).send().await;
    let shared = state.repository.clone();
    tokio::spawn(async move { shared.get_ticket(next()).await });
    let stores: Vec<Arc<dyn Store>> = vec![state.store.clone()];
    stores.iter().for_each(|store| drop(store.get_tickets(filter())));
    let rows = sqlx::query("select 1").fetch_all(&state.repository.0).await;
    rows.into_iter().map(|row| row.get("id")).collect::<Vec<Id>>();
}

fn main() {}
"#;
    let manifest = format!("{MANIFEST}sqlx = \"1\"\naxum = \"1\"\nreqwest = \"1\"\ntokio = \"1\"\n");
    let project = Project::new(&[("Cargo.toml", &manifest), ("src/main.rs", main)]);
    assert_eq!(differs(&project, "src/main.rs"), [""; 0]);
}
