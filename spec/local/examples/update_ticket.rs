use desk_sdk::Null;
use desk_sdk::tickets::UpdateTicket;

// What is not set stays as it is; `Null` clears a field.
let change = UpdateTicket::new("4000000123").status("Closed").resolution("A new cable.").due_date(Null);
let ticket = client.update_ticket(change).await?;
println!("closed at {:?}", ticket.closed_time);
