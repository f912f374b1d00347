use desk_sdk::{Client, Method};
use std::fmt::Write as _;
use std::sync::{Mutex, RwLock};

static mut CURRENT: &str = "get_tickets";
static SHARED: RwLock<&str> = RwLock::new("get_contacts");

struct Choice {
    operation: String,
}

async fn texts(c: &Client, more: &str, o: Other) {
    let mut n = String::from("get_contacts");
    n += "_count";
    c.invoke(&n, j); // unsure: get_contacts; unseen
    let mut n = String::from("get_contacts");
    n.truncate(3);
    c.invoke(&n, j); // unsure: get_contacts; unseen
    let mut n = String::from("get_contacts");
    n.pop();
    c.invoke(&n, j); // unsure: get_contacts; unseen
    let mut n = "get_contacts".to_owned();
    n.make_ascii_uppercase();
    c.invoke(&n, j); // unsure: get_contacts; unseen
    let mut n = "get_contacts".to_owned();
    n.clone_from(&o.name);
    c.invoke(&n, j); // unsure: get_contacts; unseen
    let mut n = "get_contacts".to_owned();
    write!(n, "_{more}").unwrap();
    c.invoke(&n, j); // unsure: get_contacts; unseen
    let mut n = "get_contacts".to_owned();
    std::io::stdin().read_line(&mut n);
    c.invoke(&n, j); // unsure: get_contacts; unseen
    let mut n = "get_contacts".to_owned();
    o.fill(&mut n);
    c.invoke(&n, j); // unsure: get_contacts; unseen
    let mut n = "get_contacts".to_owned();
    their::change!(&mut n, with more);
    c.invoke(&n, j); // unsure: get_contacts; unseen
    let mut n = "get_contacts".to_owned();
    let ref mut r = n;
    r.push('x');
    c.invoke(&n, j); // unsure: get_contacts; unseen
    let mut n = "get_contacts".to_owned();
    for r in [&mut n] {
        *r = more.to_owned();
    }
    c.invoke(&n, j); // unsure: get_contacts; unseen
    let mut n = "get_contacts".to_owned();
    (n, _) = o.pair();
    c.invoke(&n, j); // unsure: get_contacts; unseen
    let mut n = "get_contacts".to_owned();
    Choice { operation: n, .. } = o.choice();
    c.invoke(&n, j); // unsure: get_contacts; unseen
    let mut n = "get_nothing".to_owned();
    n += more;
    c.invoke(&n, j); // unseen
    let n = "get_contacts_count";
    c.invoke(&n[..12], j); // unsure: get_contacts_count; unseen
    c.invoke(n.get(..12).unwrap(), j); // unsure: get_contacts_count; unseen
    c.invoke("get_tickets".min(more), j); // unsure: get_tickets; unseen
    c.invoke(unsafe { CURRENT }, j); // unsure: get_tickets; unseen
    c.invoke(*SHARED.read().unwrap(), j); // unsure: get_contacts; unseen
    let lock = Mutex::new("get_agents");
    *lock.lock().unwrap() = "get_roles";
    c.invoke(*lock.lock().unwrap(), j); // unsure: get_agents, get_roles; unseen
    let mut m = Method::Get;
    o.choose(&mut m);
    c.request(m, "/api/v1/tickets"); // unsure: get_tickets; unseen
}

async fn lists(c: &Client, more: &[&str], o: Other) {
    let mut names = vec!["get_contacts"];
    o.fill(&mut names);
    for name in &names {
        c.invoke(name, j); // unsure: get_contacts; unseen
    }
    let mut names = vec!["get_contacts"];
    names.extend_from_slice(more);
    names.iter().for_each(|name| c.invoke(name, j)); // unsure: get_contacts; unseen
    let mut names = vec!["get_contacts"];
    for name in names.iter_mut() {
        *name = o.name();
    }
    c.invoke(names[0], j); // unsure: get_contacts; unseen
    let mut names = vec!["get_contacts"];
    *names.first_mut().unwrap() = o.name();
    c.invoke(names[0], j); // unsure: get_contacts; unseen
    // Less may be left of a list, but nothing else.
    let mut names = vec!["get_agents", "get_roles"];
    names.retain(|name| o.wants(name));
    names.sort();
    while let Some(name) = names.pop() {
        c.invoke(name.trim_end(), j); // unseen
        c.invoke(name, j); // sure: get_agents, get_roles
    }
    c.invoke(["get_agents", "get_roles"][..1][0], j); // sure: get_agents, get_roles
    let kept = "get_teams".to_owned();
    c.invoke(kept.as_str(), j); // sure: get_teams
    o.read(&kept);
    c.invoke(&kept, j); // sure: get_teams
}
