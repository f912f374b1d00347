// Macros as a nightly compiler has them, and what else syn only keeps as tokens.
use desk_sdk::Client;

pub macro agents($client:expr) {
    $client.get_agents(x()) // sure: get_agents
}

macro several {
    ($client:expr) => { $client.get_ticket(x()) }, // sure: get_ticket
    ($client:expr, $other:expr) => { $client.get_role(x()) }, // sure: get_role
}

macro unused($client:expr) {
    $client.get_team(x()) // unsure: get_team
}

trait Lent = AsRef<Client> + Send;

fn used(c: Client, lent: impl Lent) {
    agents!(c);
    several!(c);
    several!(c, 1);
    lent.as_ref().get_views(x()); // sure: get_views
}
