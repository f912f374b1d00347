//! The project's own spec, read once per process.

use std::path::Path;
use std::sync::{Arc, OnceLock};
use std::{fmt, fs, io};

use desk_codegen::load::{Spec, load};
use desk_codegen::{Files, LOCAL, UPSTREAM};

/// Why a [`MockDesk`](crate::MockDesk) could not start.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// The project's spec cannot be read, or has errors; the text says where.
    Spec(String),
    /// The built-in records cannot be read.
    Seed(serde_json::Error),
    /// No loopback port could be opened.
    Listen(io::Error),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Spec(problem) => write!(f, "the local Desk server cannot read the spec: {problem}"),
            Self::Seed(error) => write!(f, "the local Desk server cannot read its seed.json: {error}"),
            Self::Listen(error) => write!(f, "the local Desk server cannot listen on 127.0.0.1: {error}"),
        }
    }
}

impl std::error::Error for StartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Spec(_) => None,
            Self::Seed(error) => Some(error),
            Self::Listen(error) => Some(error),
        }
    }
}

/// The project's spec. Loading takes seconds in a debug build, so every server of a process shares one.
pub(crate) fn spec() -> Result<Arc<Spec>, StartError> {
    static SPEC: OnceLock<Result<Arc<Spec>, String>> = OnceLock::new();
    SPEC.get_or_init(read).clone().map_err(StartError::Spec)
}

fn read() -> Result<Arc<Spec>, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files = Files::new();
    for folder in [UPSTREAM, LOCAL] {
        read_folder(&root, folder, &mut files).map_err(|error| format!("{folder}: {error}"))?;
    }
    load(&files).map(Arc::new).map_err(|diagnostics| diagnostics.to_string())
}

fn read_folder(root: &Path, folder: &str, files: &mut Files) -> io::Result<()> {
    for entry in fs::read_dir(root.join(folder))? {
        let path = entry?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()).filter(|name| name.ends_with(".json")) else {
            continue;
        };
        files.insert(format!("{folder}/{name}"), fs::read_to_string(&path)?);
    }
    Ok(())
}
