//! A store in a file, for the processes on one machine.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::future::{BoxFuture, FutureExt as _};
use tokio::task::spawn_blocking;
use tokio::time::sleep;

use super::pauses::{PATIENCE, pauses};
use super::private::{canonical, mend, open, opened, own};
use super::{StoreError, StoreLock, StoredToken, TokenStore};

/// The largest file that is read; a token takes a few hundred bytes.
const LARGEST: u64 = 1024 * 1024;

/// Keeps a token in a file that only its owner may read. The file is always replaced as a whole, and a lock next to it
/// (`<file>.lock`) lets several processes share the token.
///
/// A link to the file is the same store as the file itself. Neither the lock nor a file being written may be a link. If
/// others may open the file or its lock, that access is removed with a warning in the log, or an error is returned if
/// it cannot be removed.
///
/// A file that is there and holds no token is an error, and is left as it is.
///
/// It requires a tokio runtime with time enabled.
#[derive(Clone, Debug)]
pub struct FileStore {
    path: PathBuf,
    patience: Duration,
}

impl FileStore {
    /// A store in this file, which need not exist yet; its folder must exist.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), patience: PATIENCE }
    }

    /// Sets how long to wait for the lock at most; the default is two minutes. Choose more than
    /// [`RefreshingToken::patience`](crate::auth::RefreshingToken::patience), because whoever holds the lock may wait
    /// that long.
    #[must_use]
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// The file, as given.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl TokenStore for FileStore {
    fn load(&self) -> BoxFuture<'_, Result<Option<StoredToken>, StoreError>> {
        blocking(&self.path, "be read", |path| read(&canonical(path)?)).boxed()
    }

    fn lock(&self) -> BoxFuture<'_, Result<Box<dyn StoreLock>, StoreError>> {
        async {
            const ACTION: &str = "be locked";
            let started = Instant::now();
            for pause in pauses() {
                if let Some(locked) = blocking(&self.path, ACTION, try_lock).await? {
                    return Ok(Box::new(locked) as Box<dyn StoreLock>);
                }
                if started.elapsed().saturating_add(pause) > self.patience {
                    break;
                }
                sleep(pause).await;
            }
            let waited = self.patience.as_secs_f64();
            let reason = format!(
                "another process has held its lock for {waited} s. If that process hangs, stop it; if it legitimately \
                 takes that long, raise `FileStore::patience`"
            );
            Err(failed(&self.path, ACTION, reason))
        }
        .boxed()
    }
}

/// The lock is released when its file is closed, both here and by any work still in progress.
struct Locked {
    path: PathBuf,
    lock: Arc<File>,
}

impl StoreLock for Locked {
    fn load(&mut self) -> BoxFuture<'_, Result<Option<StoredToken>, StoreError>> {
        blocking(&self.path, "be read", read).boxed()
    }

    fn save<'a>(&'a mut self, token: &'a StoredToken) -> BoxFuture<'a, Result<(), StoreError>> {
        let (text, lock) = (token.to_json(), Arc::clone(&self.lock));
        let write = move |path: &Path| {
            let written = write(path, &text);
            drop(lock);
            written
        };
        blocking(&self.path, "be written", write).boxed()
    }
}

/// Does file work away from the threads that drive calls.
async fn blocking<T: Send + 'static>(
    path: &Path,
    action: &'static str,
    work: impl FnOnce(&Path) -> io::Result<T> + Send + 'static,
) -> Result<T, StoreError> {
    let owned = path.to_owned();
    match spawn_blocking(move || work(&owned)).await {
        Ok(done) => done.map_err(|error| failed(path, action, error)),
        Err(_) => Err(failed(path, action, "the runtime is shutting down")),
    }
}

fn read(path: &Path) -> io::Result<Option<StoredToken>> {
    let file = match opened(path, OpenOptions::new().read(true)) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        file => file?,
    };
    let mut bytes = Vec::new();
    (&file).take(LARGEST).read_to_end(&mut bytes)?;
    let read = StoredToken::from_json(&String::from_utf8_lossy(&bytes));
    let token = read.map_err(|reason| {
        io::Error::other(format!(
            "{} is not a token store: {reason}. It was left as it is; name another file, which need not exist yet",
            path.display()
        ))
    })?;
    // Only now: what is not ours keeps its permissions, too.
    mend(path, &file)?;
    Ok(Some(token))
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    let beside = with_suffix(path, ".new");
    // One may be left over from a process that was killed.
    match fs::remove_file(&beside) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = own(OpenOptions::new().create_new(true).write(true)).open(&beside)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&beside, path)
}

/// The lock, unless somebody else holds it.
fn try_lock(path: &Path) -> io::Result<Option<Locked>> {
    let path = canonical(path)?;
    // Nothing is left beside a file that is something else.
    read(&path)?;
    let lock = open(&with_suffix(&path, ".lock"), OpenOptions::new().create(true).truncate(false).write(true))?;
    match lock.try_lock() {
        Ok(()) => Ok(Some(Locked { path, lock: Arc::new(lock) })),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

fn failed(path: &Path, action: &'static str, reason: impl std::fmt::Display) -> StoreError {
    StoreError::new(path.display().to_string(), action, reason)
}
