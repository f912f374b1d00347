// What is only known by the traits and macros of other crates.
use desk_sdk::Client;

trait Ready {
    fn ready(&self);
}

fn bounded<S: tower::Service<u8, Response = Client>, P: other::Provide<Client>>(s: S, p: P, n: impl other::Named<str>) {
    s.call(1).await?.get_agents(x()); // unsure: get_agents
    p.provide().get_ticket(x()); // unsure: get_ticket
    s.check(1).get_ticket(x()); // unsure: get_ticket
    n.name().get_ticket(x()); // unsure: get_ticket
}

fn dynamic(m: Box<dyn ManageConnection<Connection = Client>>, o: &impl std::borrow::ToOwned<Owned = Client>) {
    m.connect().await?.get_role(x()); // unsure: get_role
    o.to_owned().get_role(x()); // unsure: get_role
}

fn made(c: made_type!(Client), other: &made_by_macro::Thing) {
    c.get_team(x()); // unsure: get_team
}

fn yielded(clients: Vec<Client>) {
    let all = stream! {
        for c in clients {
            yield c;
        }
    };
    all.next().await.unwrap().get_views(x()); // sure: get_views
    let one = wrapped! {
        let first = clients[0].clone();
        other::register(&first);
    };
    one.get_views(x()); // unsure: get_views
}

struct Filter {
    team: String,
}

fn converted(filter: Filter, id: String) {
    let thing = other_crate::thing();
    thing.get_agents(filter.into()); // unsure: get_agents
    thing.get_ticket(id.try_into().unwrap()); // unsure: get_ticket
    thing.get_agents(filter);
    connect().get_agents(filter.into()); // sure: get_agents
}

fn connect() -> Client {
    loop {}
}

fn connection(access: desk_cli::access::Access) {
    access.connect(|builder| builder).unwrap().client.get_skills(desk_sdk::agents::GetSkills::new()); // sure: get_skills
}
