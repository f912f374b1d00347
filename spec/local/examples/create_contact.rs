use desk_sdk::contacts::CreateContact;

let contact = CreateContact::new().first_name("Maria").last_name("Rossi").email("maria@example.com");
let contact = client.create_contact(contact).await?;
println!("{:?}", contact.id);
