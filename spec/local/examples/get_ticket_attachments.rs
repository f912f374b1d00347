use desk_sdk::tickets::GetTicketAttachments;

for file in &client.get_ticket_attachments(GetTicketAttachments::new("4000000123")).await?.data {
    println!("{:?}: {:?} bytes", file.name, file.size);
}
