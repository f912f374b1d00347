//! Operations as a table, or JSON.

use desk_sdk::Operation;
use serde_json::{Value, json};

use crate::call::table;
use crate::scopes::{entry, line};

/// Operations as a table that is no wider than this.
pub fn listed(operations: &[&'static Operation], width: Option<u16>) -> String {
    let row = |operation: &&'static Operation| {
        let Operation { id, method, path, risk, summary, .. } = *operation;
        let family = entry(id).map_or("", |entry| entry.family());
        vec![(*id).to_owned(), family.to_owned(), format!("{method} {path}"), risk.to_string(), line(summary)]
    };
    match operations.is_empty() {
        true => String::new(),
        false => {
            let headings = ["operation", "family", "request", "risk", "what it does"].map(str::to_owned);
            table(&headings, operations.iter().map(row).collect(), width)
        }
    }
}

/// Operations as a JSON list.
pub fn found_json(operations: &[&'static Operation]) -> Value {
    let record = |operation: &&'static Operation| {
        let Operation { id, method, path, risk, summary, .. } = *operation;
        json!({
            "id": id, "method": method.as_str(), "path": path, "risk": risk.to_string(), "summary": summary,
            "family": entry(id).map(|entry| entry.family()), "aliases": operation.aliases,
        })
    };
    operations.iter().map(record).collect()
}
