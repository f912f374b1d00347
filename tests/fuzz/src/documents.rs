//! JSON documents made of bytes: random ones, and examples with damage.

use arbitrary::{Result, Unstructured};
use serde_json::{Map, Value, json};

/// How many lists and objects deep a random document goes.
const DEPTH: usize = 6;

/// Any document, with keys from a list as well as others.
pub(crate) fn any(bytes: &mut Unstructured<'_>, keys: &[String], depth: usize) -> Result<Value> {
    let kinds = if depth < DEPTH { 11 } else { 9 };
    Ok(match bytes.int_in_range(0..=kinds)? {
        0 => Value::Null,
        1 => json!(bytes.arbitrary::<bool>()?),
        2 => json!(bytes.arbitrary::<i64>()?),
        3 => json!(bytes.arbitrary::<u64>()?),
        4 => json!(bytes.arbitrary::<i8>()?),
        // What is no number becomes null.
        5 => json!(bytes.arbitrary::<f64>()?),
        6 => json!(bytes.arbitrary::<&str>()?),
        7..=9 => odd(bytes)?,
        10 => {
            let mut list = Vec::new();
            for _ in 0..bytes.int_in_range(0..=4)? {
                list.push(any(bytes, keys, depth + 1)?);
            }
            Value::Array(list)
        }
        _ => {
            let mut map = Map::new();
            for _ in 0..bytes.int_in_range(0..=6)? {
                let key = if bytes.ratio(1, 8)? {
                    bytes.arbitrary::<&str>()?.to_owned()
                } else {
                    bytes.choose(keys)?.clone()
                };
                map.insert(key, any(bytes, keys, depth + 1)?);
            }
            Value::Object(map)
        }
    })
}

/// Values that have broken readers.
fn odd(bytes: &mut Unstructured<'_>) -> Result<Value> {
    let values = [
        json!(""),
        json!("-1"),
        json!("true"),
        json!("FALSE"),
        json!(" 7 "),
        json!("1e3"),
        json!("NaN"),
        json!("inf"),
        json!("1715679000000"),
        json!("2024-05-14T09:30:00Z"),
        json!(1_715_679_000_000_i64),
        json!(u64::MAX),
        json!(i64::MIN),
        json!(-0.0),
        json!(1e308),
        json!(0.1),
        json!([]),
        json!({}),
        json!(["AGENT"]),
        json!([["AGENT"]]),
        json!([null]),
        json!([{}]),
        json!({ "": null }),
        json!({ "errorCode": "INVALID_DATA", "message": "" }),
        json!({ "data": [] }),
        json!("\u{0}\u{feff}\u{202e}🙂"),
        Value::String("x".repeat(300)),
        nested(40),
    ];
    Ok(bytes.choose(&values)?.clone())
}

/// Lists and objects in one another.
fn nested(depth: usize) -> Value {
    (0..depth).fold(json!(1), |inner, index| if index % 2 == 0 { json!([inner]) } else { json!({ "data": inner }) })
}

/// Damages a document in some places.
pub(crate) fn damage(bytes: &mut Unstructured<'_>, value: &mut Value, keys: &[String]) -> Result<()> {
    for _ in 0..bytes.int_in_range(1..=6)? {
        one(bytes, value, keys)?;
    }
    Ok(())
}

fn one(bytes: &mut Unstructured<'_>, value: &mut Value, keys: &[String]) -> Result<()> {
    let deeper = bytes.ratio(3, 4)?;
    match value {
        Value::Object(map) if deeper && !map.is_empty() => {
            let names: Vec<String> = map.keys().cloned().collect();
            let name = bytes.choose(&names)?;
            match bytes.int_in_range(0..=9)? {
                0 => drop(map.remove(name)),
                1 => drop(map.insert(bytes.choose(keys)?.clone(), any(bytes, keys, DEPTH / 2)?)),
                _ => {
                    if let Some(inner) = map.get_mut(name) {
                        one(bytes, inner, keys)?;
                    }
                }
            }
        }
        Value::Array(list) if deeper && !list.is_empty() => {
            let at = bytes.choose_index(list.len())?;
            match bytes.int_in_range(0..=9)? {
                0 => drop(list.remove(at)),
                1 => list.insert(at, any(bytes, keys, DEPTH / 2)?),
                _ => one(bytes, &mut list[at], keys)?,
            }
        }
        value => {
            *value = match bytes.int_in_range(0..=3)? {
                0 => json!([value.take()]),
                1 => json!(value.as_str().map_or_else(|| value.to_string(), str::to_owned)),
                2 => odd(bytes)?,
                _ => any(bytes, keys, DEPTH / 2)?,
            }
        }
    }
    Ok(())
}

/// Every key in a document.
pub(crate) fn keys(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                if !found.contains(key) {
                    found.push(key.clone());
                }
                keys(value, found);
            }
        }
        Value::Array(list) => list.iter().for_each(|value| keys(value, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
