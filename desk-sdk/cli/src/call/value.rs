//! Texts of the command line as values.

use std::fs;
use std::io::{self, Read as _};
use std::path::Path;

use desk_sdk::Kind;
use serde_json::{Number, Value};

/// The largest document that is read, in bytes.
const LARGEST: u64 = 64 * 1024 * 1024;

/// A text as a value of a kind. A text that is none stays text, so that the rule that it breaks is told as for any call.
///
/// # Errors
///
/// If a document is no JSON, or cannot be read.
pub(super) fn value(kind: Kind, text: &str) -> Result<Value, String> {
    let is_text = matches!(kind, Kind::Text | Kind::Id | Kind::DateTime | Kind::TimeRange);
    if text == "null" && !matches!(kind, Kind::Text) {
        return Ok(Value::Null);
    }
    Ok(match kind {
        _ if is_text => text.into(),
        Kind::Boolean => match text {
            "true" => true.into(),
            "false" => false.into(),
            other => other.into(),
        },
        Kind::Integer => text.parse::<i64>().map_or_else(|_| text.into(), Value::from),
        Kind::Number => number(text).unwrap_or_else(|| text.into()),
        Kind::List(_) if text.starts_with('[') => json(text)?,
        Kind::List(of) if matches!(of, Kind::Record(_) | Kind::Map | Kind::Any | Kind::List(_)) => {
            vec![value(*of, text)?].into()
        }
        Kind::List(of) => text.split(',').map(|one| value(*of, one)).collect::<Result<Vec<_>, _>>()?.into(),
        Kind::Record(_) | Kind::Map => document(text)?,
        _ => anything(text)?,
    })
}

/// What could be of any kind: JSON if it begins as only JSON does, and text otherwise. Digits stay text, since ids and
/// most custom fields are.
fn anything(text: &str) -> Result<Value, String> {
    match text {
        "true" => Ok(true.into()),
        "false" => Ok(false.into()),
        text if text.starts_with(['{', '[', '"', '@']) => document(text),
        text => Ok(text.into()),
    }
}

fn number(text: &str) -> Option<Value> {
    let whole = text.parse::<i64>().ok().map(Value::from);
    whole.or_else(|| text.parse::<f64>().ok().and_then(Number::from_f64).map(Value::Number))
}

/// JSON as it stands, from a file (`@data.json`), or from what is piped in (`-`).
pub(super) fn document(text: &str) -> Result<Value, String> {
    match text.strip_prefix('@') {
        Some(path) => json(&read(path)?).map_err(|problem| format!("{path}: {problem}")),
        None if text == "-" => {
            let mut read = String::new();
            let count = io::stdin().lock().take(LARGEST + 1).read_to_string(&mut read);
            count.map_err(|error| format!("cannot read standard input: {error}"))?;
            small(read).and_then(|text| json(&text)).map_err(|problem| format!("standard input: {problem}"))
        }
        None => json(text),
    }
}

fn read(path: &str) -> Result<String, String> {
    let failed = |error: io::Error| format!("cannot read {path}: {error}");
    if fs::metadata(Path::new(path)).map_err(failed)?.is_dir() {
        return Err(format!("cannot read {path}: it is a folder"));
    }
    let file = fs::File::open(path).map_err(failed)?;
    let mut text = String::new();
    file.take(LARGEST + 1).read_to_string(&mut text).map_err(failed)?;
    small(text)
}

fn small(text: String) -> Result<String, String> {
    match u64::try_from(text.len()) {
        Ok(length) if length <= LARGEST => Ok(text),
        _ => Err(format!("it has more than {LARGEST} bytes")),
    }
}

fn json(text: &str) -> Result<Value, String> {
    serde_json::from_str(text).map_err(|error| format!("it is not JSON: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn texts_become_values_of_their_kind() {
        const TEXTS: Kind = Kind::List(&Kind::Text);
        const NUMBERS: Kind = Kind::List(&Kind::Integer);
        const MAPS: Kind = Kind::List(&Kind::Map);
        for (kind, text, expected) in [
            (Kind::Text, "null", json!("null")),
            (Kind::Text, "{\"a\"", json!("{\"a\"")),
            (Kind::Text, "@all: hello", json!("@all: hello")),
            (Kind::Id, "4000000008001", json!("4000000008001")),
            (Kind::Id, "null", json!(null)),
            (Kind::Integer, "-7", json!(-7)),
            (Kind::Integer, "7.5", json!("7.5")),
            (Kind::Integer, "99999999999999999999", json!("99999999999999999999")),
            (Kind::Number, "7.5", json!(7.5)),
            (Kind::Number, "7", json!(7)),
            (Kind::Number, "NaN", json!("NaN")),
            (Kind::Boolean, "false", json!(false)),
            (Kind::Boolean, "yes", json!("yes")),
            (TEXTS, "a,b", json!(["a", "b"])),
            (TEXTS, "[\"a,b\"]", json!(["a,b"])),
            (NUMBERS, "1,2", json!([1, 2])),
            (MAPS, "{\"a\": \"b,c\"}", json!([{ "a": "b,c" }])),
            (Kind::Map, "{\"a\": 1}", json!({ "a": 1 })),
            (Kind::Any, "7", json!("7")),
            (Kind::Any, "\"7\"", json!("7")),
            (Kind::Any, "true", json!(true)),
            (Kind::Any, "[1]", json!([1])),
            (Kind::Any, "plain", json!("plain")),
        ] {
            assert_eq!(value(kind, text), Ok(expected), "{kind:?} {text}");
        }
    }

    #[test]
    fn documents_that_cannot_be_read_are_told() {
        let told = |text| value(Kind::Map, text).unwrap_err();
        assert!(told("{").starts_with("it is not JSON: "));
        assert!(told("@/missing/file.json").starts_with("cannot read /missing/file.json: "));
        assert_eq!(told("@/"), "cannot read /: it is a folder");
    }
}
