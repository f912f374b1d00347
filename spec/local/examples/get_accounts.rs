use desk_sdk::contacts::GetAccounts;

for account in &client.get_accounts(GetAccounts::new().sort_by("accountName").limit(100)).await?.data {
    println!("{:?}: {:?}", account.account_name, account.website);
}
