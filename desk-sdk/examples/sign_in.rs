//! Signs in once, so that programs can run for years: the token is kept in a file.
//!
//! ```sh
//! DESK_CLIENT_ID=1000.… DESK_CLIENT_SECRET=… cargo run --example sign_in -- get_tickets update_ticket
//! ```
//!
//! The client must be registered with the address `http://localhost:8080/`. `DESK_DATA_CENTRE` defaults to `us`.

use std::env;

use desk_sdk::SignIn;
use desk_sdk::auth::{DataCentre, FileStore, OauthClient};
use desk_sdk::operation;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let ids: Vec<String> = env::args().skip(1).collect();
    let mut used = Vec::new();
    for id in &ids {
        used.push(operation(id).ok_or_else(|| format!("there is no operation {id:?} among the enabled families"))?);
    }
    let centre: DataCentre = env::var("DESK_DATA_CENTRE").unwrap_or_else(|_| "us".to_owned()).parse()?;
    let variable = |name: &str| env::var(name).map_err(|_| format!("set {name}"));
    let client = OauthClient::new(variable("DESK_CLIENT_ID")?, variable("DESK_CLIENT_SECRET")?).data_centre(centre);
    let token = SignIn::new(client)
        .for_operations(used)
        .run(FileStore::new("desk-token.json"), |address| println!("Open this address and consent:\n\n{address}\n"))
        .await?;
    let scopes = token.scopes.map_or_else(|| "unknown scopes".to_owned(), |scopes| scopes.to_string());
    println!("Signed in for {scopes}. The token is in desk-token.json.");
    Ok(())
}
