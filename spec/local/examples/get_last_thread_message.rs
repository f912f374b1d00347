use desk_sdk::tickets::GetLastThreadMessage;

// What the customer wrote last.
let last = GetLastThreadMessage::new("4000000123").need_incoming_thread(true);
println!("{:?}", client.get_last_thread_message(last).await?.content);
