#[cfg(test)]
pub type Desk = Mock;
#[cfg(not(test))]
pub type Desk = desk_sdk::Client;

#[cfg(feature = "offline")]
type Shared = Other;
#[cfg(not(feature = "offline"))]
type Shared = std::sync::Arc<desk_sdk::Client>;

#[cfg(feature = "offline")]
struct Svc {
    api: Other,
}
#[cfg(not(feature = "offline"))]
struct Svc {
    api: desk_sdk::Client,
}

struct Both {
    #[cfg(windows)]
    client: Mock,
    #[cfg(unix)]
    client: desk_sdk::Client,
}

#[cfg(windows)]
const NAME: &str = "get_tickets";
#[cfg(unix)]
const NAME: &str = "get_contacts";
#[cfg(test)]
const NAME: &str = "get_roles";

struct Mock;

impl Mock {
    fn get_agents(&self) {}
}

#[cfg(windows)]
fn connected() -> Mock {
    Mock
}
#[cfg(unix)]
fn connected() -> desk_sdk::Client {
    make()
}

fn run(desk: &Desk, shared: Shared, svc: &Svc, both: &Both) {
    desk.get_agents(x); // sure: get_agents
    shared.get_roles(x); // sure: get_roles
    svc.api.get_teams(x); // sure: get_teams
    both.client.get_views(x); // sure: get_views
    desk.invoke(NAME, x); // sure: get_tickets, get_contacts
    connected().get_skills(x); // sure: get_skills
}

mod inner {
    #[cfg(test)]
    use super::Mock as Client;
    #[cfg(not(test))]
    use desk_sdk::Client;

    fn run(client: &Client) {
        client.get_labels(x); // sure: get_labels
    }
}
