use desk_sdk::contacts::CreateAccount;

let account = CreateAccount::new().account_name("Rossi S.p.A.").website("https://example.com");
let account = client.create_account(account).await?;
println!("{:?}", account.id);
