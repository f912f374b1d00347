use desk_sdk::tickets::GetTicketHistory;

for event in &client.get_ticket_history(GetTicketHistory::new("4000000123").limit(50)).await?.data {
    println!("{:?}: {:?}", event.event_time, event.event_name);
}
