// Type parameters that are left out.
use desk_sdk::Client;
use desk_sdk::tickets::GetTickets;
use std::sync::Arc;

type Shared<T = Client> = Arc<T>;
type Outcome<T, E = Failure> = Result<T, E>;

struct Failure {
    desk: Shared,
}

struct Pool<C = Client, D = Vec<C>> {
    one: C,
    all: D,
}

struct Wanted<P = GetTickets>(P); // sure: get_tickets

impl Pool {
    fn own(&self) {
        self.one.get_agents(x()); // sure: get_agents
    }
}

impl<C> Pool<C> {
    fn of(one: C) -> Self {
        loop {}
    }
    fn one(&self) -> &C {
        &self.one
    }
}

fn left_out(s: Shared, o: Outcome<u8>, p: Pool, q: Pool<String>, f: fn() -> Outcome<Shared>) {
    s.get_agents(x()); // sure: get_agents
    if let Err(Failure { desk }) = &o {
        desk.get_ticket(x()); // sure: get_ticket
    }
    p.all[0].get_role(x()); // sure: get_role
    p.one().get_role(x()); // sure: get_role
    q.all[0].get_role(x());
    q.one().get_role(x());
    f().unwrap().get_team(x()); // sure: get_team
    Pool::of(connect()).one().get_views(x()); // sure: get_views
    Pool::of(1).one().get_views(x());
}

fn connect() -> Client {
    loop {}
}
