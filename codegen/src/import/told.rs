//! Notes while an import runs say where something is odd. What that is a part of, and the correction to paste, follow
//! from the place once everything has its name.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::documents::Documents;
use super::note::{Cure, Note, Part, Target, Whole};
use super::reference::Reference;
use super::tree::Position;
use crate::diagnostic::Location;

/// What to do about something odd.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fix {
    /// A correction of this key of what stands there, such as to this value, which is JSON.
    Change(&'static str, String),
    /// A correction of scopes: what is meant by which.
    Scopes(BTreeMap<String, String>),
    /// A parameter to add: its name, and the value of `add`, which is JSON.
    Parameter(String, String),
    /// Not to require a field of this name, which is not declared, but perhaps another one.
    Required { name: String, near: Option<String> },
    /// A type to add.
    Type(String),
    /// Another name for the operation.
    Name,
    /// Some correction, if it matters.
    Unknown,
    /// Something else.
    Other(&'static str),
}

/// A note without what follows from its place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Raw {
    pub(super) file: String,
    pub(super) at: Position,
    pub(super) problem: String,
    pub(super) fix: Fix,
}

/// What entries of the spec the files became.
#[derive(Debug, Default)]
pub(super) struct Entries {
    /// The ids of operations, by file and path of keys.
    pub(super) operations: HashMap<(String, Vec<String>), String>,
    /// The names of types.
    pub(super) types: HashMap<Reference, String>,
}

/// The notes of an import, each once, in the order of their places.
pub(super) fn notes(raw: BTreeSet<Raw>, documents: &Documents<'_>, entries: &Entries) -> Vec<Note> {
    let mut told = BTreeSet::new();
    let note = |raw: Raw| {
        let (line, column) = raw.at;
        let mut location = Location::at(&raw.file, line as usize, column as usize);
        location.path = documents.path(&raw.file, raw.at);
        let subject = Subject::of(&location, documents, entries);
        let text = match (&raw.fix, subject.words.as_str()) {
            // A missing type is missed by everything in the file that refers to it.
            (Fix::Type(_), _) | (_, "") => raw.problem,
            (_, words) => format!("{words}: {}", raw.problem),
        };
        let (help, cure) = help(&raw.fix, subject.target);
        Note { location, text, help, cure }
    };
    raw.into_iter().map(note).filter(|note| told.insert((note.location.file.clone(), note.text.clone()))).collect()
}

/// What to do, in words, and what would settle the note.
fn help(fix: &Fix, target: Option<Target>) -> (String, Option<Cure>) {
    let cure = match (fix, target) {
        (Fix::Other(help), _) => return ((*help).to_owned(), None),
        (Fix::Type(name), _) => Cure::Type(name.clone()),
        (Fix::Change(key, value), Some(target)) => Cure::Change { target, key, value: value.clone() },
        (Fix::Scopes(meant), Some(target)) => Cure::Scopes { target, meant: meant.clone() },
        (Fix::Required { name, near }, Some(target)) => {
            Cure::Required { target, name: name.clone(), near: near.clone() }
        }
        (Fix::Parameter(name, add), Some(Target { whole, .. })) => {
            Cure::Parameter { target: Target { whole, part: Part::Parameter(name.clone()) }, add: add.clone() }
        }
        (Fix::Unknown, Some(target)) => Cure::Any(target),
        (Fix::Name, Some(Target { whole: Whole::Operation(id), .. })) => Cure::Name(id),
        (_, None) | (Fix::Name, _) => {
            return ("if it matters, correct the operations that it belongs to in spec/local".to_owned(), None);
        }
    };
    ("if that is wrong, correct it in spec/local".to_owned(), Some(cure))
}

/// What a place is a part of.
struct Subject {
    /// In words; empty if it is the file.
    words: String,
    target: Option<Target>,
}

impl Subject {
    fn of(location: &Location, documents: &Documents<'_>, entries: &Entries) -> Self {
        let (file, path) = (&location.file, location.path.as_slice());
        let prefixes = (0..=path.len()).rev();
        let named = prefixes.clone().find_map(|length| {
            let reference = Reference { file: file.clone(), steps: path[..length].to_vec() };
            Some((entries.types.get(&reference)?, &path[length..]))
        });
        if let Some((name, rest)) = named {
            let part = field(rest).map_or(Part::Whole, Part::Field);
            return Self::target(Target { whole: Whole::Type(name.clone()), part }, "");
        }
        let operation = prefixes.clone().find_map(|length| {
            Some((entries.operations.get(&(file.clone(), path[..length].to_vec()))?, &path[length..]))
        });
        if let Some((id, rest)) = operation {
            let whole = Whole::Operation(id.clone());
            let step = |index: usize| rest.get(index).map(String::as_str);
            let (part, what) = match step(0) {
                Some("parameters") if rest.len() > 1 => {
                    let place = path.len() - rest.len() + 2;
                    let parameter = documents.follow(file, &path[..place]).and_then(|one| one.get("name")?.text());
                    let parameter = parameter.filter(|name| !name.is_empty());
                    (parameter.map_or(Part::Whole, |name| Part::Parameter(name.to_owned())), String::new())
                }
                Some("requestBody") => {
                    (field(rest.get(1..).unwrap_or_default()).map_or(Part::Body, Part::Field), String::new())
                }
                Some("responses") => {
                    let field = field(rest.get(2..).unwrap_or_default());
                    let words = match &field {
                        Some(field) => format!(", field {field} of the answer"),
                        None => ", answer".to_owned(),
                    };
                    // Whatever else is odd about a response is odd about the answers.
                    let schema = rest.get(4).is_some_and(|step| step == "schema") || field.is_some();
                    let part = step(1).filter(|_| schema).map(|status| Part::Answer(status.to_owned(), field));
                    (part.unwrap_or(Part::Whole), words)
                }
                _ => (Part::Whole, String::new()),
            };
            return Self::target(Target { whole, part }, &what);
        }
        let words = match path {
            [components, section, name, ..] if components == "components" => format!("{section} {name}"),
            [paths, path, rest @ ..] if paths == "paths" => match rest.first() {
                Some(method) if method != "parameters" => format!("{} {path}", method.to_uppercase()),
                _ => path.clone(),
            },
            _ => String::new(),
        };
        Self { words, target: None }
    }

    fn target(target: Target, what: &str) -> Self {
        let whole = match &target.whole {
            Whole::Operation(id) => id.clone(),
            Whole::Type(name) => format!("type {name}"),
        };
        let part = match &target.part {
            Part::Whole => String::new(),
            Part::Body => ", body".to_owned(),
            Part::Parameter(name) => format!(", parameter {name}"),
            Part::Field(name) => format!(", field {name}"),
            // Which answer it is needs no words: most operations have one.
            Part::Answer(..) => String::new(),
        };
        Self { words: format!("{whole}{part}{what}"), target: Some(target) }
    }
}

/// The field that keys and indexes lead to, with the fields around it: `contact.phone`.
fn field(path: &[String]) -> Option<String> {
    let mut names: Vec<&str> = Vec::new();
    let mut steps = path.iter().map(String::as_str);
    while let Some(step) = steps.next() {
        match step {
            "properties" => names.extend(steps.next()),
            "allOf" | "anyOf" | "oneOf" | "content" => drop(steps.next()),
            "items" | "additionalProperties" | "schema" => {}
            _ => break,
        }
    }
    (!names.is_empty()).then(|| names.join("."))
}
