use desk_sdk::tickets::GetTicket;
use desk_sdk::types::TicketInclude;

let ticket = client.get_ticket(GetTicket::new("4000000123").include([TicketInclude::Contacts])).await?;
println!("{:?}, shelf {:?}", ticket.subject, ticket.cf.as_ref().map(|cf| &cf["cf_shelf"]));
