//! Ids of records.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The id of a record: digits, up to 19 of them.
///
/// The API writes ids as text or as numbers and sometimes expects a word instead (`-1`,
/// `allDepartment`), so the text is kept as it is; [`Id::number`] gives the digits' value.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
        f.write_str(&self.0)
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

impl PartialEq<str> for Id {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for Id {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

impl From<&str> for Id {
    fn from(text: &str) -> Self {
        Self(text.trim().to_owned())
    }
}

impl From<String> for Id {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
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

impl From<u64> for Id {
    fn from(number: u64) -> Self {
        Self(number.to_string())
    }
}

impl From<i64> for Id {
    fn from(number: i64) -> Self {
        Self(number.to_string())
    }
}

impl From<Id> for String {
    fn from(id: Id) -> Self {
        id.0
    }
}
