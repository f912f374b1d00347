//! Ids in values: digits, as text or as a number, alone or in a list.

use serde_json::Value;

/// The field that holds a record's own id.
pub(super) const ID: &str = "id";

/// A record's id.
pub(super) type Id = u64;

/// The id that a value is.
pub(super) fn one(value: &Value) -> Option<Id> {
    match value {
        Value::String(text) => parse(text),
        Value::Number(number) => number.as_u64(),
        _ => None,
    }
}

/// The id that a text is.
pub(super) fn parse(text: &str) -> Option<Id> {
    // `parse` would take a leading plus.
    text.parse().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The ids in a value.
pub(super) fn all(value: &Value) -> Vec<Id> {
    match value {
        Value::Array(values) => values.iter().filter_map(one).collect(),
        value => one(value).into_iter().collect(),
    }
}

/// The texts in a value: itself, or its elements.
pub(super) fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Array(values) => values.iter().flat_map(texts).collect(),
        Value::String(text) => vec![text.clone()],
        Value::Bool(_) | Value::Number(_) => vec![value.to_string()],
        Value::Null | Value::Object(_) => Vec::new(),
    }
}

/// Whether a value, or one of its elements, is among the texts; letters' case does not matter.
pub(super) fn is_among(value: &Value, texts: &[String]) -> bool {
    match value {
        Value::Array(values) => values.iter().any(|value| is_among(value, texts)),
        Value::String(text) => texts.iter().any(|known| known.eq_ignore_ascii_case(text)),
        Value::Bool(_) | Value::Number(_) => {
            let text = value.to_string();
            texts.contains(&text)
        }
        Value::Null | Value::Object(_) => false,
    }
}
