//! Many files changed at once. Whatever ends the program, all of them are as before or as after.
//!
//! The new contents are first written to a folder of the build directory, which then gets a name that says: decided.
//! From there on, the files are only moved to their places. A program that finds a decided change finishes it, so an
//! interruption in those milliseconds is undone by the next command; one before them changed nothing.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use desk_codegen::Files;
use serde::{Deserialize, Serialize};

use crate::files::Tree;
use crate::printing::errln;

/// The folder of all this, in the build directory.
const FOLDER: &str = "xtask";

/// The list of what a change does, beside the new contents.
const LIST: &str = "list.json";

/// What a change does. The new content of the file at an index is in a file with that number.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Change {
    written: Vec<String>,
    removed: Vec<String>,
}

/// Writes and removes files of the project, all or none.
pub(crate) fn apply(tree: &Tree, written: &Files, removed: &[String]) -> Result<()> {
    if written.is_empty() && removed.is_empty() {
        return Ok(());
    }
    // What can be known to fail has to fail before anything is decided.
    let paths = || written.keys().chain(removed);
    paths().try_for_each(|path| tree.replaceable(path)).context("nothing was changed")?;
    let places = Places::of(tree)?;
    let _alone = places.lock()?;
    places.finish(tree)?;
    places.decide(written, removed)?;
    places.finish(tree)?;
    Ok(())
}

/// Finishes the change that an earlier run decided on but could not finish; returns how many files it concerned.
pub(crate) fn recover(tree: &Tree) -> Result<usize> {
    let places = Places::of(tree)?;
    if !places.decided.exists() {
        return Ok(0);
    }
    let _alone = places.lock()?;
    places.finish(tree)
}

/// Fails if an earlier run decided on a change that it could not finish. Nothing is written: this is for commands that
/// only read.
pub(crate) fn whole(tree: &Tree) -> Result<()> {
    let places = Places::of(tree)?;
    if !places.decided.exists() {
        return Ok(());
    }
    // One that is being made just now is waited for.
    let _alone = places.lock()?;
    if !places.decided.exists() {
        return Ok(());
    }
    let Change { written, removed } = places.change()?;
    bail!(
        "an earlier run was interrupted while it changed {} files, so the project is partly as before and partly as after\n  \
         help: run `cargo xtask generate`, which finishes that change first",
        written.len() + removed.len()
    )
}

struct Places {
    lock: PathBuf,
    prepared: PathBuf,
    decided: PathBuf,
}

impl Places {
    fn of(tree: &Tree) -> Result<Self> {
        let folder = tree.build_folder(FOLDER)?;
        Ok(Self { lock: folder.join("lock"), prepared: folder.join("change.new"), decided: folder.join("change") })
    }

    /// Keeps other runs from writing until it is dropped, also by the end of the process.
    fn lock(&self) -> Result<File> {
        let folder = self.lock.parent().unwrap_or(&self.lock);
        fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
        let lock = File::options().create(true).append(true).open(&self.lock);
        let lock = lock.with_context(|| format!("cannot open {}", self.lock.display()))?;
        if lock.try_lock().is_err() {
            errln!("waiting for another xtask that writes files");
            lock.lock().with_context(|| format!("cannot lock {}", self.lock.display()))?;
        }
        Ok(lock)
    }

    /// Keeps the new contents, then makes the change one that will be finished.
    fn decide(&self, written: &Files, removed: &[String]) -> Result<()> {
        let cannot = || format!("cannot prepare the change in {}; nothing was changed", self.prepared.display());
        remove_folder(&self.prepared).with_context(cannot)?;
        fs::create_dir(&self.prepared).with_context(cannot)?;
        for (index, text) in written.values().enumerate() {
            kept(&self.prepared.join(index.to_string()), text).with_context(cannot)?;
        }
        let change = Change { written: written.keys().cloned().collect(), removed: removed.to_vec() };
        kept(&self.prepared.join(LIST), &serde_json::to_string(&change)?).with_context(cannot)?;
        fs::rename(&self.prepared, &self.decided).with_context(cannot)
    }

    /// What was decided.
    fn change(&self) -> Result<Change> {
        let list = self.decided.join(LIST);
        let list = fs::read_to_string(&list).with_context(|| format!("cannot read {}", list.display()))?;
        serde_json::from_str(&list)
            .with_context(|| format!("{} is not a list of ours; remove the folder", self.decided.display()))
    }

    /// Moves files to their places, and removes others.
    fn place(&self, tree: &Tree, change: &Change) -> Result<()> {
        for (index, path) in change.written.iter().enumerate() {
            let new = self.decided.join(index.to_string());
            if new.exists() {
                tree.take(&new, path)?;
            }
        }
        change.removed.iter().try_for_each(|path| tree.remove(path))
    }

