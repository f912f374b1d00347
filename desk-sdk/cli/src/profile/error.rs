//! What can go wrong with profiles.

use std::fmt;
use std::path::{Path, PathBuf};

use desk_sdk::auth::StoreError;

use super::VaultError;
use crate::scopes::line;

/// Why a profile cannot be used or changed. No message holds a secret.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ProfileError {
    /// There is no profile of this name.
    #[error("there is no profile `{name}`{}", those(known, likely.as_deref()))]
    Unknown {
        /// The name.
        name: String,
        /// The names that there are.
        known: Vec<String>,
        /// The one that was probably meant.
        likely: Option<String>,
    },
    /// A name that no profile can have.
    #[error(
        "`{}` is not a profile's name: it takes lower-case letters, digits, `-`, `_` and `.`, 64 at most, and starts \
         with a letter or a digit",
        line(.0)
    )]
    Name(String),
    /// The file of profiles is not as it should be.
    #[error("{}, line {line}: {problem}", shown(file))]
    File {
        /// The file.
        file: PathBuf,
        /// The line, from 1 on.
        line: usize,
        /// What is wrong, and what to do.
        problem: String,
    },
    /// There is no folder for profiles.
    #[error("it is not known where settings are kept: {0}. Set DESK_CONFIG_DIR to a folder for them")]
    NoFolder(String),
    /// A file or folder cannot be read or written.
    #[error("{}: {action} failed: {reason}{}", shown(path), advice(*writes))]
    Disk {
        /// What was being done, such as `writing`.
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// Why it failed.
        reason: String,
        /// Whether it was being written.
        writes: bool,
    },
    /// The system's keyring failed.
    #[error(transparent)]
    Keyring(#[from] VaultError),
    /// The token store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ProfileError {
    pub(super) fn reading(path: &Path, reason: impl fmt::Display) -> Self {
        Self::Disk { action: "reading", path: path.to_owned(), reason: reason.to_string(), writes: false }
    }

    pub(super) fn writing(path: &Path, reason: impl fmt::Display) -> Self {
        Self::Disk { action: "writing", path: path.to_owned(), reason: reason.to_string(), writes: true }
    }
}

fn shown(path: &Path) -> String {
    line(&path.display().to_string())
}

fn advice(writes: bool) -> &'static str {
    if writes { ". DESK_CONFIG_DIR names another folder" } else { "" }
}

fn those(known: &[String], likely: Option<&str>) -> String {
    match (likely, known.is_empty()) {
        (Some(likely), _) => format!(" (did you mean {likely}?)"),
        (None, true) => ": there are none yet. `desk login` makes one".to_owned(),
        (None, false) => format!(". There are {}; `desk login --profile NAME` makes another", known.join(", ")),
    }
}
