//! What an audit finds.

use desk_sdk::Operation;

use super::name::Name;
use super::place::Place;

/// How an operation is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum How {
    /// The client's method is called, or named as a function.
    Method,
    /// Its parameters are named.
    Parameters,
    /// Its name is given to a call by name.
    Name,
    /// Its path is given to `Client::request`.
    Path,
    /// What is known about it is looked up by its name, and handed to what says which operations are needed.
    Lookup,
    /// A resource or a metric that is read with it is named.
    Resource,
    /// The client is asked for its organization.
    Organization,
}

impl How {
    /// A word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Method => "method",
            Self::Parameters => "parameters",
            Self::Name => "name",
            Self::Path => "path",
            Self::Lookup => "lookup",
            Self::Resource => "resource",
            Self::Organization => "organization",
        }
    }
}

/// A place where an operation is used, before its file has a name.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) operation: &'static Operation,
    pub(super) how: How,
    pub(super) written: String,
    pub(super) place: Place,
    pub(super) function: String,
    pub(super) test: bool,
    /// Why it is not sure.
    pub(super) doubt: Option<String>,
}

/// A place where a call is made whose operation cannot be seen.
#[derive(Clone, Debug)]
pub(super) struct Hidden {
    pub(super) written: String,
    pub(super) why: Why,
    pub(super) place: Place,
    pub(super) function: String,
    pub(super) test: bool,
}

/// Why the operation of a call cannot be seen.
#[derive(Clone, Debug)]
pub(super) enum Why {
    /// No operation has this name, so the call certainly fails.
    UnknownName(Name),
    /// The client refuses it, so the call certainly fails; as it is told.
    Refused(String),
    /// As it is told.
    Told(String),
}

impl From<String> for Why {
    fn from(told: String) -> Self {
        Self::Told(told)
    }
}

impl From<&str> for Why {
    fn from(told: &str) -> Self {
        Self::Told(told.to_owned())
    }
}
