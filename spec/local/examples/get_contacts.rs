use desk_sdk::contacts::GetContacts;
use desk_sdk::types::ContactInclude;

let newest = GetContacts::new().include([ContactInclude::Accounts]).sort_by("-createdTime").limit(100);
for contact in &client.get_contacts(newest).await?.data {
    let company = contact.account.as_ref().and_then(|account| account.account_name.as_deref());
    println!("{:?} of {company:?}", contact.last_name);
}
