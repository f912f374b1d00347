//! The conditions a call must meet to match an expectation.

use std::fmt;

use serde_json::Value;

use crate::exchange::hide;
use crate::exchange::refusal::pointer;
use crate::judge::check::Call;

/// A part of a call, and the value it must have.
#[derive(Clone, Debug)]
pub(crate) enum Condition {
    /// A path parameter: its name, its place among those of the path, its value. Duplicates on one route name it
    /// differently.
    Path(String, usize, String),
    Query(String, String),
    Header(String, String),
    Body(Value),
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(name, _, value) | Self::Query(name, value) => write!(f, "{name}={}", hide::shown(name, value)),
            Self::Header(name, value) => write!(f, "{name}: {}", hide::shown(name, value)),
            Self::Body(part) => write!(f, "body {}", hide::document(part)),
        }
    }
}

impl Condition {
    /// The differences from the call; empty if it matches.
    pub(crate) fn differences(&self, call: Call<'_>, body: Option<&Value>) -> Vec<String> {
        match self {
            Self::Path(name, place, wanted) => {
                text("path parameter", name, wanted, call.values.get(*place).map(String::as_str))
            }
            Self::Query(name, wanted) => text("query parameter", name, wanted, call.incoming.query(name)),
            Self::Header(name, wanted) => text("header", name, wanted, call.incoming.header(name)),
            Self::Body(part) => match body {
                Some(body) => {
                    let mut found = Vec::new();
                    missing(part, body, "", &mut found);
                    found
                }
                None => vec![format!("body: expected {}, sent no JSON", hide::document(part))],
            },
        }
    }
}

fn text(what: &str, name: &str, wanted: &str, sent: Option<&str>) -> Vec<String> {
    if sent == Some(wanted) {
        return Vec::new();
    }
    let wanted = hide::shown(name, wanted);
    let sent = sent.map_or("nothing".to_owned(), |sent| format!("{:?}", hide::shown(name, sent)));
    vec![format!("{what} {name}: expected {wanted:?}, sent {sent}")]
}

/// Adds the places where a document differs from the expected part.
fn missing(part: &Value, whole: &Value, at: &str, found: &mut Vec<String>) {
    match (part, whole) {
        (Value::Object(part), Value::Object(whole)) => {
            for (name, value) in part {
                let at = pointer(at, name);
                match whole.get(name) {
                    Some(sent) => missing(value, sent, &at, found),
                    None => found.push(format!("body {at}: expected {}, sent nothing", hide::field(name, value))),
                }
            }
        }
        (Value::Array(part), Value::Array(whole)) if part.len() == whole.len() => {
            for (index, (part, whole)) in part.iter().zip(whole).enumerate() {
                missing(part, whole, &pointer(at, &index.to_string()), found);
            }
        }
        (part, whole) if part == whole => {}
        (part, whole) => {
            let name = at.rsplit('/').next().unwrap_or_default();
            let (part, whole) = (hide::field(name, part), hide::field(name, whole));
            let space = if at.is_empty() { "" } else { " " };
            found.push(format!("body{space}{at}: expected {part}, sent {whole}"));
        }
    }
}
