//! Files that only their owner can read.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// How many links are followed at most.
const MOST_LINKS: usize = 40;

/// The place that a path leads to, even if there is no file yet, so that a link and its target are the same.
pub(super) fn canonical(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        match fs::canonicalize(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            result => return result,
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        match fs::read_link(&path) {
            Ok(target) => path = folder.join(target),
            Err(_) => {
                let name = path
                    .file_name()
                    .ok_or_else(|| io::Error::new(ErrorKind::InvalidInput, "it does not name a file"))?;
                return fs::canonicalize(folder).map(|folder| folder.join(name));
            }
        }
    }
    Err(io::Error::other("too many levels of links"))
}

/// A file, unless it is a link or not a regular file. If others may open it, their access is removed and this is logged.
pub(super) fn open(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    let file = opened(path, options)?;
    mend(path, &file)?;
    Ok(file)
}

/// A file as it is, unless it is a link or not a regular file.
pub(super) fn opened(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    let opened = own(options).open(path);
    let file = opened.map_err(|error| match fs::symlink_metadata(path) {
        Ok(found) if found.is_symlink() => io::Error::new(ErrorKind::InvalidInput, format!("{path:?} is a link")),
        _ => error,
    })?;
    if !file.metadata()?.is_file() {
        return Err(io::Error::new(ErrorKind::InvalidInput, format!("{path:?} is not a file")));
    }
    Ok(file)
}

/// Removes other users' access to a file.
#[cfg(unix)]
pub(super) fn mend(path: &Path, file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = file.metadata()?.permissions().mode() & 0o777;
    if mode & 0o077 == 0 {
        return Ok(());
    }
    let mended = file.set_permissions(fs::Permissions::from_mode(mode & 0o700));
    mended.map_err(|error| {
        let reason = format!("others may open {path:?} (mode {mode:o}), and that cannot be changed: {error}");
        io::Error::new(
            ErrorKind::PermissionDenied,
            format!("{reason}. Make it readable only by its owner, with mode 600"),
        )
    })?;
    tracing::warn!(
        "others could open {path:?} (mode {mode:o}); now only its owner can. If somebody may have read a token, \
         revoke it and sign in again"
    );
    Ok(())
}

/// Elsewhere, files have no modes.
#[cfg(not(unix))]
pub(super) fn mend(_: &Path, _: &File) -> io::Result<()> {
    Ok(())
}

/// Options for files that only the owner can open, that are not reached through a link, and that do not block.
pub(super) fn own(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600).custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK);
    }
    options
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_stays_open_to_others_is_refused() {
        // Not even root changes this one's mode.
        let path = Path::new("/proc/self/comm");
        if !path.exists() {
            return;
        }
        let Err(error) = open(path, OpenOptions::new().read(true)) else { panic!("it is refused") };
        let error = error.to_string();
        assert!(
            error.contains("others may open") && error.ends_with("Make it readable only by its owner, with mode 600"),
            "{error}"
        );
    }
}
