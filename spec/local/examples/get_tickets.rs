use desk_sdk::tickets::GetTickets;
use desk_sdk::types::TicketInclude;

let newest = GetTickets::new().status(["Open"]).include([TicketInclude::Contacts]).sort_by("-createdTime").limit(50);
for ticket in &client.get_tickets(newest).await?.data {
    println!("{:?}: {:?}", ticket.ticket_number, ticket.subject);
}