    /// Moves files that are not in their places yet. May be repeated at any point.
    fn finish(&self, tree: &Tree) -> Result<usize> {
        if !self.decided.exists() {
            return Ok(0);
        }
        let change = self.change()?;
        let result = self.place(tree, &change);
        result.with_context(|| {
            format!(
                "the change is made in part, and the rest waits in {}: mend what follows, and the next command that \
                 writes, such as `cargo xtask generate`, finishes it first",
                self.decided.display()
            )
        })?;
        // Under the other name, it is not taken for a change when it is removed in part.
        let cannot = || format!("all is written, but {} cannot be removed", self.decided.display());
        remove_folder(&self.prepared).with_context(cannot)?;
        fs::rename(&self.decided, &self.prepared).with_context(cannot)?;
        remove_folder(&self.prepared).with_context(cannot)?;
        Ok(change.written.len() + change.removed.len())
    }
}

/// Writes a file that is on the disk when this returns.
fn kept(path: &Path, text: &str) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_data()
}

/// Removes a folder, if it exists.
fn remove_folder(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        result => result,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::process::{Command, Stdio};
    use std::time::{Duration, Instant};

    use tempfile::TempDir;

    use super::*;

    fn files(entries: &[(&str, &str)]) -> Files {
        entries.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
    }

    fn case(entries: &[(&str, &str)]) -> (Tree, TempDir) {
        let folder = TempDir::new().unwrap();
        let tree = Tree::at(folder.path());
        apply(&tree, &files(entries), &[]).unwrap();
        (tree, folder)
    }

    #[test]
    fn all_files_are_written_and_removed() {
        let (tree, folder) = case(&[("a/old.rs", "old"), ("a/both.rs", "before")]);
        apply(&tree, &files(&[("a/both.rs", "after"), ("b/c/new.rs", "new")]), &["a/old.rs".to_owned()]).unwrap();
        let mut found = tree.read("a", "rs").unwrap();
        found.extend(tree.read("b", "rs").unwrap());
        assert_eq!(found, files(&[("a/both.rs", "after"), ("b/c/new.rs", "new")]));
        let left: Vec<_> = fs::read_dir(folder.path().join("target/xtask")).unwrap().collect();
        assert_eq!(left.len(), 1, "nothing but the lock: {left:?}");
    }

    #[test]
    fn what_was_not_decided_changes_nothing() {
        let (tree, _folder) = case(&[("a.rs", "before")]);
        let places = Places::of(&tree).unwrap();
        fs::create_dir(&places.prepared).unwrap();
        fs::write(places.prepared.join("0"), "half").unwrap();
        assert_eq!(recover(&tree).unwrap(), 0);
        assert_eq!(tree.text("a.rs").unwrap().as_deref(), Some("before"));
        apply(&tree, &files(&[("a.rs", "after")]), &[]).unwrap();
        assert_eq!(tree.text("a.rs").unwrap().as_deref(), Some("after"));
    }

    #[test]
    fn what_was_decided_is_finished_wherever_it_stopped() {
        let (wanted, gone) = (files(&[("a.rs", "1"), ("b.rs", "2"), ("c.rs", "3")]), ["d.rs".to_owned()]);
        for moved in 0..=wanted.len() {
            let (tree, _folder) = case(&[("a.rs", "before"), ("d.rs", "before")]);
            let places = Places::of(&tree).unwrap();
            places.decide(&wanted, &gone).unwrap();
            for (index, path) in wanted.keys().enumerate().take(moved) {
                tree.take(&places.decided.join(index.to_string()), path).unwrap();
            }
            if moved == wanted.len() {
                tree.remove("d.rs").unwrap();
            }
            let told = whole(&tree).unwrap_err().to_string();
            assert!(told.contains("interrupted while it changed 4 files"), "{told}");
            assert!(places.decided.exists(), "it is only told");
            assert_eq!(recover(&tree).unwrap(), 4);
            let names: BTreeSet<_> = ["a.rs", "b.rs", "c.rs"].into();
            assert!(names.iter().all(|name| tree.text(name).unwrap().as_ref() == wanted.get(*name)));
            assert_eq!(tree.text("d.rs").unwrap(), None);
            assert_eq!(recover(&tree).unwrap(), 0);
            whole(&tree).unwrap();
        }
    }

    #[test]
    fn a_path_that_leads_out_is_refused_before_anything_is_written() {
        let (tree, folder) = case(&[("a.rs", "before")]);
        let error = apply(&tree, &files(&[("a.rs", "after"), ("../b.rs", "out")]), &[]).unwrap_err();
        assert!(format!("{error:#}").contains("nothing was changed: \"../b.rs\" is not a path inside"), "{error:#}");
        assert_eq!(tree.text("a.rs").unwrap().as_deref(), Some("before"));
        assert!(!folder.path().join("../b.rs").exists());
    }

    #[test]
    fn what_may_not_be_written_is_refused_before_anything_is_written() {
        let (tree, folder) = case(&[("a.rs", "before"), ("b/b.rs", "before"), ("b/c.rs", "before")]);
        let wanted = files(&[("a.rs", "after"), ("b/b.rs", "after")]);
        let protect = |path: &str, protected: bool| {
            let path = folder.path().join(path);
            let mut permissions = fs::metadata(&path).unwrap().permissions();
            permissions.set_readonly(protected);
            fs::set_permissions(path, permissions).unwrap();
        };
        let refused = |wanted: &Files, removed: &[String], told: &str| {
            let error = format!("{:#}", apply(&tree, wanted, removed).unwrap_err());
            assert!(error.contains(told) && error.starts_with("nothing was changed: "), "{error}");
            assert_eq!(tree.text("a.rs").unwrap().as_deref(), Some("before"));
            whole(&tree).unwrap();
        };
        protect("b/b.rs", true);
        refused(&wanted, &[], "b/b.rs is read-only");
        refused(&files(&[("a.rs", "after")]), &["b/b.rs".to_owned()], "b/b.rs is read-only");
        protect("b/b.rs", false);
        if cfg!(unix) {
            protect("b", true);
            refused(&wanted, &[], "the folder b is read-only");
            refused(&files(&[("a.rs", "after"), ("b/c/d.rs", "new")]), &[], "the folder b is read-only");
            protect("b", false);
        }
        fs::create_dir(folder.path().join("d.rs")).unwrap();
        refused(&files(&[("a.rs", "after"), ("d.rs", "new")]), &[], "d.rs is a folder");
        refused(&files(&[("a.rs", "after"), ("a.rs/e.rs", "new")]), &[], "a.rs is a file");
        apply(&tree, &wanted, &[]).unwrap();
        assert_eq!(tree.read("", "rs").unwrap()["b/b.rs"], "after");
    }

    /// Run by the test below in a process of its own: it writes one tree after the other until it is killed.
    #[test]
    #[ignore = "is run by the test below, in a process of its own"]
    fn child_that_writes_until_it_is_killed() {
        let Some(root) = std::env::var_os("DESK_TREE") else { return };
        let tree = Tree::at(Path::new(&root));
        recover(&tree).unwrap();
        let last = tree.read("own", "rs").unwrap().into_values().next();
        let first = last.map_or(0, |round| round.parse::<usize>().unwrap() + 1);
        for round in first.. {
            let (written, removed) = of_round(round, &tree);
            apply(&tree, &written, &removed).unwrap();
        }
    }

    /// Each round writes the same hundred files, and one with its own name in place of the last round's.
    fn of_round(round: usize, tree: &Tree) -> (Files, Vec<String>) {
        let mut written: Files = (0..100).map(|index| (format!("all/{index}.rs"), round.to_string())).collect();
        let own = format!("own/{round}.rs");
        written.insert(own.clone(), round.to_string());
        let removed = tree.read("own", "rs").unwrap().into_keys().filter(|path| *path != own).collect();
        (written, removed)
    }

    #[test]
    fn whenever_it_is_killed_the_tree_is_whole() {
        let folder = TempDir::new().unwrap();
        let tree = Tree::at(folder.path());
        for kill in 0..25_u64 {
            let mut child = Command::new(std::env::current_exe().unwrap());
            child.args(["--ignored", "--exact", "transaction::tests::child_that_writes_until_it_is_killed"]);
            child.env("DESK_TREE", folder.path()).stdout(Stdio::null()).stderr(Stdio::null());
            let mut child = child.spawn().unwrap();
            // However slow the computer is, some rounds have come to their end.
            let (before, started) = (names(&folder), Instant::now());
            while names(&folder) == before {
                assert!(started.elapsed() < Duration::from_secs(60), "no round comes to its end");
                std::thread::sleep(Duration::from_millis(1));
            }
            std::thread::sleep(Duration::from_micros(kill * 1_300));
            child.kill().unwrap();
            child.wait().unwrap();
            recover(&tree).unwrap();
            let all: BTreeSet<_> = tree.read("all", "rs").unwrap().into_values().collect();
            let own: Vec<_> = tree.read("own", "rs").unwrap().into_values().collect();
            assert!(all.len() <= 1, "files of several rounds: {all:?}");
            assert_eq!(all.into_iter().collect::<Vec<_>>(), own);
            assert!(tree.read("", "new").unwrap().is_empty());
        }
    }

    /// The names of the files that rounds have of their own. The folder may be changing.
    fn names(folder: &TempDir) -> BTreeSet<std::ffi::OsString> {
        let files = fs::read_dir(folder.path().join("own"));
        files.into_iter().flatten().filter_map(|file| Some(file.ok()?.file_name())).collect()
    }
}
