//! What could not be read.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::scopes::line;

/// What could not be read, and where; the rest was audited.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// The file or folder.
    pub file: PathBuf,
    /// Line and column, from 1, if they are known.
    pub place: Option<(u32, u32)>,
    /// What is wrong.
    pub problem: String,
}

impl Problem {
    pub(super) fn new(file: &Path, problem: impl Into<String>) -> Self {
        Self { file: file.to_owned(), place: None, problem: problem.into() }
    }

    pub(super) fn at(self, line: u32, column: u32) -> Self {
        Self { place: Some((line, column)), ..self }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&line(&self.file.display().to_string()))?;
        if let Some((line, column)) = self.place {
            write!(f, ":{line}:{column}")?;
        }
        write!(f, ": {}", line(&self.problem))
    }
}
