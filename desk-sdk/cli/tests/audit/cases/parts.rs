// Parts of what stands in lists, maps and guards: a step to them that cannot be told apart is never another known thing.
use desk_sdk::{Client, Method};
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::{Arc, LazyLock, Mutex, RwLock};

type Named = (u8, Client);

struct Desk {
    c: Client,
    name: String,
}

struct Holder {
    v: Vec<Named>,
    m: Mutex<Vec<(u8, Arc<Client>)>>,
    deep: Vec<(u8, (String, Client))>,
    desks: Vec<(u8, Desk)>,
}

static ALL: LazyLock<Vec<Named>> = LazyLock::new(Vec::new);
static LOCKED: LazyLock<Mutex<Vec<Named>>> = LazyLock::new(Default::default);

fn lists(v: &[Named], q: VecDeque<(u8, Client)>, a: [(u8, Client); 2], b: Box<[Named]>, s: Arc<Vec<Named>>) {
    v[0].1.get_agents(x()); // sure: get_agents
    v[0].0.get_agents(x());
    q[0].1.get_ticket(x()); // sure: get_ticket
    a[1].1.get_role(x()); // sure: get_role
    b[0].1.get_team(x()); // sure: get_team
    s[0].1.invoke("get_views", x()); // sure: get_views
    s[0].1.request(Method::Get, "/api/v1/agents"); // sure: get_agents
    v[n()].1.get_skills(x()); // sure: get_skills
    v[1..][0].1.get_skills(x()); // sure: get_skills
    v[0].1.invoke(n, 1); // unseen
    let one = &v[0];
    one.1.get_fields(x()); // sure: get_fields
    let (_, c) = &v[0];
    c.get_fields(x()); // sure: get_fields
    let (_, c) = v[0].clone();
    c.get_fields(x()); // sure: get_fields
    v.get(0).unwrap().1.get_agent(x()); // sure: get_agent
    v.get(0).map(|(_, c)| c.get_agent(x())); // sure: get_agent
    v.get(0).map(|p| p.1.get_agent(x())); // sure: get_agent
    v.first().unwrap().1.get_agent(x()); // sure: get_agent
    if let Some((_, c)) = v.get(0) {
        c.get_agent(x()); // sure: get_agent
    }
    q.front().unwrap().1.get_agent(x()); // sure: get_agent
    q.clone().remove(0).unwrap().1.get_agent(x()); // sure: get_agent
    v.to_vec().swap_remove(0).1.get_agent(x()); // sure: get_agent
    v.iter().find(|p| p.0 == 1).unwrap().1.get_agent(x()); // sure: get_agent
    v.iter().max_by_key(|p| p.0).unwrap().1.get_agent(x()); // sure: get_agent
}

fn turned(v: Vec<Arc<(Client, u8)>>, w: Vec<(Client, u8)>) {
    v[0].0.get_agents(x()); // sure: get_agents
    v[0].1.get_agents(x());
    w[0].0.get_agents(x()); // sure: get_agents
    w.get(1).unwrap().0.get_agents(x()); // sure: get_agents
}

fn made(c: Client) {
    let v = vec![(1, c.clone())];
    v[0].1.get_agents(x()); // sure: get_agents
    let w = [(c.clone(), 1), (c.clone(), 2)];
    w[1].0.get_agents(x()); // sure: get_agents
    let mut z = Vec::new();
    z.push((1, c.clone()));
    z[0].1.get_agents(x()); // sure: get_agents
    let three = vec![(1, "a", c.clone())];
    three[0].2.get_agents(x()); // sure: get_agents
    vec![(1, c.clone())][0].1.get_agents(x()); // sure: get_agents
    let collected: Vec<_> = names.iter().map(|name| (name, c.clone())).collect();
    collected[0].1.get_agents(x()); // sure: get_agents
    let by_name: HashMap<_, _> = names.iter().map(|name| (name, c.clone())).collect();
    by_name["a"].get_agents(x()); // sure: get_agents
    by_name[&key].get_agents(x()); // sure: get_agents
    by_name.get("a").unwrap().get_agents(x()); // sure: get_agents
    let by_name = names.iter().map(|name| (name, c.clone())).collect::<HashMap<_, _>>();
    by_name[&key].get_agents(x()); // sure: get_agents
    let pairs: HashMap<_, _> = names.iter().map(|name| (name, (c.clone(), 1))).collect();
    pairs[&key].0.get_agents(x()); // sure: get_agents
}

fn maps(m: HashMap<u8, Vec<Named>>, b: BTreeMap<u8, (Client, u8)>, l: Vec<HashMap<u8, Named>>, k: Vec<BTreeMap<Client, u8>>) {
    m[&1][0].1.get_agents(x()); // sure: get_agents
    m["x"][0].1.get_agents(x()); // sure: get_agents
    b[&1].0.get_agents(x()); // sure: get_agents
    b[&1].1.get_agents(x());
    b.first_key_value().unwrap().1.0.get_ticket(x()); // sure: get_ticket
    b.clone().pop_last().unwrap().1.0.get_ticket(x()); // sure: get_ticket
    b.last_entry().unwrap().get().0.get_ticket(x()); // sure: get_ticket
    if let Some((_, (c, _))) = b.first_key_value() {
        c.get_ticket(x()); // sure: get_ticket
    }
    l[0][&1].1.get_role(x()); // sure: get_role
    l[0].get(&1).unwrap().1.get_role(x()); // sure: get_role
    l[0].values().next().unwrap().1.get_role(x()); // unsure: get_role
    k[0].keys().next().unwrap().get_team(x()); // unsure: get_team
}

impl Holder {
    fn own(&self, i: usize) {
        self.v[i].1.get_agents(x()); // sure: get_agents
        self.m.lock().unwrap()[0].1.get_ticket(x()); // sure: get_ticket
        let guard = self.m.lock().unwrap();
        guard[0].1.get_ticket(x()); // sure: get_ticket
        self.deep[i].1.1.get_role(x()); // sure: get_role
        self.desks[i].1.c.get_team(x()); // sure: get_team
        self.desks.get(i).unwrap().1.c.get_team(x()); // sure: get_team
        self.desks[i].1.name.get_team(x());
    }
}

fn all() -> Vec<Named> {
    Vec::new()
}

fn statics(r: RwLock<Vec<Named>>) {
    ALL[0].1.get_agents(x()); // sure: get_agents
    LOCKED.lock().unwrap()[0].1.get_agents(x()); // sure: get_agents
    r.read().unwrap()[0].1.get_agents(x()); // sure: get_agents
    all()[0].1.get_agents(x()); // sure: get_agents
    for (_, c) in all() {
        c.get_agents(x()); // sure: get_agents
    }
    for one in &all()[1..] {
        one.1.get_agents(x()); // sure: get_agents
    }
}

struct K(Client);

fn read(m: &mut BTreeMap<u8, Client>) {
    "y".parse::<K>().unwrap().0.get_agents(x()); // sure: get_agents
    m.last_entry().unwrap().get().get_agents(x()); // sure: get_agents
    m.first_entry().unwrap().remove().get_agents(x()); // sure: get_agents
    m.last_entry().unwrap().remove_entry().1.get_agents(x()); // sure: get_agents
}
