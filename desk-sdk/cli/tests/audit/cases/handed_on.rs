// Methods and functions that are handed on by their paths.
use desk_sdk::Client;
use std::ops::ControlFlow;
use std::sync::Arc;

struct Service {
    client: Client,
}

impl Service {
    fn new(client: Client) -> Self {
        Self { client }
    }
}

fn handed(all: Vec<Option<Arc<Client>>>, clients: Vec<Client>) {
    all.iter().filter_map(Option::as_ref).for_each(|c| drop(c.get_agents(x()))); // sure: get_agents
    all.into_iter().map(Option::unwrap).map(|c| c.get_ticket(x())).count(); // sure: get_ticket
    all.into_iter().flatten().map(Arc::unwrap_or_clone).map(|c| c.get_role(x())).count(); // sure: get_role
    clients.iter().cloned().map(Service::new).for_each(|s| drop(s.client.get_team(x()))); // sure: get_team
    clients.iter().map(Client::clone).for_each(|c| drop(c.get_views(x()))); // sure: get_views
    clients.iter().cloned().map(Some).for_each(|c| drop(c.unwrap().get_views(x()))); // sure: get_views
    if let ControlFlow::Break(c) = clients.iter().try_for_each(|c| ControlFlow::Break(c)) {
        c.get_fields(x()); // sure: get_fields
    }
    if let Err(c) = clients.iter().try_for_each(|c| if c.credits().is_some() { Err(c) } else { Ok(()) }) {
        c.get_fields(x()); // sure: get_fields
    }
    clients.iter().try_for_each(|c| c.get_fields(x()))?; // sure: get_fields
    let services: Vec<_> = clients.into_iter().map(Service::new).map(Box::new).collect();
    services[0].client.get_skills(x()); // sure: get_skills
}
