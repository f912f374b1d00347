//! Ways in which real answers contradict their description.

mod apply;
mod spoil;
#[cfg(test)]
mod tests;

use std::fmt;
use std::str::FromStr;

pub(crate) use apply::{Turn, contradict};
pub(crate) use spoil::spoil;

/// A way in which real answers contradict their description. A client has to read all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Contradiction {
    /// A date-time as milliseconds since 1970, a number; also instead of a text with a name like that of a time.
    EpochNumber,
    /// A date-time as milliseconds since 1970, in text.
    EpochText,
    /// A date-time without its milliseconds.
    NoMilliseconds,
    /// An id as a number.
    IdAsNumber,
    /// A number as text.
    NumberAsText,
    /// A whole number as the text `-1`, for an unknown count.
    MinusOne,
    /// `true` or `false` as text.
    BooleanAsText,
    /// Empty text for the id of another record, a number, or a value of an enum.
    EmptyText,
    /// A value of an enum as the only element of a list.
    EnumInList,
    /// An unlisted enum value.
    UnlistedEnum,
    /// An enum value with one letter too many or too few, as real values are misspelt.
    MisspeltEnum,
    /// A value of an enum in other case.
    EnumCase,
    /// An undeclared key.
    UndeclaredKey,
    /// A key that is declared as always present, but is missing.
    MissingKey,
    /// `null`, although it is not declared.
    Null,
    /// A success without a body.
    EmptyBody,
    /// A bare list where an object is declared.
    BareList,
    /// A bare text where an object is declared.
    BareText,
}

/// Every contradiction with its name.
const NAMES: [(Contradiction, &str); 18] = [
    (Contradiction::EpochNumber, "epoch-number"),
    (Contradiction::EpochText, "epoch-text"),
    (Contradiction::NoMilliseconds, "no-milliseconds"),
    (Contradiction::IdAsNumber, "id-as-number"),
    (Contradiction::NumberAsText, "number-as-text"),
    (Contradiction::MinusOne, "minus-one"),
    (Contradiction::BooleanAsText, "boolean-as-text"),
    (Contradiction::EmptyText, "empty-text"),
    (Contradiction::EnumInList, "enum-in-list"),
    (Contradiction::UnlistedEnum, "unlisted-enum"),
    (Contradiction::MisspeltEnum, "misspelt-enum"),
    (Contradiction::EnumCase, "enum-case"),
    (Contradiction::UndeclaredKey, "undeclared-key"),
    (Contradiction::MissingKey, "missing-key"),
    (Contradiction::Null, "null"),
    (Contradiction::EmptyBody, "empty-body"),
    (Contradiction::BareList, "bare-list"),
    (Contradiction::BareText, "bare-text"),
];

impl Contradiction {
    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        NAMES.iter().map(|(contradiction, _)| *contradiction)
    }
}

impl fmt::Display for Contradiction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = NAMES.iter().find(|(known, _)| known == self).map_or("", |(_, name)| name);
        f.write_str(name)
    }
}

/// A name that no contradiction has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownContradiction(String);

impl fmt::Display for UnknownContradiction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = NAMES.iter().map(|(_, name)| *name).collect();
        write!(f, "there is no contradiction {:?}; there are {}", self.0, names.join(", "))
    }
}

impl std::error::Error for UnknownContradiction {}

impl FromStr for Contradiction {
    type Err = UnknownContradiction;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let found = NAMES.iter().find(|(_, known)| *known == name).map(|(contradiction, _)| *contradiction);
        found.ok_or_else(|| UnknownContradiction(name.to_owned()))
    }
}
