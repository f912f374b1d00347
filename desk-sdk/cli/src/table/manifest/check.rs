//! Whether the files that a manifest names are there.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use sha2::{Digest as _, Sha256};

use super::{FileEntry, Manifest};
use crate::table::error::{Result, TableError};

/// The first file that is missing or has another size, and what is wrong with it.
pub(crate) fn missing(manifest: &Manifest, root: &Path) -> Option<(String, String)> {
    let files = manifest.resources.values().flat_map(|resource| &resource.files);
    files.filter_map(|file| wrong(file, root).map(|problem| (file.path.clone(), problem))).next()
}

fn wrong(file: &FileEntry, root: &Path) -> Option<String> {
    match fs::symlink_metadata(root.join(&file.path)) {
        Ok(found) if !found.is_file() => Some("is not a file".to_owned()),
        Ok(found) if found.len() != file.bytes => Some(format!("has {} bytes instead of {}", found.len(), file.bytes)),
        Ok(_) => None,
        Err(error) if error.kind() == io::ErrorKind::NotFound => Some("is missing".to_owned()),
        Err(error) => Some(format!("cannot be read: {error}")),
    }
}

/// The files whose content is not what was written, by their paths.
pub(crate) fn spoiled(manifest: &Manifest, root: &Path) -> Result<Vec<String>> {
    let mut spoiled = Vec::new();
    for file in manifest.resources.values().flat_map(|resource| &resource.files) {
        if wrong(file, root).is_some() || digest(&root.join(&file.path))? != file.sha256 {
            spoiled.push(file.path.clone());
        }
    }
    Ok(spoiled)
}

fn digest(path: &Path) -> Result<String> {
    let failed = TableError::file("read", path);
    let mut digest = Sha256::new();
    let read = File::open(path).and_then(|mut file| io::copy(&mut file, &mut Digesting(&mut digest)));
    read.map_err(failed)?;
    Ok(digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Takes bytes for a digest.
struct Digesting<'a>(&'a mut Sha256);

impl io::Write for Digesting<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
