//! What a call would send: the call is made, to nobody.

use desk_sdk::testing::{FakeDesk, RecordedRequest, Reply};
use desk_sdk::{Operation, Risk};
use serde_json::{Map, Value};

use super::refusal::Refusal;

/// The request that a call makes, or why it makes none. Scopes are looked at elsewhere.
pub(super) async fn rehearse(
    operation: &'static Operation,
    arguments: &Map<String, Value>,
) -> Result<RecordedRequest, Refusal> {
    let nobody = FakeDesk::new();
    nobody.on(operation.id, Reply::empty());
    let client = nobody.builder().max_risk(Risk::Destructive).build();
    let client = client.map_err(|error| Refusal::new("failed", error.to_string()))?;
    let made = client.invoke(operation.id, Value::Object(arguments.clone())).await;
    match (nobody.requests().pop(), made) {
        (Some(request), _) => Ok(request),
        (None, Err(error)) => Err(Refusal::of(&error, operation)),
        (None, Ok(_)) => Err(Refusal::new("failed", format!("{} sends nothing", operation.id))),
    }
}
