use desk_sdk::search::SearchTickets;

// All conditions must hold; a trailing `*` stands for any ending.
let search = SearchTickets::new().email(["maria@example.com"]).subject("invoice*").limit(25);
for ticket in &client.search_tickets(search).await?.data {
    println!("{:?}: {:?}", ticket.ticket_number, ticket.subject);
}
