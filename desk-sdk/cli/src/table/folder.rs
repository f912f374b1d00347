//! The folder of an export.

use std::collections::BTreeSet;
use std::fs::{self, DirEntry, File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::dataset::{is_month, number, private_folder, run_number};
use super::error::{Result, TableError};
use super::manifest::{self, MANIFEST, Manifest, Owner};
use super::new_file::is_unfinished;

/// The file that is locked as long as an export writes.
const LOCK: &str = ".desk-export.lock";

/// The folder of an export, for one program at a time.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    /// Unlocked when it is closed, however the process ends.
    lock: File,
}

/// A process that is just being started may hold a copy of the file for a moment, which must not keep it locked.
impl Drop for Folder {
    fn drop(&mut self) {
        // If that fails, closing it unlocks it.
        let _ = self.lock.unlock();
    }
}

impl Folder {
    /// Opens the folder and keeps other exports out of it. If it does not exist, it is created, for its owner only.
    ///
    /// # Errors
    ///
    /// If it cannot be created or written to, or another export is writing there.
    pub fn open(root: &Path) -> Result<Self> {
        if let Some(parent) = root.parent().filter(|parent| !parent.as_os_str().is_empty()) {
            fs::create_dir_all(parent).map_err(TableError::file("create the folder", parent))?;
        }
        match private_folder(root) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            created => created.map_err(TableError::file("create the folder", root))?,
        }
        let path = root.join(LOCK);
        if fs::symlink_metadata(&path).is_ok_and(|found| !found.is_file()) {
            let source = io::Error::new(ErrorKind::InvalidInput, "it is not a file; remove it");
            return Err(TableError::File { doing: "lock", path, source });
        }
        let mut options = File::options();
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let lock = options.create(true).truncate(false).write(true).open(&path);
        let lock = lock.map_err(TableError::file("write", &path))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { root: root.to_owned(), lock }),
            Err(TryLockError::WouldBlock) => Err(TableError::Locked { path: root.to_owned() }),
            Err(TryLockError::Error(error)) => Err(TableError::file("lock", &path)(error)),
        }
    }

    /// The manifest of the export in a folder, new if there is none, without keeping other exports out.
    ///
    /// # Errors
    ///
    /// As [`manifest`](Self::manifest), if it names a file that is not there.
    pub fn look(root: &Path, owner: &Owner) -> Result<Manifest> {
        Self::checked(root, owner)
    }

    /// Where it is.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The manifest of the export, new if there is none. The files that it names are there, with their sizes.
    ///
    /// # Errors
    ///
    /// If it cannot be read, was written by a newer version of this program, belongs to another organization, or names
    /// a file that is not there.
    pub fn manifest(&self, owner: &Owner) -> Result<Manifest> {
        Self::checked(&self.root, owner)
    }

    fn checked(root: &Path, owner: &Owner) -> Result<Manifest> {
        let path = root.join(MANIFEST);
        let manifest = manifest::read(&path, owner)?;
        match manifest::missing(&manifest, root) {
            None => Ok(manifest),
            Some((file, problem)) => Err(TableError::Manifest {
                path,
                problem: format!("it names {file}, which {problem}"),
                help: "restore the file from a copy, or choose another folder",
            }),
        }
    }

    /// The files whose content is not what the manifest says. It reads all of them, which takes its time.
    ///
    /// # Errors
    ///
    /// If a file cannot be read.
    pub fn spoiled(&self, manifest: &Manifest) -> Result<Vec<String>> {
        manifest::spoiled(manifest, &self.root)
    }

    /// Replaces the manifest's file.
    ///
    /// # Errors
    ///
    /// If the disk is full, for example. The file is unchanged then.
    pub fn save(&self, manifest: &Manifest) -> Result<()> {
        manifest::write(manifest, &self.root.join(MANIFEST))
    }

    /// Removes what interrupted exports left behind: files of the manifest's resources that it does not name, and
    /// unfinished ones. Nothing else is touched. Returns what was removed.
    ///
    /// # Errors
    ///
    /// If a folder cannot be read, or a file not removed.
    pub fn clean(&self, manifest: &Manifest) -> Result<Vec<PathBuf>> {
        let mut removed = Vec::new();
        clean(&self.root, &|_| false, &mut removed)?;
        for (name, resource) in manifest.resources() {
            let whole: BTreeSet<PathBuf> = resource.files.iter().map(|file| self.root.join(&file.path)).collect();
            let is_leftover = |entry: &DirEntry| {
                let own = entry.file_name().to_str().is_some_and(|file| number(name, file).is_some());
                own && !whole.contains(&entry.path())
            };
            let folder = self.root.join(name);
            // A link in its place may lead to other people's files.
            if !fs::symlink_metadata(&folder).is_ok_and(|found| found.is_dir()) {
                continue;
            }
            clean_tree(&folder, &is_leftover, &mut removed)?;
        }
        Ok(removed)
    }
}

/// Removes leftovers from a folder and from the folders of runs and months in it.
fn clean_tree(folder: &Path, is_leftover: &dyn Fn(&DirEntry) -> bool, removed: &mut Vec<PathBuf>) -> Result<()> {
    clean(folder, is_leftover, removed)?;
    for inner in entries(folder)?.into_iter().filter(is_partition) {
        clean_tree(&inner.path(), is_leftover, removed)?;
        // Only an empty folder can be removed.
        let _ = fs::remove_dir(inner.path());
    }
    Ok(())
}

/// Removes unfinished files and other leftovers from a folder.
fn clean(folder: &Path, is_leftover: &dyn Fn(&DirEntry) -> bool, removed: &mut Vec<PathBuf>) -> Result<()> {
    for entry in entries(folder)? {
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        let unfinished = entry.file_name().to_str().is_some_and(is_unfinished);
        if is_file && (unfinished || is_leftover(&entry)) {
            let path = entry.path();
            fs::remove_file(&path).map_err(TableError::file("remove the leftover", &path))?;
            removed.push(path);
        }
    }
    Ok(())
}

fn entries(folder: &Path) -> Result<Vec<DirEntry>> {
    let entries = fs::read_dir(folder).and_then(Iterator::collect);
    entries.map_err(TableError::file("read the folder", folder))
}

fn is_partition(entry: &DirEntry) -> bool {
    let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
    is_folder && entry.file_name().to_str().is_some_and(|name| is_month(name) || run_number(name).is_some())
}
