use desk_sdk::Client;
use std::collections::{BTreeMap, HashMap};

struct Job {
    operation: &'static str,
    limit: u32,
}

async fn maps(c: &Client, more: &'static str) {
    let mut map = HashMap::new();
    map.insert("a", "get_tickets");
    map.insert("b", "get_contacts");
    c.invoke(map["a"], j); // sure: get_tickets, get_contacts
    c.invoke(map.get("a").unwrap(), j); // sure: get_tickets, get_contacts
    for (_, name) in &map {
        c.invoke(name, j); // sure: get_tickets, get_contacts
    }
    let mut map = BTreeMap::new();
    map.insert("a", "get_agents");
    map.insert("b", more);
    map.insert("c", "get_roles");
    map.values().for_each(|name| c.invoke(name, j)); // unsure: get_agents, get_roles; unseen
    let mut limits = HashMap::new();
    limits.insert("get_teams", 1);
    limits.insert("get_views", 2);
    for name in limits.keys() {
        c.invoke(name, j); // sure: get_teams, get_views
    }
    limits.insert(more, 3);
    for (name, limit) in limits {
        c.invoke(name, j); // unsure: get_teams, get_views; unseen
    }
    let mut map = HashMap::from([("a", "get_skills")]);
    map.insert("b", "get_labels");
    c.invoke(map["b"], j); // sure: get_skills, get_labels
    map.extend([("c", "get_badges")]);
    c.invoke(map["c"], j); // sure: get_skills, get_labels, get_badges
}

async fn lists(c: &Client, more: &'static str) {
    let mut pairs = Vec::new();
    pairs.push(("get_tickets", 1));
    pairs.push(("get_contacts", 2));
    for (name, _) in &pairs {
        c.invoke(name, j); // sure: get_tickets, get_contacts
    }
    pairs.push((more, 3));
    for (name, _) in &pairs {
        c.invoke(name, j); // unsure: get_tickets, get_contacts; unseen
    }
    let mut jobs = vec![];
    jobs.push(Job { operation: "get_agents", limit: 1 });
    jobs.push(Job { operation: "get_roles", limit: 2 });
    for job in jobs {
        c.invoke(job.operation, j); // sure: get_agents, get_roles
    }
    let mut list = vec!["get_teams"];
    list.insert(0, "get_views");
    c.invoke(list[1], j); // sure: get_teams, get_views
}
