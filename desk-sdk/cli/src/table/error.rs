//! Everything that can go wrong between records and files.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// A result of this module.
pub type Result<T, E = TableError> = std::result::Result<T, E>;

/// Why files cannot be written or read. No file is half-written: what was being written is removed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TableError {
    /// The operating system refuses something.
    #[error("cannot {doing} {}: {source}{}", path.display(), advice(source))]
    File {
        /// What was to be done, such as `write`.
        doing: &'static str,
        /// With which file or folder.
        path: PathBuf,
        /// What the operating system says.
        source: io::Error,
    },
    /// Records that cannot be written in the chosen format.
    #[error("cannot write {}: {reason}", path.display())]
    Encode {
        /// The file.
        path: PathBuf,
        /// What the format's library says.
        reason: String,
    },
    /// Another program exports into the same folder.
    #[error("another export is writing to {}: wait for it to end, or choose another folder", path.display())]
    Locked {
        /// The folder.
        path: PathBuf,
    },
    /// A manifest that does not belong to the export, or that cannot be read.
    #[error("{}: {problem}; {help}", path.display())]
    Manifest {
        /// The manifest.
        path: PathBuf,
        /// What is wrong.
        problem: String,
        /// What to do.
        help: &'static str,
    },
    /// A name that cannot be a folder's.
    #[error("{name:?} cannot be the name of a resource: use letters, digits, `_` and `-`, at most 100")]
    Name {
        /// The name.
        name: String,
    },
}

impl TableError {
    /// Whether something else has to be asked for, such as another folder.
    pub fn is_usage(&self) -> bool {
        match self {
            Self::Locked { .. } | Self::Manifest { .. } | Self::Name { .. } => true,
            Self::File { source, .. } => matches!(
                source.kind(),
                ErrorKind::PermissionDenied
                    | ErrorKind::ReadOnlyFilesystem
                    | ErrorKind::IsADirectory
                    | ErrorKind::NotADirectory
                    | ErrorKind::AlreadyExists
            ),
            Self::Encode { .. } => false,
        }
    }

    /// A function that adds what was to be done, and with which file.
    pub(crate) fn file(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::File { doing, path: path.to_owned(), source }
    }
}

/// What to do about it, where that is known.
fn advice(error: &io::Error) -> &'static str {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            "; make room and export again: what is complete stays as it is"
        }
        ErrorKind::ReadOnlyFilesystem => "; choose a folder on a disk that can be written to",
        ErrorKind::PermissionDenied => "; choose a folder that you may write to",
        ErrorKind::IsADirectory | ErrorKind::NotADirectory => "; move it away, or choose another folder",
        _ => "",
    }
}
