//! Whether two documents say the same, one of them read and written again.

use serde_json::Value;

/// The place where the written document says less than, or something else than, what was read.
pub(crate) fn difference(read: &Value, written: Option<&Value>, at: &str) -> Option<String> {
    let lost = || Some(format!("{at}: {read} became {}", written.map_or("nothing".to_owned(), Value::to_string)));
    let Some(written) = written else { return if says_nothing(read) { None } else { lost() } };
    match (read, written) {
        _ if read == written => None,
        (Value::Null, _) => None,
        (read, written) if says_nothing(read) && says_nothing(written) => None,
        (Value::Object(read), Value::Object(written)) => {
            read.iter().find_map(|(key, value)| difference(value, written.get(key), &format!("{at}/{key}")))
        }
        (Value::Array(read), Value::Array(written)) => {
            let read: Vec<&Value> = read.iter().filter(|value| !value.is_null()).collect();
            if read.len() != written.len() {
                return lost();
            }
            let pairs = read.into_iter().zip(written).enumerate();
            pairs
                .into_iter()
                .find_map(|(index, (read, written))| difference(read, Some(written), &format!("{at}/{index}")))
        }
        // A list of one stands for that one, and the other way round.
        (Value::Array(read), written) if read.len() == 1 => difference(&read[0], Some(written), at),
        (read, Value::Array(written)) if written.len() == 1 => difference(read, written.first(), at),
        (read, written) if alike(read, written) => None,
        _ => lost(),
    }
}

/// The first place where two documents differ at all, for people to read.
pub(crate) fn change<'a>(one: &'a Value, other: &'a Value, at: &str) -> String {
    let deeper = match (one, other) {
        (Value::Object(one), Value::Object(other)) if one.keys().eq(other.keys()) => {
            let mut pairs = one.iter().zip(other.values());
            pairs.find(|((_, one), other)| one != other).map(|((key, one), other)| (key.clone(), one, other))
        }
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
            let mut pairs = one.iter().zip(other).enumerate();
            pairs.find(|(_, (one, other))| one != other).map(|(index, (one, other))| (index.to_string(), one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let differs = |key: &&String| one.contains_key(*key) != other.contains_key(*key);
            let key = one.keys().chain(other.keys()).find(differs);
            let of = |map: &'a serde_json::Map<String, Value>, key: &String| map.get(key).unwrap_or(&Value::Null);
            key.map(|key| (key.clone(), of(one, key), of(other, key)))
        }
        _ => None,
    };
    match deeper {
        Some((step, one, other)) => change(one, other, &format!("{at}/{step}")),
        None => format!("{at}: {one} became {other}"),
    }
}

/// What may be left out.
fn says_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(list) => list.iter().all(says_nothing),
        Value::Object(map) => map.values().all(says_nothing),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Whether single values mean the same: numbers and flags may be written as text.
fn alike(read: &Value, written: &Value) -> bool {
    let text = |value: &Value| match value {
        Value::String(text) => Some(text.trim().to_ascii_lowercase()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    };
    let (Some(read), Some(written)) = (text(read), text(written)) else { return false };
    let number = |text: &str| text.parse::<f64>().ok();
    let flag = |text: &str| match text {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    };
    read == written
        || number(&read).is_some_and(|value| number(&written) == Some(value))
        || flag(&read).is_some_and(|value| flag(&written) == Some(value))
}
