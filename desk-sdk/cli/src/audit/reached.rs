//! Which files targets lead to: those that were named and the others.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use super::Problem;
use super::manifest::{Packages, normal, sources};

/// Files that were named, and that no target leads to.
pub(super) fn unread(packages: &Packages, read: &[PathBuf]) -> Vec<Problem> {
    let absolute = |file: &Path| std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    let reached: HashSet<PathBuf> = read.iter().map(|file| absolute(file)).collect();
    // A file may be there by two names.
    let named: BTreeMap<PathBuf, &PathBuf> = packages.only.iter().rev().map(|file| (absolute(file), file)).collect();
    let problem = "is not compiled: no target of its crate leads to it; name a file that is, or the crate";
    named.into_iter().filter(|(file, _)| !reached.contains(file)).map(|(_, file)| Problem::new(file, problem)).collect()
}

/// How many source files of the packages were not read, since no target leads to them.
pub(super) fn unreached(packages: &Packages, read: &[PathBuf]) -> usize {
    let reached: HashSet<&Path> = read.iter().map(PathBuf::as_path).collect();
    let folders: HashSet<&Path> = packages.packages.iter().map(|package| package.folder.as_path()).collect();
    let of_sdk =
        |path: &Path| packages.packages.iter().any(|package| package.is_sdk() && path.starts_with(&package.folder));
    let all: BTreeSet<PathBuf> = folders.iter().flat_map(|folder| sources(folder)).map(|path| normal(&path)).collect();
    all.iter().filter(|path| !reached.contains(path.as_path()) && !of_sdk(path)).count()
}
