// Attributes whose macros are not in the source: code and paths that they are given.
use desk_sdk::Client;

#[handler(with = "Client::get_agents")] // unsure: get_agents
fn by_text() {}

#[handler(with = Client::get_ticket, limit = 3)] // unsure: get_ticket
fn by_path() {}

#[handler(run = c.get_role(..))] // unsure: get_role
fn by_code() {}

#[handler(run = "c.get_role(id)")] // unsure: get_role
fn by_code_in_text() {}

#[handler("desk_sdk::Client::get_role")] // unsure: get_role
fn alone() {}

#[handler(get_team, other)] // unsure: get_team
fn by_name() {}

#[serde(rename = "get_agents")]
#[doc = "Client::get_agents"]
#[cfg_attr(feature = "get_agents", allow(dead_code))]
#[cfg_attr(feature = "web", handler(with = "Client::get_views"))] // unsure: get_views
#[deprecated(note = "use Client::get_agents")]
struct Settings {
    #[builder(default = client().get_skills(x()))] // unsure: get_skills
    skills: Vec<u8>,
    #[serde(deserialize_with = "crate::read", rename = "get_agents")]
    agents: Vec<u8>,
}

#[module(call = Client::get_agents)] // unsure: get_agents
mod inner {}

fn parameter(#[from(Client::get_role)] role: u8) {} // unsure: get_role

macro_rules! written {
    ($name:ident) => {
        #[handler(with = "Client::get_ticket")] // unsure: get_ticket
        fn $name() {}
    };
}
written!(one);

#[tracing::instrument(skip_all, fields(agents = ?desk.get_agents(x())))] // unsure: get_agents
fn traced(desk: &Client) {
    desk.get_agents(x()); // sure: get_agents
}

enum Command {
    #[command(call = Client::get_fields)] // unsure: get_fields
    Fields,
}

struct Service;

impl Service {
    #[tool(run = "Client::get_views")] // unsure: get_views
    fn views(&self) {}
}

#[remote(Client::get_views)] // unsure: get_views
trait Remote {
    #[remote(Client::get_labels)] // unsure: get_labels
    fn labels(&self);
}

#[remote(Client::get_views)] // unsure: get_views
impl Remote for Service {
    fn labels(&self) {}
}
