//! What is wrong with an input, where, and how to fix it.

use std::fmt;

use jsonc_parser::ast::Value as Node;
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use crate::{Files, visible};

/// One error.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// Where it is.
    pub location: Location,
    /// What is wrong.
    pub problem: String,
    /// How to fix it.
    pub help: String,
}

/// A value in an input file, or the file as a whole.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// The file's path.
    pub file: String,
    /// Line and column, both from 1, where they are known.
    pub position: Option<(usize, usize)>,
    /// The keys and indexes that lead to the value.
    pub path: Vec<String>,
}

impl Location {
    /// A file as a whole.
    pub fn file(file: &str) -> Self {
        Self { file: file.to_owned(), position: None, path: Vec::new() }
    }

    /// A line and column, both from 1.
    pub fn at(file: &str, line: usize, column: usize) -> Self {
        Self { position: (line > 0).then_some((line, column.max(1))), ..Self::file(file) }
    }

    /// A value, by the keys and indexes that lead to it.
    pub fn key<S: AsRef<str>>(file: &str, path: &[S]) -> Self {
        Self { path: path.iter().map(|step| step.as_ref().to_owned()).collect(), ..Self::file(file) }
    }

    /// The location of a value inside this one.
    #[must_use]
    pub fn join(&self, step: impl Into<String>) -> Self {
        let mut location = self.clone();
        location.path.push(step.into());
        location
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some((line, column)) = self.position {
            write!(f, ":{line}:{column}")?;
        }
        Ok(())
    }
}

impl Diagnostic {
    /// A diagnostic; the position is found later, by [`Diagnostics::locate`].
    pub fn new(location: Location, problem: impl Into<String>, help: impl Into<String>) -> Self {
        Self { location, problem: problem.into(), help: help.into() }
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (location, problem) = (self.location.to_string(), &self.problem);
        write!(f, "{}: {}", visible(&location), visible(problem))?;
        if !self.location.path.is_empty() {
            write!(f, "\n  at: {}", visible(&self.location.path.join(".")))?;
        }
        write!(f, "\n  help: {}", visible(&self.help))
    }
}

/// All errors found in one run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Whether there are no errors.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The diagnostics one by one.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Diagnostic> {
        self.0.iter()
    }

    /// Returns itself as an error unless it is empty.
    ///
    /// # Errors
    ///
    /// If there are any errors.
    pub fn into_result(self) -> Result<(), Self> {
        if self.is_empty() { Ok(()) } else { Err(self) }
    }

    /// Names the correction where what is wrong was written by one. `corrected` holds the locations
    /// that corrections changed, each with the correction's own.
    pub(crate) fn blame(&mut self, corrected: &[(Location, Location)]) {
        for location in self.0.iter_mut().map(|diagnostic| &mut diagnostic.location) {
            let inside = |from: &Location| location.file == from.file && location.path.starts_with(&from.path);
            if let Some((_, to)) = corrected.iter().rev().find(|(from, _)| inside(from)) {
                *location = to.clone();
            }
        }
    }

    /// In the order of their places, each once.
    #[must_use]
    pub(crate) fn sorted(mut self) -> Self {
        self.0.sort();
        self.0.dedup();
        self
    }

    /// Finds line and column of every location that has only a path so far, and sorts by location.
    #[must_use]
    pub fn locate(mut self, files: &Files) -> Self {
        for (file, text) in files {
            let lacks = |location: &Location| location.position.is_none() && location.file == *file;
            if !self.0.iter().any(|diagnostic| lacks(&diagnostic.location)) {
                continue;
            }
            let parsed = parse_to_ast(text, &CollectOptions::default(), &ParseOptions::default());
            let Some(root) = parsed.ok().and_then(|parsed| parsed.value) else { continue };
            for location in self.0.iter_mut().map(|diagnostic| &mut diagnostic.location).filter(|one| lacks(one)) {
                location.position = position(text, &root, &location.path);
            }
        }
        self.sorted()
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(diagnostic: Diagnostic) -> Self {
        Self(vec![diagnostic])
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for diagnostic in &self.0 {
            writeln!(f, "error: {diagnostic}")?;
        }
        write!(f, "{} found", if self.0.len() == 1 { "1 error".to_owned() } else { format!("{} errors", self.0.len()) })
    }
}

impl std::error::Error for Diagnostics {}

/// Line and column of the deepest value that exists along a path.
fn position(text: &str, root: &Node<'_>, path: &[String]) -> Option<(usize, usize)> {
    let mut node = root;
    let mut start = node.start();
    for step in path {
        match node {
            Node::Object(object) => {
                let Some(property) = object.properties.iter().find(|property| property.name.as_str() == step) else {
                    break;
                };
                start = property.start();
                node = &property.value;
            }
            Node::Array(array) => {
                let Some(element) = step.parse::<usize>().ok().and_then(|index| array.elements.get(index)) else {
                    break;
                };
                start = element.start();
                node = element;
            }
            _ => break,
        }
    }
    let before = text.get(..start)?;
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
    Some((line, column))
}
