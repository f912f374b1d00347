//! Writes spec files: JSON in which whatever fits on a line stands on one.

use std::fmt;

use indexmap::IndexMap;
use serde::Serialize;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

const WIDTH: usize = 110;

/// The text of a spec file.
///
/// # Errors
///
/// When a value cannot be written as JSON, such as a map whose keys are not text.
pub fn to_json<T: Serialize>(value: &T) -> serde_json::Result<String> {
    // Through text, because a `Value` would sort the keys.
    let compact = serde_json::to_string(value)?;
    let mut text = String::new();
    write(&serde_json::from_str::<Ordered>(&compact)?, 0, 0, &mut text);
    text.push('\n');
    Ok(text)
}

/// JSON that remembers the order of its keys.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Ordered {
    /// Values between brackets.
    List(Vec<Ordered>),
    /// Keys and values between braces.
    Map(IndexMap<String, Ordered>),
    /// A text, a number, `true`, `false` or `null`.
    Leaf(Value),
}

impl<'de> Deserialize<'de> for Ordered {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OrderedVisitor)
    }
}

struct OrderedVisitor;

impl<'de> Visitor<'de> for OrderedVisitor {
    type Value = Ordered;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Ordered, E> {
        Ok(Ordered::Leaf(Value::Null))
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Ordered, E> {
        Ok(Ordered::Leaf(flag.into()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Ordered, E> {
        Ok(Ordered::Leaf(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Ordered, E> {
        Ok(Ordered::Leaf(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Ordered, E> {
        Ok(Ordered::Leaf(number.into()))
    }

    fn visit_str<E>(self, text: &str) -> Result<Ordered, E> {
        Ok(Ordered::Leaf(text.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Ordered, A::Error> {
        let mut read = Vec::new();
        while let Some(element) = list.next_element()? {
            read.push(element);
        }
        Ok(Ordered::List(read))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Ordered, A::Error> {
        let mut read = IndexMap::new();
        while let Some((key, value)) = map.next_entry()? {
            read.insert(key, value);
        }
        Ok(Ordered::Map(read))
    }
}

fn write(value: &Ordered, indent: usize, before: usize, text: &mut String) {
    let mut line = String::new();
    write_line(value, &mut line);
    if matches!(value, Ordered::Leaf(_)) || before + line.len() < WIDTH {
        text.push_str(&line);
        return;
    }
    let inner = indent + 1;
    let (open, close, entries): (char, char, Vec<(String, &Ordered)>) = match value {
        Ordered::Leaf(_) => return,
        Ordered::List(list) => ('[', ']', list.iter().map(|entry| (String::new(), entry)).collect()),
        Ordered::Map(map) => {
            let entry = |(key, value)| (format!("{}: ", Value::from(key as &str)), value);
            ('{', '}', map.iter().map(|(key, value)| entry((key.as_str(), value))).collect())
        }
    };
    text.push(open);
    for (position, (key, entry)) in entries.iter().enumerate() {
        text.push_str(if position == 0 { "\n" } else { ",\n" });
        text.push_str(&" ".repeat(inner));
        text.push_str(key);
        write(entry, inner, inner + key.len(), text);
    }
    text.push('\n');
    text.push_str(&" ".repeat(indent));
    text.push(close);
}

/// Writes a value as a line, or the beginning of one if it is too long to be a line.
fn write_line(value: &Ordered, line: &mut String) {
    match value {
        Ordered::List(_) | Ordered::Map(_) if line.len() > WIDTH => {}
        Ordered::Leaf(leaf) => line.push_str(&leaf.to_string()),
        Ordered::List(list) => {
            line.push('[');
            for (position, entry) in list.iter().enumerate() {
                line.push_str(if position == 0 { "" } else { ", " });
                write_line(entry, line);
            }
            line.push(']');
        }
        Ordered::Map(map) if map.is_empty() => line.push_str("{}"),
        Ordered::Map(map) => {
            for (position, (key, entry)) in map.iter().enumerate() {
                line.push_str(if position == 0 { "{" } else { ", " });
                line.push_str(&Value::from(key.as_str()).to_string());
                line.push_str(": ");
                write_line(entry, line);
            }
            line.push('}');
        }
    }
}
