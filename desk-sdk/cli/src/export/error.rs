//! Why an export fails.

use std::path::PathBuf;

use desk_sdk::Error;

use crate::problem::told;
use crate::table::TableError;

/// Why an export fails. What the manifest names stays as it is.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// What is asked for cannot be done.
    #[error("{0}")]
    Usage(String),
    /// The token lacks scopes.
    #[error("{}\nNothing was exported. Use a token with these scopes, or skip what is not allowed with --where-known", of_each(.0))]
    NotAllowed(Vec<Denied>),
    /// A resource has more records than Desk gives by index. What was read is kept, but cannot be continued.
    #[error("{0}")]
    TooDeep(String),
    /// A file cannot be written or read.
    #[error(transparent)]
    Table(#[from] TableError),
    /// A file of the export cannot be read back.
    #[error("cannot read {}: {reason}", path.display())]
    ReadBack {
        /// The file.
        path: PathBuf,
        /// Why not.
        reason: String,
    },
    /// Desk refuses, or cannot be reached.
    #[error("{what}: {}", told(source))]
    Desk {
        /// What was to be done.
        what: String,
        /// What the client says.
        source: Box<Error>,
    },
}

/// A resource that the token does not allow to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Denied {
    /// Its name.
    pub resource: String,
    /// Why, with the missing scope.
    pub reason: String,
}

fn of_each(denied: &[Denied]) -> String {
    let lines: Vec<String> = denied.iter().map(|one| format!("{}: {}", one.resource, one.reason)).collect();
    lines.join("\n")
}

impl ExportError {
    pub(crate) fn usage(problem: impl Into<String>) -> Self {
        Self::Usage(problem.into())
    }

    /// A function that adds what was to be done.
    pub(crate) fn desk(what: impl Into<String>) -> impl FnOnce(Error) -> Self {
        move |source| Self::Desk { what: what.into(), source: Box::new(source) }
    }

    /// What the client says, if it is about Desk.
    pub fn of_desk(&self) -> Option<&Error> {
        match self {
            Self::Desk { source, .. } => Some(root(source)),
            _ => None,
        }
    }
}

/// The error itself, where it is that of a page.
pub(super) fn root(error: &Error) -> &Error {
    match error {
        Error::Page(page) => root(&page.reason),
        other => other,
    }
}

/// Whether the day's credits are the reason, spent or kept in reserve.
pub(super) fn is_about_credits(error: &Error) -> bool {
    match root(error) {
        Error::CreditFloor { .. } | Error::CreditsSpent { .. } => true,
        Error::Api(refused) => refused.status == 429 && refused.code == "THRESHOLD_EXCEEDED",
        _ => false,
    }
}
