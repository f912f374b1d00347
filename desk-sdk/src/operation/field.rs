//! Values that are sent, and their rules.

use std::fmt;

/// A named value with what is known about it.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its name on the wire.
    pub name: &'static str,
    /// What kind of value it is.
    pub kind: Kind,
    /// Its rules. Without any, it is neither limited nor required.
    pub rules: &'static [Rule],
}

impl Field {
    /// Whether a call needs it.
    pub fn required(&self) -> bool {
        self.rules.iter().any(|rule| matches!(rule, Rule::Required))
    }
}

/// Kinds of values.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// Any JSON.
    Any,
    /// True or false.
    Boolean,
    /// A point in time, `2024-05-14T09:30:00.000Z`.
    DateTime,
    /// The content of a file.
    File,
    /// Digits that identify a record.
    Id,
    /// A whole number.
    Integer,
    /// A list; as a parameter, its elements are separated by commas.
    List(&'static Kind),
    /// A map from text to anything.
    Map,
    /// A number.
    Number,
    /// A record with these fields; as a parameter, a JSON document. A function, because records may contain one
    /// another.
    Record(fn() -> &'static [Field]),
    /// Any text.
    Text,
    /// Two points in time, separated by a comma.
    TimeRange,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Any => "any value",
            Self::Boolean => "true or false",
            Self::DateTime => "a date and time such as 2024-05-14T09:30:00.000Z",
            Self::File => "a file",
            Self::Id => "an id (digits)",
            Self::Integer => "a whole number",
            Self::List(_) => "a list",
            Self::Map | Self::Record(_) => "a record",
            Self::Number => "a number",
            Self::Text => "text",
            Self::TimeRange => {
                "two date-times, separated by a comma, such as 2024-05-14T00:00:00.000Z,2024-05-15T00:00:00.000Z"
            }
        })
    }
}

/// A limit on a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// It is required.
    Required,
    /// The description says that it is required, which is in doubt.
    Expected,
    /// It is required unless this other field is given.
    Unless(&'static str),
    /// `null` may be sent.
    Nullable,
    /// Only the server sets it.
    ReadOnly,
    /// Smallest number.
    Minimum(i64),
    /// Largest number.
    Maximum(i64),
    /// Fewest characters.
    MinLength(u64),
    /// Most characters.
    MaxLength(u64),
    /// Fewest elements.
    MinItems(u64),
    /// Most elements.
    MaxItems(u64),
    /// No duplicates.
    Unique,
    /// The allowed values; for a list, of each element.
    Values(&'static [&'static str]),
    /// The list of allowed values is in doubt or incomplete.
    Open,
    /// Each allowed value may have a leading `-`.
    Descending,
    /// A value may be given in any spelling; the listed one is sent.
    AnySpelling,
    /// Two date-times separated by a comma are allowed as well.
    OrTimeRange,
    /// How the text starts.
    Prefix(&'static str),
    /// Words that are allowed although they are not of the kind; for a list, for each element.
    Words(&'static [&'static str]),
    /// What the server uses if it is omitted.
    Default(&'static str),
}

pub(crate) const fn field(name: &'static str, kind: Kind, rules: &'static [Rule]) -> Field {
    Field { name, kind, rules }
}
