use desk_sdk::tickets::GetTicketConversations;

for entry in &client.get_ticket_conversations(GetTicketConversations::new("4000000123").limit(100)).await?.data {
    println!("{:?} {:?}: {:?}", entry.created_time, entry.r#type, entry.summary);
}
