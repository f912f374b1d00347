use desk_sdk::tickets::SendReply;
use desk_sdk::types::{ContentType, ThreadChannel};

// Goes to the customer at once, and is not repeated by itself.
let reply = SendReply::new("4000000123")
    .channel(ThreadChannel::Email)
    .from_email_address("support@example.com")
    .to("maria@example.com")
    .content_type(ContentType::PlainText)
    .content("A new cable is on its way.");
let thread = client.send_reply(reply).await?;
println!("{:?}", thread.status);
