// Lists of maps, and maps of pairs.
use desk_cli::export::Wanted;
use desk_sdk::Client;
use std::collections::HashMap;

fn maps(clients: Vec<HashMap<u8, Client>>, pairs: Vec<HashMap<u8, (Client, u8)>>, keys: Vec<HashMap<Client, u8>>) {
    for c in clients[0].values() {
        c.get_agents(x()); // sure: get_agents
    }
    for (c, n) in pairs[0].values() {
        c.get_agents(x()); // unsure: get_agents
    }
    for c in keys[0].keys() {
        c.get_agents(x()); // unsure: get_agents
    }
    pairs[0][&1].0.get_agents(x()); // sure: get_agents
}

fn resources() {
    let names = ["tickets"].map(String::from).to_vec();
    let _ = Wanted::Resources(names); // sure: get_tickets, search_tickets, get_organizations
}
