//! What a person should look at after an import: what had to be guessed or left out, and what to do about it.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::json;

use crate::diagnostic::{Diagnostic, Location};
use crate::visible;

/// Something that could not be taken over as it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    /// Where it is.
    pub location: Location,
    /// What it is about, and what is odd; the same as long as the file says the same.
    pub text: String,
    /// What to do about it.
    pub help: String,
    /// What would settle it; [`review`](crate::review::review) writes it into the help.
    pub cure: Option<Cure>,
}

/// The entry of `spec/local` that settles a note. `…` stands for what only a person knows. Values are JSON.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cure {
    /// A type that is added under this name.
    Type(String),
    /// A correction of a key, such as to this value.
    Change { target: Target, key: &'static str, value: String },
    /// A correction of an operation's scopes, with what is meant in place of those that are odd.
    Scopes { target: Target, meant: BTreeMap<String, String> },
    /// A correction by which a record requires another field than the one of this name, or none in its place. It stands
    /// in the target, at any depth.
    Required { target: Target, name: String, near: Option<String> },
    /// A parameter to add.
    Parameter { target: Target, add: String },
    /// None, if nothing follows from it; else some correction.
    Any(Target),
    /// Another name for an operation, by its id: none of `spec/local`, but a rename.
    Name(String),
}

/// What a note or a correction is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Target {
    pub whole: Whole,
    pub part: Part,
}

/// An entry of the spec.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whole {
    Operation(String),
    Type(String),
}

/// A part of such an entry.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Whole,
    Body,
    Parameter(String),
    /// A field, with the fields around it: `contact.phone`.
    Field(String),
    /// The answer of a status, as it is written in the file, or a field of it.
    Answer(String, Option<String>),
}

impl Note {
    /// A note that is told in whole already.
    pub(super) fn plain(diagnostic: &Diagnostic) -> Self {
        let Diagnostic { location, problem, help } = diagnostic.clone();
        Self { location, text: problem, help, cure: None }
    }

    /// What is the same as long as the file says the same: its name and the text, but no line.
    pub fn key(&self) -> String {
        format!("{}: {}", self.location.file, self.text)
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", visible(&self.location.to_string()), visible(&self.text))?;
        if !self.location.path.is_empty() {
            write!(f, "\n  at: {}", visible(&self.location.path.join(".")))?;
        }
        write!(f, "\n  help: {}", visible(&self.help))
    }
}

impl fmt::Display for Target {
    /// As the keys of a correction.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.whole {
            Whole::Operation(id) => write!(f, "\"operation\": {}", json!(id))?,
            Whole::Type(name) => write!(f, "\"type\": {}", json!(name))?,
        }
        match &self.part {
            Part::Whole => Ok(()),
            Part::Body => f.write_str(", \"body\": true"),
            Part::Parameter(name) => write!(f, ", \"parameter\": {}", json!(name)),
            Part::Field(name) => write!(f, ", \"field\": {}", json!(name)),
            Part::Answer(status, field) => {
                write!(f, ", \"answer\": {}", json!(status))?;
                field.as_ref().map_or(Ok(()), |field| write!(f, ", \"field\": {}", json!(field)))
            }
        }
    }
}
