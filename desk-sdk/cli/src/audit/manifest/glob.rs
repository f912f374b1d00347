//! The patterns of a workspace's members: `crates/*`.

use std::fs;
use std::path::{Path, PathBuf};

use super::folders::unreadable;
use crate::audit::Problem;

/// The folders below a folder that a pattern means, and those in which it could not look.
pub(super) fn folders(base: &Path, pattern: &str, problems: &mut Vec<Problem>) -> Vec<PathBuf> {
    let mut found = vec![base.to_owned()];
    for step in pattern.split('/').filter(|step| !step.is_empty() && *step != ".") {
        found = match step {
            "**" => found.iter().flat_map(|folder| below(folder)).collect(),
            step if step.contains(['*', '?', '[']) => {
                problems.extend(found.iter().filter_map(|folder| unreadable(folder)));
                let inner = found.iter().flat_map(|folder| children(folder));
                inner
                    .filter(|folder| folder.file_name().is_some_and(|name| fits(step, &name.to_string_lossy())))
                    .collect()
            }
            step => found.iter().map(|folder| folder.join(step)).collect(),
        };
    }
    found
}

fn children(folder: &Path) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.is_dir() && !is_skipped(path))
        .collect();
    folders.sort();
    folders
}

/// A folder and all that are below it.
fn below(folder: &Path) -> Vec<PathBuf> {
    let mut all = vec![folder.to_owned()];
    let mut next = 0;
    while let Some(folder) = all.get(next) {
        let inner = children(folder);
        all.extend(inner);
        next += 1;
    }
    all
}

/// Folders in which nobody keeps sources: cargo's own, and hidden ones.
pub(super) fn is_skipped(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    name == "target" || name == "node_modules" || name.starts_with('.') || path.is_symlink()
}

/// Whether a name is of a pattern with `*` and `?`.
pub(super) fn fits(pattern: &str, name: &str) -> bool {
    fn rest(pattern: &[char], name: &[char]) -> bool {
        match (pattern.split_first(), name.split_first()) {
            (None, None) => true,
            (Some(('*', after)), None) => rest(after, name),
            (Some(('*', after)), Some((_, more))) => rest(after, name) || rest(pattern, more),
            (Some(('?', after)), Some((_, more))) => rest(after, more),
            (Some((wanted, after)), Some((given, more))) => wanted == given && rest(after, more),
            _ => false,
        }
    }
    let (pattern, name): (Vec<char>, Vec<char>) = (pattern.chars().collect(), name.chars().collect());
    rest(&pattern, &name)
}
