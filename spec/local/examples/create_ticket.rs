use desk_sdk::tickets::CreateTicket;
use desk_sdk::types::TicketContactInput;
use serde_json::json;

// The contact is found by the address, or created.
let contact = TicketContactInput::new().last_name("Rossi").email("maria@example.com");
let ticket = CreateTicket::new()
    .department_id("4000000010")
    .contact(contact)
    .subject("The lamp flickers")
    .description("It began yesterday.")
    .field("cf", json!({"cf_shelf": "7"}));
let ticket = client.create_ticket(ticket).await?;
println!("ticket {:?} is at {:?}", ticket.ticket_number, ticket.web_url);
