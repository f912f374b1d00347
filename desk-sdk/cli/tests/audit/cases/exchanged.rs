use std::mem;

use desk_sdk::Client;

fn replaced(c: &Client) {
    let mut name = "get_agents";
    let before = mem::replace(&mut name, "get_views");
    c.invoke(before, j); // sure: get_agents
    c.invoke(name, j); // sure: get_agents, get_views
}

fn swapped(c: &Client) {
    let (mut one, mut other) = ("get_teams", "get_roles");
    std::mem::swap(&mut one, &mut other);
    c.invoke(one, j); // sure: get_teams, get_roles
    c.invoke(other, j); // sure: get_roles, get_teams
}

// What it is replaced by is made at run time.
fn unknown(c: &Client) {
    let mut name = String::from("get_badges");
    let _ = mem::replace(&mut name, std::env::args().next().unwrap());
    c.invoke(&name, j); // unsure: get_badges; unseen
}

fn clients(one: &mut Client, other: Client) {
    let before = mem::replace(one, other);
    before.get_agents(x); // sure: get_agents
    let mut held = Some(before);
    let taken = mem::replace(&mut held, None);
    taken.get_views(x); // sure: get_views
}
