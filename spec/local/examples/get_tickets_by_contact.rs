use desk_sdk::tickets::GetTicketsByContact;

for ticket in &client.get_tickets_by_contact(GetTicketsByContact::new("4000000456").limit(50)).await?.data {
    println!("{:?}: {:?}", ticket.status, ticket.subject);
}
