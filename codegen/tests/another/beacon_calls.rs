//! The smallest client: one operation, no scopes, no lists.

use desk_sdk::light::GetLight;
use desk_sdk::testing::FakeDesk;
use desk_sdk::{ScopeSet, smallest_scopes};
use desk_sdk::{Endpoint as _, auth::TokenType};
use serde_json::json;

#[tokio::main]
async fn main() -> desk_sdk::Result<()> {
    let beacon = FakeDesk::new();
    beacon.on("get_light", json!({ "on": true }));
    let light = beacon.builder().scopes([""; 0]).build()?.get_light(GetLight::new()).await?;
    assert_eq!(light.on, Some(true));
    assert!(ScopeSet::default().allow(GetLight::OPERATION) && smallest_scopes([GetLight::OPERATION]).is_empty());
    assert_eq!(TokenType::default().as_str(), "Bearer");
    println!("all calls were as expected");
    Ok(())
}
