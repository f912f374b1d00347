use desk_sdk::tickets::TicketsCountByFieldValues;
use desk_sdk::types::TicketCountField;

let by_status = TicketsCountByFieldValues::new().field([TicketCountField::Status]);
println!("{:?}", client.tickets_count_by_field_values(by_status).await?);
