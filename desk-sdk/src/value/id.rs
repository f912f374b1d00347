//! Ids of records.

use std::borrow::Borrow;
use std::convert::Infallible;
use std::fmt;
use std::num::ParseIntError;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize};

use super::text::{self, text_equality};

/// The id of a record: digits, up to 19 of them.
///
/// The API writes ids as text or as numbers, and sometimes expects a word instead (`-1`, `allDepartment`), so the text
/// is kept as it is; [`Id::number`] returns the numeric value.
///
/// An id equals its text and sorts like it, so maps with ids as keys can be searched with text. To sort by number, use
/// [`Id::number`].
///
/// ```
/// use std::collections::HashMap;
///
/// use desk_sdk::Id;
///
/// let subjects = HashMap::from([(Id::from(4000000008001_u64), "The printer is on fire")]);
/// assert_eq!(subjects.get("4000000008001"), Some(&"The printer is on fire"));
///
/// let mut ids = ["900", "1000"].map(Id::from);
/// ids.sort_by_key(Id::number);
/// assert_eq!(ids, ["900", "1000"]);
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Id(String);

impl Id {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The id as a number, if it is one.
    pub fn number(&self) -> Option<u64> {
        self.0.parse().ok()
    }

    /// Whether it consists of digits only.
    pub fn is_digits(&self) -> bool {
        !self.0.is_empty() && self.0.bytes().all(|byte| byte.is_ascii_digit())
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Id({})", self.0)
    }
}

impl AsRef<str> for Id {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.0
    }
}

text_equality!(Id, |id, text| id.0 == text);

/// Any text is accepted; whether an operation accepts it is checked before the call is made.
impl FromStr for Id {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(text.into())
    }
}

/// Text or a number.
impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text::text_or_number(deserializer, "an id: text or a whole number").map(Self::from)
    }
}

impl From<&str> for Id {
    #[inline]
    fn from(text: &str) -> Self {
        // Most are digits, which need no trimming.
        let ends = |one: &u8, other: &u8| one.is_ascii_graphic() && other.is_ascii_graphic();
        let plain = matches!(text.as_bytes(), [first, .., last] if ends(first, last));
        Self(if plain { text } else { text.trim() }.to_owned())
    }
}

impl From<String> for Id {
    fn from(text: String) -> Self {
        if text.trim().len() == text.len() { Self(text) } else { Self::from(text.as_str()) }
    }
}

impl From<&String> for Id {
    fn from(text: &String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<&Id> for Id {
    fn from(id: &Id) -> Self {
        id.clone()
    }
}

/// Whole numbers.
macro_rules! from_number {
    ($($number:ty),*) => {
        $(impl From<$number> for Id {
            fn from(number: $number) -> Self {
                Self(number.to_string())
            }
        })*
    };
}

from_number!(u64, i64, u32, i32);

impl From<Id> for String {
    fn from(id: Id) -> Self {
        id.0
    }
}

/// The number, if the id consists of digits.
impl TryFrom<&Id> for u64 {
    type Error = ParseIntError;

    fn try_from(id: &Id) -> Result<Self, ParseIntError> {
        id.0.parse()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;

    use super::*;

    #[test]
    fn ids_come_from_whatever_is_at_hand() {
        let text = "4000000008001".to_owned();
        let id: Id = text.parse().unwrap();
        for other in [Id::from(&text), Id::from(text.as_str()), Id::from(4000000008001_u64), Id::from(&id)] {
            assert_eq!(other, id);
        }
        assert_eq!([Id::from(-1), Id::from(7_u32), Id::from(" 7 "), Id::from("7\n".to_owned())], ["-1", "7", "7", "7"]);
    }

    #[test]
    fn ids_compare_with_text_either_way() {
        let (id, text) = (Id::from(7_u64), "7".to_owned());
        assert!(id == "7");
        assert!("7" == id);
        assert!(&id == "7");
        assert!(id == text);
        assert!(text == id);
        assert!(id != "07");
    }

    #[test]
    fn ids_sort_and_are_found_as_text() {
        let map = BTreeMap::from(["900", "1000", "allDepartment"].map(|id| (Id::from(id), ())));
        assert!(map.contains_key("1000") && !map.contains_key("1"));
        assert_eq!(map.keys().map(Id::as_str).collect::<Vec<_>>(), ["1000", "900", "allDepartment"]);
    }

    #[test]
    fn ids_are_read_from_numbers_and_written_as_text() {
        for (sent, expected) in
            [(json!("7"), "7"), (json!(7), "7"), (json!(-1), "-1"), (json!(u64::MAX), "18446744073709551615")]
        {
            let id: Id = serde_json::from_value(sent).unwrap();
            assert_eq!(serde_json::to_value(&id).unwrap(), json!(expected));
        }
        let refused = serde_json::from_value::<Id>(json!(1.5)).unwrap_err().to_string();
        assert!(refused.contains("expected an id: text or a whole number"), "{refused}");
        let keys: BTreeMap<Id, i64> = serde_json::from_value(json!({ "7": 1 })).unwrap();
        assert_eq!(keys.get("7"), Some(&1));
    }

    #[test]
    fn ids_are_numbers_where_they_are_digits() {
        assert_eq!(u64::try_from(&Id::from(7)), Ok(7));
        assert!(u64::try_from(&Id::from("allDepartment")).is_err() && u64::try_from(&Id::from(-1)).is_err());
    }
}
