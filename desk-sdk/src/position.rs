//! Places in a list, from which it can be read on.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

/// A place in a list: everything before it has been read.
///
/// Pages and records of a list come with their position, from which
/// [`resume_from`](crate::Pages::resume_from) reads on, in another process if need be. With serde, it is written as a
/// small JSON object; [`PositionFile`](crate::PositionFile) keeps it in a file. It belongs to one operation with the
/// same parameters, and does not contain their values.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    pub(crate) operation: String,
    /// A hash of the call's parameters.
    pub(crate) call: String,
    /// How many records have been read so far.
    pub(crate) records: u64,
    #[serde(flatten)]
    pub(crate) place: Place,
    /// Records that have been read and may come again.
    pub(crate) seen: Vec<Key>,
    /// The latest time that one of them has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) latest: Option<Timestamp>,
}

/// Where to read on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub(crate) enum Place {
    /// At this index.
    Offset { from: u64 },
    /// In the order of a time, oldest first, at this index of the records since then.
    Oldest { field: String, since: Timestamp, from: u64 },
    /// In the order of a time, newest first, at this index, until an older record comes.
    Newest {
        field: String,
        until: Timestamp,
        /// The time of the first record, from which the next walk reads on.
        newest: Option<Timestamp>,
        from: u64,
    },
    /// In no particular order, window by window of a time: this one at this index, and then up to the end.
    Windows { field: String, since: Timestamp, until: Timestamp, end: Timestamp, from: u64 },
}

impl Position {
    /// The operation that it belongs to.
    pub fn operation(&self) -> &str {
        &self.operation
    }

    /// How many records lie before it.
    pub fn records(&self) -> u64 {
        self.records
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} after {} records, ", self.operation, self.records)?;
        match &self.place {
            Place::Offset { from } => write!(f, "at index {from}"),
            Place::Oldest { field, since, .. } => write!(f, "at {field} {since}"),
            Place::Newest { field, until, .. } => write!(f, "down to {field} {until}"),
            Place::Windows { field, since, until, .. } => write!(f, "at {field} from {since} to {until}"),
        }
    }
}

impl fmt::Debug for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Position({self})")
    }
}

/// What identifies a record. Ids are digits almost always, and a number takes less memory.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Key {
    Number(u64),
    Text(Box<str>),
}

impl Key {
    /// The key that a record's field holds.
    pub(crate) fn of(value: &Value) -> Option<Self> {
        match value {
            Value::String(text) if !text.is_empty() => Some(Self::from(text.as_str())),
            Value::Number(number) => Some(Self::from(number.to_string().as_str())),
            _ => None,
        }
    }

    /// The key of what the record was at this time.
    pub(crate) fn at(self, time: Timestamp) -> Self {
        let milliseconds = time.as_millisecond();
        Self::Text(match self {
            Self::Number(number) => format!("{number}@{milliseconds}").into(),
            Self::Text(text) => format!("{text}@{milliseconds}").into(),
        })
    }
}

/// Only a text that a number is written as becomes one, so that `007` and `7` stay apart.
impl From<&str> for Key {
    fn from(text: &str) -> Self {
        let canonical = text.len() == 1 || !text.starts_with(['0', '+']);
        let number = text.parse().ok().filter(|_| canonical);
        number.map_or_else(|| Self::Text(text.into()), Self::Number)
    }
}

impl Serialize for Key {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Number(number) => serializer.collect_str(number),
            Self::Text(text) => serializer.serialize_str(text),
        }
    }
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self::from(text.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn position(place: Place) -> Position {
        let seen = vec![Key::from("4000000008001"), Key::from("x-1"), Key::from("007")];
        Position { operation: "get_tickets".to_owned(), call: "00".to_owned(), records: 7, place, seen, latest: None }
    }

    #[test]
    fn positions_are_written_and_read_again() {
        let since = Timestamp::from_millisecond(1_715_679_000_123).unwrap();
        let (field, until) = ("createdTime".to_owned(), since);
        for place in [
            Place::Offset { from: 600 },
            Place::Oldest { field: field.clone(), since, from: 3 },
            Place::Newest { field: field.clone(), until, newest: None, from: 0 },
            Place::Newest { field: field.clone(), until, newest: Some(since), from: 0 },
            Place::Windows { field, since, until, end: until, from: 9 },
        ] {
            let position = position(place);
            let written = serde_json::to_string(&position).unwrap();
            assert_eq!(serde_json::from_str::<Position>(&written).unwrap(), position, "{written}");
        }
    }

    #[test]
    fn positions_can_be_read_by_people() {
        let position = position(Place::Offset { from: 600 });
        assert_eq!(position.to_string(), "get_tickets after 7 records, at index 600");
        let written = serde_json::to_value(&position).unwrap();
        let seen = json!(["4000000008001", "x-1", "007"]);
        let expected = json!({ "operation": "get_tickets", "call": "00", "records": 7, "by": "offset", "from": 600, "seen": seen });
        assert_eq!(written, expected);
    }

    #[test]
    fn keys_are_the_same_in_text_and_number() {
        assert_eq!(Key::of(&json!("7")), Key::of(&json!(7)));
        assert_ne!(Key::of(&json!("07")), Key::of(&json!(7)));
        assert_eq!([Key::of(&json!("")), Key::of(&json!(null)), Key::of(&json!({}))], [None, None, None]);
        assert_eq!(Key::of(&json!(-1)), Some(Key::Text("-1".into())));
    }
}
