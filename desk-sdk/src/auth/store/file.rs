//! A store in a file, for the processes of one machine.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use futures_util::future::{BoxFuture, FutureExt as _};
use tokio::task::spawn_blocking;

use super::{StoreError, StoreLock, StoredToken, TokenStore};

/// Keeps a token in a file that only its owner may read. The file is replaced as a whole, and a
/// lock beside it (`<file>.lock`) lets several processes share the token.
#[derive(Clone, Debug)]
pub struct FileStore {
    path: PathBuf,
}

impl FileStore {
    /// A store in this file, which need not exist yet; its folder must.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl TokenStore for FileStore {
    fn load(&self) -> BoxFuture<'_, Result<Option<StoredToken>, StoreError>> {
        blocking(&self.path, read).boxed()
    }

    fn lock(&self) -> BoxFuture<'_, Result<Box<dyn StoreLock>, StoreError>> {
        async {
            let lock = blocking(&self.path, lock).await?;
            Ok(Box::new(Locked { path: self.path.clone(), _lock: lock }) as Box<dyn StoreLock>)
        }
        .boxed()
    }
}

/// The lock ends when its file is closed.
struct Locked {
    path: PathBuf,
    _lock: File,
}

impl StoreLock for Locked {
    fn load(&mut self) -> BoxFuture<'_, Result<Option<StoredToken>, StoreError>> {
        blocking(&self.path, read).boxed()
    }

    fn save<'a>(&'a mut self, token: &'a StoredToken) -> BoxFuture<'a, Result<(), StoreError>> {
        let text = token.to_json();
        blocking(&self.path, move |path| write(path, &text)).boxed()
    }
}

/// File work off the threads that drive calls.
async fn blocking<T: Send + 'static>(
    path: &Path,
    work: impl FnOnce(&Path) -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    let owned = path.to_owned();
    let done = spawn_blocking(move || work(&owned)).await;
    done.unwrap_or_else(|_| Err(failed(path, "finish its work", "the runtime is shutting down")))
}

fn read(path: &Path) -> Result<Option<StoredToken>, StoreError> {
    match fs::read_to_string(path) {
        Ok(text) => StoredToken::from_json(&text).map(Some).map_err(|reason| failed(path, "be read", reason)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed(path, "be read", error)),
    }
}

fn write(path: &Path, text: &str) -> Result<(), StoreError> {
    let beside = with_suffix(path, ".new");
    let result = private(&beside).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&beside, path)
    });
    result.map_err(|error| failed(path, "be written", error))
}

fn lock(path: &Path) -> Result<File, StoreError> {
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(with_suffix(path, ".lock"));
    let locked = file.and_then(|file| file.lock().map(|()| file));
    locked.map_err(|error| failed(path, "be locked", error))
}

/// An empty file that only its owner may read, also where one of that name is left over.
fn private(path: &Path) -> std::io::Result<File> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut options = OpenOptions::new();
    options.create_new(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

fn failed(path: &Path, action: &'static str, reason: impl std::fmt::Display) -> StoreError {
    StoreError::new(path.display().to_string(), action, reason)
}
