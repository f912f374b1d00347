use desk_sdk::Client;

fn main() {
    let client = Client::new("token");
    walk(&client, "get_tickets");
    turned(&client, "get_teams", "get_views", 2);
    shared(&client, "get_labels");
    shared(&client, &std::env::args().next().unwrap());
    only(&client, "get_badges");
    let _: Vec<fn(&Client, &str)> = vec![only];
}

fn walk(c: &Client, n: &str) {
    c.invoke(n, j); // sure: get_tickets, get_agents
    if n.len() > 3 {
        walk(c, "get_agents");
    }
}

fn turned(c: &Client, one: &str, two: &str, left: u8) {
    c.invoke(one, j); // sure: get_teams, get_views
    if left > 0 {
        turned(c, two, one, left - 1);
    }
}

// Some of what it is given is made at run time.
fn shared(c: &Client, n: &str) {
    c.invoke(n, j); // unsure: get_labels; unseen
}

// Whoever calls what is in the list may give it anything.
fn only(c: &Client, n: &str) {
    c.invoke(n, j); // unsure: get_badges; unseen
}

fn rest(c: &Client, n: &str) {
    c.invoke(n, j); // unsure: get_roles; unseen
    rest(c, "get_roles");
    rest(c, &std::env::args().next().unwrap());
}
