//! Calls by name, as an assistant makes them.

use desk_sdk::Client;
use serde_json::{Value, json};

/// What is read every minute.
const COUNTS: [&str; 2] = ["tickets_count_by_field_values", "get_agents"];

/// Runs the operation that the assistant has chosen.
pub(crate) async fn run(desk: &Client, name: &str, arguments: &str) -> desk_sdk::Result<String> {
    let arguments: Value = serde_json::from_str(arguments).unwrap_or(Value::Null);
    let answer = match name {
        "departments" => desk.invoke("get_departments", arguments).await?,
        "search" => desk.invoke(searched(&arguments), json!({ "limit": 5 })).await?,
        other => desk.invoke(other, arguments).await?,
    };
    Ok(answer.to_string())
}

fn searched(arguments: &Value) -> &'static str {
    if arguments["contacts"] == Value::Bool(true) { "search_contacts" } else { "search_tickets" }
}

pub(crate) async fn counts(desk: &Client) -> desk_sdk::Result<Vec<usize>> {
    let mut counts = Vec::new();
    for operation in COUNTS {
        let answer = desk.invoke(operation, json!({})).await?;
        counts.push(answer.to_string().len());
    }
    Ok(counts)
}
