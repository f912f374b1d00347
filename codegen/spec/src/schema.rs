//! What a value may be: the type language of the spec.

use indexmap::IndexMap;
use serde_json::Value;

/// A type, written in a spec file either as a bare word (`"id"`, `"text?"`,
/// `"ticket.commonJson"`) or as an object with a `type` key and rules.
#[derive(Clone, Debug, PartialEq)]
pub struct Schema {
    /// What kind of value it is.
    pub kind: Kind,
    /// Whether `null` is declared.
    pub nullable: bool,
    /// Limits and allowed values.
    pub rules: Rules,
}

/// The kinds of values.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// A single value.
    Scalar(Scalar),
    /// A list of equal things.
    List(Box<Schema>),
    /// A mapping from any text to equal things.
    Map(Box<Schema>),
    /// A record with declared fields; other keys may always come as well.
    Object(Object),
    /// One of several shapes.
    Union(Vec<Schema>),
    /// A type that stands under its name elsewhere in the spec.
    Named(String),
}

/// Kinds of single values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scalar {
    Any,
    Boolean,
    Date,
    DateTime,
    Duration,
    Email,
    File,
    Id,
    Integer,
    Number,
    Text,
    Time,
    TimeRange,
    Url,
}

impl Scalar {
    /// Every scalar with its word in a spec file.
    pub const WORDS: [(Scalar, &'static str); 14] = [
        (Scalar::Any, "any"),
        (Scalar::Boolean, "boolean"),
        (Scalar::Date, "date"),
        (Scalar::DateTime, "date-time"),
        (Scalar::Duration, "duration"),
        (Scalar::Email, "email"),
        (Scalar::File, "file"),
        (Scalar::Id, "id"),
        (Scalar::Integer, "integer"),
        (Scalar::Number, "number"),
        (Scalar::Text, "text"),
        (Scalar::Time, "time"),
        (Scalar::TimeRange, "time-range"),
        (Scalar::Url, "url"),
    ];

    /// The word for it in a spec file.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(scalar, _)| *scalar == self).map_or("any", |(_, word)| word)
    }

    pub(crate) fn from_word(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(_, known)| *known == word).map(|(scalar, _)| *scalar)
    }

    /// Whether its values are written as text.
    pub fn is_textual(self) -> bool {
        matches!(
            self,
            Self::Text
                | Self::Date
                | Self::DateTime
                | Self::Duration
                | Self::Time
                | Self::TimeRange
                | Self::Email
                | Self::Url
        )
    }
}

/// The fields of a record.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Object {
    /// Type of each declared field.
    pub fields: IndexMap<String, Schema>,
    /// Names of the fields that are declared to be always there.
    pub required: Vec<String>,
    /// Names of fields that are said to be required, which is in doubt: a record without them is allowed, with a
    /// warning.
    pub expected: Vec<String>,
    /// Fields that are required unless another one is given.
    pub unless: IndexMap<String, String>,
}

/// What is known about a value beyond its kind. Absent means: not limited.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rules {
    /// The allowed values; for a list, those of its elements stand with the elements.
    pub values: Vec<String>,
    /// Words that are allowed although they are not of the kind, such as `-1` for an id.
    pub words: Vec<String>,
    /// Whether a leading `-` may stand before each allowed value (sorting downwards).
    pub descending: bool,
    /// Whether the list of allowed values is in doubt: others are let through, with a warning.
    pub open: bool,
    /// Whether two date-times, separated by a comma, may stand in the place of an allowed value.
    pub time_range: bool,
    /// How the text starts.
    pub prefix: Option<String>,
    /// Smallest number.
    pub minimum: Option<i64>,
    /// Largest number.
    pub maximum: Option<i64>,
    /// Fewest characters.
    pub min_length: Option<u64>,
    /// Most characters.
    pub max_length: Option<u64>,
    /// Fewest elements.
    pub min_items: Option<u64>,
    /// Most elements.
    pub max_items: Option<u64>,
    /// Whether duplicates are forbidden.
    pub unique: bool,
    /// Whether only the server sets it.
    pub read_only: bool,
    /// What the server uses if it is omitted.
    pub default: Option<Value>,
}

impl Schema {
    /// A type without rules.
    pub fn new(kind: Kind) -> Self {
        Self { kind, nullable: false, rules: Rules::default() }
    }

    /// A scalar without rules.
    pub fn scalar(scalar: Scalar) -> Self {
        Self::new(Kind::Scalar(scalar))
    }

    /// Calls `visit` with this type and every type written inside it.
    pub fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Schema)) {
        visit(self);
        match &self.kind {
            Kind::Scalar(_) | Kind::Named(_) => {}
            Kind::List(of) | Kind::Map(of) => of.walk(visit),
            Kind::Object(object) => object.fields.values().for_each(|field| field.walk(visit)),
            Kind::Union(of) => of.iter().for_each(|branch| branch.walk(visit)),
        }
    }

    /// The name, where this is a type that stands elsewhere.
    pub fn name(&self) -> Option<&str> {
        match &self.kind {
            Kind::Named(name) => Some(name),
            _ => None,
        }
    }

    pub(crate) fn word(&self) -> String {
        let word = match &self.kind {
            Kind::Scalar(scalar) => scalar.word(),
            Kind::List(_) => "list",
            Kind::Map(_) => "map",
            Kind::Object(_) => "object",
            Kind::Union(_) => "union",
            Kind::Named(name) => name,
        };
        format!("{word}{}", if self.nullable { "?" } else { "" })
    }
}
