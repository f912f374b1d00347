use desk_sdk::Client;
use desk_sdk::tickets::{GetTicket, GetTickets};

macro_rules! call {
    ($client:expr, $method:ident, $parameters:expr) => {
        $client.$method($parameters).await
    };
}

macro_rules! fixed {
    ($client:expr) => {
        $client.get_agents(desk_sdk::agents::GetAgents::new()) // sure: get_agents
    };
}

macro_rules! many {
    ($client:ident: $($method:ident($kind:ident)),* $(,)?) => {
        vec![$($client.$method($kind::new())),*]
    };
}

macro_rules! by_name {
    ($client:expr, $($name:ident)*) => { $( $client.invoke(stringify!($name), serde_json::json!({})); )* };
}

macro_rules! invoked {
    ($name:expr, $client:expr) => {
        $client.invoke($name, serde_json::json!({})).await
    };
    ($client:expr) => {
        $client.invoke("get_channels", serde_json::json!({})).await // sure: get_channels
    };
}

macro_rules! requested {
    ($method:ident, $path:literal, $client:ident) => {
        $client.request(desk_sdk::Method::$method, $path)
    };
}

macro_rules! outer {
    ($name:expr, $client:expr) => {
        invoked!($name, $client)
    };
}

macro_rules! nobody {
    ($client:expr, $name:ident, $path:literal) => {
        fn $name(client: &Client) {
            client.invoke(stringify!($name), x()); // unseen
            client.invoke($path, x()); // unseen
            client.request(desk_sdk::Method::Get, concat!("/api/v1/", $path)); // unseen
        }
    };
}

macro_rules! module {
    ($name:ident => $method:ident, $p:ty) => {
        pub async fn $name(client: &desk_sdk::Client, p: $p) {
            client.$method(p).await;
        }
    };
}

module!(one => get_tickets, GetTickets); // sure: get_tickets
module! { two => get_ticket, desk_sdk::tickets::GetTicket } // sure: get_ticket

macro_rules! recursive {
    ($client:ident;) => {};
    ($client:ident; $method:ident $($rest:ident)*) => { $client.$method(p); recursive!($client; $($rest)*); };
}

macro_rules! unused {
    ($client:expr) => {
        $client.get_products(desk_sdk::products::GetProducts::new()) // sure: get_products
    };
}

macro_rules! unclear {
    ($client:expr, $p:expr) => {
        $client.get_accounts($p) // unsure: get_accounts
    };
}

lazy_static::lazy_static! {
    static ref DESK: Client = Client::builder().build().unwrap();
}

thread_local! {
    static LOCAL: std::cell::RefCell<Option<Client>> = std::cell::RefCell::new(None);
}

async fn calls(client: Client) {
    call!(client, get_tickets, GetTickets::new()); // sure: get_tickets
    call!(client.clone(), get_ticket, GetTicket::new("1")).unwrap(); // sure: get_ticket
    fixed!(client);
    many!(client: get_tickets(GetTickets), get_ticket_history(GetTicketHistory)); // sure: get_tickets, get_ticket_history
    by_name!(client, get_roles get_teams); // sure: get_roles, get_teams
    invoked!("get_skills", client); // sure: get_skills
    invoked!(name(), client); // unseen
    invoked!(client.clone());
    requested!(Get, "/api/v1/tickets", client); // sure: get_tickets
    requested!(Post, "/api/v1/tickets", client); // sure: create_ticket
    outer!("get_layouts", client); // sure: get_layouts
    recursive!(client; get_contacts get_departments); // sure: get_contacts, get_departments
    DESK.get_tickets(p); // sure: get_tickets
    LOCAL.with(|it| it.borrow().as_ref().unwrap().get_tickets(p)); // sure: get_tickets
    let (a, b) = tokio::join!(client.get_tickets(p), client.get_ticket(q)); // sure: get_tickets, get_ticket
    println!("{:?} {}", client.get_contact(p).await, 1); // sure: get_contact
    assert!(client.get_agent(p).await.is_ok()); // sure: get_agent
    let value = serde_json::json!({ "tickets": client.get_calls(p).await?, "list": [client.get_tasks(q)] }); // sure: get_calls, get_tasks
    tokio::select! {
        found = client.get_tickets(p) => { client.get_ticket(found) } // sure: get_tickets, get_ticket
        _ = stop.changed() => client.get_events(p).await, // sure: get_events
        else => break,
    }
    let stream = async_stream::try_stream! {
        for page in 0..3 {
            yield client.get_views(p).await?; // sure: get_views
        }
    };
    something_else!(client.get_labels(p) => then client.get_badges(q)); // sure: get_labels, get_badges
    other_macro!(client, get_fields); // unsure: get_fields
    paste::paste! {
        client.[<get_ time_ entry>](p);
        client.[<get_ teams>](p); // sure: get_teams
    }
}
