use desk_sdk::search::SearchContacts;

let found = client.search_contacts(SearchContacts::new().email(["maria@example.com"])).await?;
if let Some(contact) = found.data.first() {
    println!("{:?} {:?}", contact.first_name, contact.last_name);
}
