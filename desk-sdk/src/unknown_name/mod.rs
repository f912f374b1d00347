//! Names that nobody declared.

mod alike;

use std::fmt;

pub(crate) use self::alike::folded;

use self::alike::{likely, nearest_first};
use crate::operation::Operation;
use crate::shown::cut;

/// The most characters of a name that are shown.
pub(crate) const LONGEST_NAME: usize = 80;

/// The number of operations that are shown where one is unknown.
const SHOWN: usize = 5;

/// A name that no enabled operation has.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownOperation {
    /// The name as it was given.
    pub operation: String,
    /// The operation that was likely meant, if one has nearly that name.
    pub likely: Option<String>,
    /// All enabled operations, the most alike first.
    pub known: Vec<&'static str>,
}

impl UnknownOperation {
    /// A name, and those of the operations that there are.
    pub fn new(operation: &str, known: Vec<&'static str>) -> Self {
        Self {
            operation: operation.to_owned(),
            likely: likely(operation, &known).map(str::to_owned),
            known: nearest_first(operation, &known),
        }
    }
}

impl fmt::Display for UnknownOperation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { operation, likely, known } = self;
        write!(f, "no enabled operation is named {:?}; ", cut(operation, LONGEST_NAME))?;
        if let Some(likely) = likely {
            write!(f, "did you mean {likely}? ")?;
        }
        if known.is_empty() {
            return f.write_str("no family of operations is enabled: each is a cargo feature");
        }
        let shown = &known[..known.len().min(SHOWN)];
        write!(f, "The nearest are {}", shown.join(", "))?;
        write!(f, "; the catalogue has all {}, and other families are cargo features", known.len())
    }
}

impl std::error::Error for UnknownOperation {}

/// A name of an argument that the operation does not take.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownArgument {
    /// The operation that was to be called.
    pub operation: &'static str,
    /// The argument with its place, such as `limti` or `contact.emial`.
    pub argument: String,
    /// The name that was likely meant, if a known one is near.
    pub likely: Option<String>,
    /// The names that are known in that place.
    pub known: Vec<&'static str>,
}

impl UnknownArgument {
    /// A name within a place, which is empty for the arguments themselves, and those that are known there.
    pub fn new(operation: &Operation, place: &str, name: &str, known: Vec<&'static str>) -> Self {
        let shown = cut(name, LONGEST_NAME);
        Self {
            operation: operation.id,
            argument: if place.is_empty() { shown } else { format!("{place}.{shown}") },
            likely: likely(name, &known).map(str::to_owned),
            known,
        }
    }
}

impl fmt::Display for UnknownArgument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { operation, argument, likely, known } = self;
        write!(f, "{operation} has no argument {argument:?}; ")?;
        if let Some(likely) = likely {
            write!(f, "did you mean {likely:?}? ")?;
        }
        if known.is_empty() {
            f.write_str("None is known there")?;
        } else {
            write!(f, "Known there: {}", known.join(", "))?;
        }
        f.write_str("; no request was made")
    }
}

impl std::error::Error for UnknownArgument {}
