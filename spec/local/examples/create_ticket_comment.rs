use desk_sdk::tickets::CreateTicketComment;

let note = CreateTicketComment::new("4000000123").content("She prefers to be called.").is_public(false);
let comment = client.create_ticket_comment(note).await?;
println!("{:?}", comment.id);
