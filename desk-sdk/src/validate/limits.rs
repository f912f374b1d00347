//! The individual limits that a value may have.

use serde_json::Value;

use crate::operation::Rule;
use crate::value::TimeRange;

pub(super) fn is_id(value: &Value) -> bool {
    match value {
        Value::String(text) => !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()),
        Value::Number(number) => number.is_u64(),
        _ => false,
    }
}

/// Whether a text is two times, separated by a comma.
pub(super) fn is_range(text: &str) -> bool {
    TimeRange::from(text).timestamps().is_some()
}

/// Whether a value is one of the words allowed in addition to values of its kind.
pub(super) fn is_word(value: &Value, rules: &[Rule]) -> bool {
    let words = rules.iter().find_map(|rule| match rule {
        Rule::Words(words) => Some(*words),
        _ => None,
    });
    match (words, value) {
        (Some(words), Value::String(text)) => words.contains(&text.as_str()),
        (Some(words), Value::Number(number)) => words.contains(&number.to_string().as_str()),
        _ => false,
    }
}

pub(super) fn allows(allowed: &[&str], value: &Value, descending: bool) -> bool {
    let shown = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let plain = shown.strip_prefix('-').filter(|_| descending);
    allowed.contains(&shown.as_str()) || plain.is_some_and(|plain| allowed.contains(&plain))
}

/// The allowed values, in words.
pub(super) fn one_of(allowed: &[&str], rules: &[Rule]) -> String {
    let minus = if rules.contains(&Rule::Descending) { ", optionally with a leading -" } else { "" };
    let range = if rules.contains(&Rule::OrTimeRange) { ", or two date-times separated by a comma" } else { "" };
    format!("one of {}{minus}{range}", allowed.join(", "))
}

pub(super) fn below(value: &Value, least: i64) -> bool {
    match value.as_i64() {
        Some(number) => number < least,
        #[expect(clippy::cast_precision_loss, reason = "limits are small")]
        None => value.as_f64().is_some_and(|number| number < least as f64),
    }
}

pub(super) fn above(value: &Value, most: i64) -> bool {
    match value.as_i64() {
        Some(number) => number > most,
        #[expect(clippy::cast_precision_loss, reason = "limits are small")]
        None => value.as_f64().is_some_and(|number| number > most as f64),
    }
}

pub(super) fn length(value: &Value) -> Option<u64> {
    value.as_str().map(|text| count(text.chars().count()))
}

pub(super) fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

pub(super) fn has_twins(list: &[Value]) -> bool {
    list.iter().enumerate().any(|(index, element)| list[..index].contains(element))
}
