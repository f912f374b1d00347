//! Calls in reports.

use bytes::Bytes;
use serde_json::Value;

use crate::exchange::hide;
use crate::exchange::incoming::{self, Incoming};

/// How much of a body is shown.
const SHOWN: usize = 200;

/// The parts of a call that stay the same when it is repeated. A form has a new boundary each time, so its body is
/// ignored.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Signature {
    method: String,
    path: String,
    query: Vec<(String, String)>,
    body: Bytes,
}

impl Signature {
    pub(super) fn of(incoming: &Incoming) -> Self {
        let (method, path, query) = (incoming.method.clone(), incoming.path.clone(), incoming.query.clone());
        let body = if is(incoming, "multipart/") { Bytes::new() } else { incoming.body.clone() };
        Self { method, path, query, body }
    }
}

/// A call on one line, with the start of its body.
pub(super) fn line(incoming: &Incoming) -> String {
    let mut line = format!("{} {}{}", incoming.method, incoming.path, hide::query(&incoming.query));
    let body = body(incoming);
    match body.char_indices().nth(SHOWN) {
        Some((end, _)) => line += &format!(" {}…", body.get(..end).unwrap_or_default()),
        None if body.is_empty() => {}
        None => line += &format!(" {body}"),
    }
    line
}

/// A body without its secrets; the size only, if it is neither JSON nor a form of pairs.
fn body(incoming: &Incoming) -> String {
    if incoming.body.is_empty() {
        return String::new();
    }
    if let Ok(value) = serde_json::from_slice::<Value>(&incoming.body) {
        return hide::document(&value).to_string();
    }
    if is(incoming, "application/x-www-form-urlencoded") {
        let pairs = incoming::pairs(&String::from_utf8_lossy(&incoming.body));
        return hide::query(&pairs).strip_prefix('?').unwrap_or_default().to_owned();
    }
    format!("({} bytes)", incoming.body.len())
}

fn is(incoming: &Incoming, kind: &str) -> bool {
    incoming.header("content-type").is_some_and(|written| written.to_ascii_lowercase().starts_with(kind))
}
