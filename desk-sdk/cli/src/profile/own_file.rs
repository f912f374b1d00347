//! Files that only their owner can read, and that are replaced as a whole.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::path::Path;

use super::ProfileError;

/// The largest file that is read.
const LARGEST: u64 = 1024 * 1024;

/// The text of a file, unless there is none.
pub(super) fn read(path: &Path) -> Result<Option<String>, ProfileError> {
    let mut text = String::new();
    let read = File::open(path).and_then(|file| file.take(LARGEST).read_to_string(&mut text));
    match read {
        Ok(_) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(ProfileError::reading(path, error)),
    }
}

/// Replaces a file, whose folder exists. If it is a link, what it leads to is replaced.
pub(super) fn write(path: &Path, text: &str) -> Result<(), ProfileError> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let replace = || -> io::Result<()> {
        let folder = target.parent().unwrap_or(Path::new("."));
        // Such a file is its owner's alone.
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(text.as_bytes())?;
        file.as_file().sync_all()?;
        file.persist(&target)?;
        Ok(())
    };
    replace().map_err(|error| ProfileError::writing(path, error))
}

/// Removes a file, if there is one.
pub(super) fn remove(path: &Path) -> Result<(), ProfileError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(ProfileError::writing(path, error)),
        _ => Ok(()),
    }
}

/// Waits until nobody else holds this lock, which ends when the file is dropped.
pub(super) fn lock(path: &Path) -> Result<File, ProfileError> {
    let open = || -> io::Result<File> {
        let mut options = OpenOptions::new();
        options.create(true).truncate(false).write(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(path)?;
        file.lock()?;
        Ok(file)
    };
    open().map_err(|error| ProfileError::writing(path, error))
}
