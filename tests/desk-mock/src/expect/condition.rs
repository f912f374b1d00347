//! What a call must have to suit an expectation.

use std::fmt;

use serde_json::Value;

use crate::check::Call;
use crate::hide;
use crate::refusal::pointer;

/// A part of a call, with what it must be.
#[derive(Clone, Debug)]
pub(crate) enum Condition {
    Path(String, String),
    Query(String, String),
    Header(String, String),
    Body(Value),
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(name, value) => write!(f, "{name}={value}"),
            Self::Query(name, value) => write!(f, "{name}={}", hide::shown(name, value)),
            Self::Header(name, value) => write!(f, "{name}: {}", hide::shown(name, value)),
            Self::Body(part) => write!(f, "body {part}"),
        }
    }
}

impl Condition {
    /// What about the call is otherwise; none: it suits.
    pub(crate) fn difference(&self, call: Call<'_>, body: Option<&Value>) -> Option<String> {
        let text = |what: &str, name: &str, wanted: &str, sent: Option<&str>| {
            let sent_text = || sent.map_or("nothing".to_owned(), |sent| format!("{:?}", hide::shown(name, sent)));
            let wanted_text = hide::shown(name, wanted);
            (sent != Some(wanted)).then(|| format!("{what} {name}: expected {wanted_text:?}, sent {}", sent_text()))
        };
        match self {
            Self::Path(name, wanted) => {
                let sent = call.path().find(|(known, _)| known == name).map(|(_, value)| value);
                text("path parameter", name, wanted, sent)
            }
            Self::Query(name, wanted) => text("query parameter", name, wanted, call.incoming.query(name)),
            Self::Header(name, wanted) => text("header", name, wanted, call.incoming.header(name)),
            Self::Body(part) => match body {
                Some(body) => missing(part, body, ""),
                None => Some(format!("body: expected {part}, sent no JSON")),
            },
        }
    }
}

/// The first place where a document does not hold the part.
fn missing(part: &Value, whole: &Value, at: &str) -> Option<String> {
    let otherwise = || Some(format!("body {at}: expected {part}, sent {whole}").replace("body :", "body:"));
    match (part, whole) {
        (Value::Object(part), Value::Object(whole)) => part.iter().find_map(|(name, value)| {
            let at = pointer(at, name);
            match whole.get(name) {
                Some(sent) => missing(value, sent, &at),
                None => Some(format!("body {at}: expected {value}, sent nothing")),
            }
        }),
        (Value::Array(part), Value::Array(whole)) if part.len() == whole.len() => {
            let mut pairs = part.iter().zip(whole).enumerate();
            pairs.find_map(|(index, (part, whole))| missing(part, whole, &pointer(at, &index.to_string())))
        }
        (part, whole) if part == whole => None,
        _ => otherwise(),
    }
}
