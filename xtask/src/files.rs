//! Reads and writes the project's files. The generator itself never touches the disk.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use desk_codegen::Files;

/// The project's root folder.
pub(crate) fn root() -> PathBuf {
    // Cargo tells where it runs; the folder of the build is for a program that was started by hand.
    let package = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    let package = Path::new(&package);
    package.parent().unwrap_or(package).to_owned()
}

/// The texts of all files with this ending below a folder of the project, by path from the root.
pub(crate) fn read(folder: &str, ending: &str) -> Result<Files> {
    let root = root();
    let mut files = Files::new();
    let mut todo = vec![root.join(folder)];
    while let Some(folder) = todo.pop() {
        if !folder.exists() {
            continue;
        }
        for entry in fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))? {
            let path = entry?.path();
            if path.is_dir() {
                todo.push(path);
            } else if path.extension().is_some_and(|found| found == ending) {
                files.insert(relative(&path, &root), text(&path)?);
            }
        }
    }
    Ok(files)
}

/// The text of a file.
pub(crate) fn text(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

fn relative(path: &Path, root: &Path) -> String {
    let path = path.strip_prefix(root).unwrap_or(path);
    let steps: Vec<_> = path.iter().map(|step| step.to_string_lossy()).collect();
    steps.join("/")
}

/// What differs between the files that should be and those that are.
#[derive(Debug, Default)]
pub(crate) struct Difference {
    /// Paths whose text is missing or another.
    pub(crate) stale: Vec<String>,
    /// Paths of files that should not be.
    pub(crate) extra: Vec<String>,
}

impl Difference {
    /// Compares; `owned` are the files that are, of which none may be left over.
    pub(crate) fn between(wanted: &Files, owned: &Files) -> Self {
        let stale = wanted.iter().filter(|(path, text)| owned.get(*path) != Some(*text));
        let extra = owned.keys().filter(|path| !wanted.contains_key(*path));
        Self { stale: stale.map(|(path, _)| path.clone()).collect(), extra: extra.cloned().collect() }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.stale.is_empty() && self.extra.is_empty()
    }

    /// Writes what is stale and removes what is left over; unchanged files stay untouched.
    pub(crate) fn apply(&self, wanted: &Files) -> Result<()> {
        let root = root();
        for path in &self.stale {
            let target = root.join(path);
            if let Some(folder) = target.parent() {
                fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
            }
            // Written beside and renamed, so that an interruption leaves no half file.
            let beside = target.with_extension("new");
            fs::write(&beside, &wanted[path]).with_context(|| format!("cannot write {}", beside.display()))?;
            fs::rename(&beside, &target).with_context(|| format!("cannot write {path}"))?;
        }
        for path in &self.extra {
            fs::remove_file(root.join(path)).with_context(|| format!("cannot remove {path}"))?;
        }
        Ok(())
    }
}
