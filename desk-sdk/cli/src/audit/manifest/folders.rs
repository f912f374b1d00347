//! Looks through folders.

use std::fs;
use std::path::{Path, PathBuf};

use super::glob::is_skipped;
use super::normal;
use crate::audit::Problem;

/// The folders with a manifest below a folder, without those below one that has one.
pub(super) fn outermost(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for inner in entries(folder).into_iter().filter(|path| path.is_dir() && !is_skipped(path)) {
        match inner.join("Cargo.toml").is_file() {
            true => found.push(inner),
            false => found.extend(outermost(&inner)),
        }
    }
    found
}

/// All source files below a folder.
pub(in crate::audit) fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for inner in entries(folder) {
        if inner.is_dir() {
            if !is_skipped(&inner) {
                found.extend(sources(&inner));
            }
        } else if inner.extension().is_some_and(|end| end == "rs") {
            found.push(inner);
        }
    }
    found
}

/// The source files in a folder itself.
pub(super) fn beside(folder: &Path) -> Vec<PathBuf> {
    let is_source = |path: &PathBuf| path.extension().is_some_and(|end| end == "rs") && path.is_file();
    entries(folder).into_iter().filter(is_source).collect()
}

/// Why a folder cannot be read that is there.
pub(super) fn unreadable(folder: &Path) -> Option<Problem> {
    use std::io::ErrorKind;
    let error = fs::read_dir(folder).err()?;
    let is_none = matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory);
    (!is_none).then(|| Problem::new(&normal(folder), format!("cannot be read: {error}")))
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut entries: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    entries.sort();
    entries
}
