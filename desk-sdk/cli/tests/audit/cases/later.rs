use desk_sdk::{Client, Method};

async fn links(c: &Client, o: Other) {
    let mut path = "/api/v1/tickets".to_string();
    loop {
        let page = c.request(Method::Get, &path).await; // unsure: get_tickets; unseen
        path = page.next().to_string();
    }
}

async fn known(c: &Client, deep: bool) {
    let mut name = "get_tickets";
    for _ in 0..2 {
        c.invoke(name, j); // sure: get_tickets, get_contacts
        name = "get_contacts";
    }
    let (mut one, mut two) = ("get_agents", "get_roles");
    while deep {
        c.invoke(one, j); // sure: get_agents, get_roles, get_teams
        one = two;
        two = "get_teams";
    }
    let mut next = Some("get_views");
    while let Some(name) = next {
        c.invoke(name, j); // sure: get_views, get_skills
        next.replace("get_skills");
    }
    let mut stack = vec!["get_labels"];
    while let Some(name) = stack.pop() {
        c.invoke(name, j); // sure: get_labels, get_badges
        stack.push("get_badges");
    }
    let mut both = ("get_layouts", 1);
    loop {
        c.invoke(both.0, j); // sure: get_layouts, get_products
        both = ("get_products", 2);
    }
}
