use desk_sdk::search::SearchAccounts;

let found = client.search_accounts(SearchAccounts::new().account_name("Rossi*").limit(10)).await?;
for account in &found.data {
    println!("{:?}: {:?}", account.id, account.account_name);
}
