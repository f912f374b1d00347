//! A file that appears under its name only when it is whole.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};
use tempfile::NamedTempFile;

use super::error::{Result, TableError};

/// How the names of unfinished files begin and end.
const UNFINISHED: (&str, &str) = (".desk-", ".part");

/// Fewer, larger writes.
const BUFFER: usize = 256 * 1024;

/// What a finished file has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// How many records.
    pub rows: u64,
    /// How many bytes.
    pub bytes: u64,
    /// The SHA-256 of the bytes, in hexadecimal digits.
    pub sha256: String,
}

/// A file that only its owner can read, under a name in the target's folder that nobody can predict. It is removed
/// unless it takes the target's place.
pub(crate) struct NewFile {
    file: BufWriter<NamedTempFile>,
    target: PathBuf,
    digest: Sha256,
    bytes: u64,
    /// Whether a write failed. Nobody knows then what the file has, so it never takes the target's place.
    broken: bool,
}

impl NewFile {
    /// A new, empty file for a target in a folder that exists.
    pub(crate) fn beside(target: &Path) -> Result<Self> {
        let taken = fs::symlink_metadata(target).is_ok_and(|found| found.is_dir());
        if taken {
            let source = io::Error::new(ErrorKind::IsADirectory, "it is a folder");
            return Err(TableError::File { doing: "write", path: target.to_owned(), source });
        }
        let (prefix, suffix) = UNFINISHED;
        let file = tempfile::Builder::new().prefix(prefix).suffix(suffix).tempfile_in(folder(target));
        let file = file.map_err(|error| TableError::File {
            doing: "write",
            path: target.to_owned(),
            // The library adds the temporary name, which says nothing to anybody.
            source: error.raw_os_error().map_or(error, io::Error::from_raw_os_error),
        })?;
        let file = BufWriter::with_capacity(BUFFER, file);
        Ok(Self { file, target: target.to_owned(), digest: Sha256::new(), bytes: 0, broken: false })
    }

    /// Where the file will be.
    pub(crate) fn target(&self) -> &Path {
        &self.target
    }

    /// How many bytes were written.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Takes the target's place, once everything is on the disk.
    pub(crate) fn take_place(self, rows: u64) -> Result<Written> {
        let Self { file, target, digest, bytes, broken } = self;
        let failed = TableError::file("write", &target);
        if broken {
            return Err(failed(ended()));
        }
        let moved = file.into_inner().map_err(io::IntoInnerError::into_error).and_then(|file| {
            file.as_file().sync_all()?;
            file.persist(&target).map_err(|error| error.error).map(drop)
        });
        moved.map_err(failed)?;
        sync_folder(folder(&target));
        let sha256 = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Written { rows, bytes, sha256 })
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.broken {
            return Err(ended());
        }
        let count = self.file.write(bytes).inspect_err(|_| self.broken = true)?;
        self.digest.update(&bytes[..count]);
        self.bytes += u64::try_from(count).unwrap_or_default();
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush().inspect_err(|_| self.broken = true)
    }
}

fn ended() -> io::Error {
    io::Error::other("an earlier failure ended the file")
}

impl fmt::Debug for NewFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewFile").field("target", &self.target).field("bytes", &self.bytes).finish_non_exhaustive()
    }
}

/// Whether a file's name is that of an unfinished one.
pub(crate) fn is_unfinished(name: &str) -> bool {
    let random = name.strip_prefix(UNFINISHED.0).and_then(|rest| rest.strip_suffix(UNFINISHED.1));
    random.is_some_and(|random| random.len() == 6 && random.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

fn folder(target: &Path) -> &Path {
    target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Flushing a folder makes the names in it durable. If that fails, the files are there all the same.
pub(crate) fn sync_folder(folder: &Path) {
    if cfg!(unix)
        && let Ok(folder) = File::open(folder)
    {
        let _ = folder.sync_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_appears_when_it_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("a.csv");
        let mut file = NewFile::beside(&target).unwrap();
        file.write_all(b"abc").unwrap();
        file.flush().unwrap();
        let [unfinished] = names(folder.path()).try_into().unwrap();
        assert!(is_unfinished(&unfinished), "{unfinished}");
        let written = file.take_place(1).unwrap();
        assert_eq!(names(folder.path()), ["a.csv"]);
        assert_eq!(fs::read(&target).unwrap(), b"abc");
        let sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad".to_owned();
        assert_eq!(written, Written { rows: 1, bytes: 3, sha256 });
    }

    #[test]
    fn an_unfinished_file_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let mut file = NewFile::beside(&folder.path().join("a.csv")).unwrap();
        file.write_all(b"abc").unwrap();
        drop(file);
        assert!(names(folder.path()).is_empty());
        let missing = NewFile::beside(&folder.path().join("missing/a.csv")).unwrap_err().to_string();
        assert!(missing.starts_with("cannot write ") && missing.contains("missing/a.csv: No such file"), "{missing}");
        let taken = NewFile::beside(folder.path()).unwrap_err().to_string();
        assert!(taken.ends_with("it is a folder; move it away, or choose another folder"), "{taken}");
    }

    #[test]
    fn only_our_own_names_are_those_of_unfinished_files() {
        assert!(is_unfinished(".desk-a1B2c3.part"));
        for other in
            [".desk-.part", ".desk-a1B2c3.part.txt", "desk-a1B2c3.part", ".desk-a/B2c3.part", ".desk-a1B2c3d.part"]
        {
            assert!(!is_unfinished(other), "{other}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn files_are_private_and_do_not_follow_links() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (other, target) = (folder.path().join("other"), folder.path().join("a.csv"));
        fs::write(&other, "mine").unwrap();
        symlink(&other, &target).unwrap();
        let mut file = NewFile::beside(&target).unwrap();
        file.write_all(b"abc").unwrap();
        file.take_place(1).unwrap();
        assert_eq!((fs::read(&other).unwrap(), fs::read(&target).unwrap()), (b"mine".to_vec(), b"abc".to_vec()));
        let found = fs::symlink_metadata(&target).unwrap();
        assert!(found.is_file());
        assert_eq!(found.permissions().mode() & 0o777, 0o600);
    }
}
