//! A file that is written next to its target and replaces it when complete.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use tokio::fs::{self, File, OpenOptions};
use tokio::io::{AsyncSeekExt as _, AsyncWriteExt as _};

use crate::random::random_text;

/// A new file in the target's folder. It is removed unless it replaces the target.
#[derive(Debug)]
pub(crate) struct NewFile {
    /// `None` once it has replaced the target.
    file: Option<File>,
    path: PathBuf,
    target: PathBuf,
}

impl NewFile {
    /// A new file with an unpredictable name, so that nobody can put a link or another file in its way.
    pub(crate) async fn beside(target: &Path) -> io::Result<Self> {
        let existing = fs::symlink_metadata(target).await.ok();
        if target.file_name().is_none() || existing.as_ref().is_some_and(|existing| existing.is_dir()) {
            return Err(io::Error::new(ErrorKind::IsADirectory, "it is a folder"));
        }
        let name = random_text().map_err(io::Error::other)?;
        let path = folder(target).join(format!(".desk-sdk-{name}.part"));
        let file = OpenOptions::new().write(true).create_new(true).open(&path).await?;
        let new = Self { file: Some(file), path, target: target.to_owned() };
        #[cfg(unix)]
        if let (Some(file), Some(existing)) = (&new.file, existing.filter(|existing| existing.is_file())) {
            narrow(file, &existing).await?;
        }
        Ok(new)
    }

    pub(crate) async fn write(&mut self, piece: &[u8]) -> io::Result<()> {
        self.file()?.write_all(piece).await
    }

    /// Starts again with an empty file.
    pub(crate) async fn clear(&mut self) -> io::Result<()> {
        let file = self.file()?;
        file.flush().await?;
        file.set_len(0).await?;
        file.rewind().await.map(|_| ())
    }

    /// Replaces the target, once everything is flushed to disk.
    pub(crate) async fn take_place(mut self) -> io::Result<()> {
        let file = self.file()?;
        file.flush().await?;
        file.sync_all().await?;
        fs::rename(&self.path, &self.target).await?;
        self.file = None;
        // Flushing the folder makes the name durable. If that fails, the file is there all the same.
        #[cfg(unix)]
        if let Ok(folder) = File::open(folder(&self.target)).await {
            let _ = folder.sync_all().await;
        }
        Ok(())
    }

    fn file(&mut self) -> io::Result<&mut File> {
        self.file.as_mut().ok_or_else(|| ErrorKind::NotFound.into())
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        if self.file.take().is_some() {
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

/// Keeps a file private that only its owner could read.
#[cfg(unix)]
async fn narrow(file: &File, existing: &std::fs::Metadata) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;

    let mut permissions = file.metadata().await?.permissions();
    permissions.set_mode(permissions.mode() & existing.permissions().mode() & 0o777);
    file.set_permissions(permissions).await
}

fn folder(target: &Path) -> &Path {
    target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
