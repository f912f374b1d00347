//! Names that are not declared.

mod alike;

use std::fmt;

pub(crate) use self::alike::folded;

use self::alike::{likely, nearest_first};
use crate::operation::Operation;
use crate::shown::cut;

/// How many characters of a name are shown.
pub(crate) const LONGEST_NAME: usize = 80;

/// How many operations are suggested for an unknown one.
const SHOWN: usize = 5;

/// A name that no enabled operation has.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownOperation {
    /// The name as it was given.
    pub operation: String,
    /// The operation that was probably meant, if one has a similar name.
    pub likely: Option<String>,
    /// All enabled operations, most similar first.
    pub known: Vec<&'static str>,
    /// Whether there is such an operation, in a family that is not enabled.
    pub disabled: bool,
}

impl UnknownOperation {
    /// The given name, and those of existing operations.
    pub fn new(operation: &str, known: Vec<&'static str>) -> Self {
        Self {
            operation: operation.to_owned(),
            likely: likely(operation, &known).map(str::to_owned),
            known: nearest_first(operation, &known),
            disabled: false,
        }
    }

    /// The same for an operation of a family that is not enabled.
    #[must_use]
    pub fn in_another_family(self) -> Self {
        Self { disabled: true, likely: None, ..self }
    }
}

impl fmt::Display for UnknownOperation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { operation, likely, known, disabled } = self;
        if *disabled {
            let operation = cut(operation, LONGEST_NAME);
            return write!(
                f,
                "{operation} belongs to a family of operations that is not enabled: each is a cargo feature, and \
                 `desk_sdk::families` lists their methods"
            );
        }
        write!(f, "no enabled operation is named {:?}; ", cut(operation, LONGEST_NAME))?;
        if let Some(likely) = likely {
            write!(f, "did you mean {likely}? ")?;
        }
        if known.is_empty() {
            return f.write_str("no family of operations is enabled: each is a cargo feature");
        }
        let shown = &known[..known.len().min(SHOWN)];
        write!(f, "The closest are {}", shown.join(", "))?;
        write!(f, "; the catalogue lists all {}, and other families are cargo features", known.len())
    }
}

impl std::error::Error for UnknownOperation {}

/// An argument that the operation does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownArgument {
    /// The operation that was to be called.
    pub operation: &'static str,
    /// The argument with its path, such as `limti` or `contact.emial`.
    pub argument: String,
    /// The name that was probably meant, if a known one is close.
    pub likely: Option<String>,
    /// The names that are known there.
    pub known: Vec<&'static str>,
}

impl UnknownArgument {
    /// A name and where it was used (empty for top-level arguments), with the names that are known there.
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
