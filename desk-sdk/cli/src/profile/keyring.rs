//! A token in the system's keyring.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use desk_sdk::auth::{FileStore, StoreError, StoreLock, StoredToken, TokenStore};
use futures_util::future::{BoxFuture, FutureExt as _};
use tokio::task::spawn_blocking;

use super::vault::Patient;
use super::{Vault, VaultError};

/// Keeps a token in the system's keyring. A keyring locks nothing between programs, so a file beside it does, in the way
/// of a [`FileStore`].
///
/// A keyring that does not answer, such as one that waits to be unlocked, ends in an error and never holds up the runtime.
#[derive(Clone)]
pub struct KeyringStore {
    vault: Patient,
    entry: String,
    lock: FileStore,
}

impl KeyringStore {
    /// A token under this name in the system's keyring. The lock is `<lock>.lock`, in a folder that exists.
    pub fn new(entry: impl Into<String>, lock: impl Into<PathBuf>) -> Self {
        Self { vault: Patient::system(), entry: entry.into(), lock: FileStore::new(lock) }
    }

    /// Another keyring than the system's, and how long to wait for it.
    #[must_use]
    pub fn vault(mut self, vault: Arc<dyn Vault>, patience: Duration) -> Self {
        self.vault = Patient::new(vault, patience);
        self
    }

    /// Whether the keyring answers at all.
    ///
    /// # Errors
    ///
    /// If it does not.
    pub fn answers(&self) -> Result<(), VaultError> {
        self.text(&self.entry).map(drop)
    }

    /// What the lock's file is called after.
    pub(super) fn lock_path(&self) -> &Path {
        self.lock.path()
    }

    /// Removes the token.
    ///
    /// # Errors
    ///
    /// If the keyring does not answer, or refuses.
    pub fn forget(&self) -> Result<(), VaultError> {
        self.remove(&self.entry)
    }

    /// A text under another name.
    pub(super) fn text(&self, entry: &str) -> Result<Option<String>, VaultError> {
        let entry = entry.to_owned();
        self.vault.ask(move |vault| vault.get(&entry))
    }

    pub(super) fn set_text(&self, entry: &str, text: &str) -> Result<(), VaultError> {
        let (entry, text) = (entry.to_owned(), text.to_owned());
        self.vault.ask(move |vault| vault.set(&entry, &text))
    }

    pub(super) fn remove(&self, entry: &str) -> Result<(), VaultError> {
        let entry = entry.to_owned();
        self.vault.ask(move |vault| vault.delete(&entry))
    }

    fn token(&self) -> Result<Option<StoredToken>, StoreError> {
        let failed = |reason: &dyn fmt::Display| self.failed("be read", reason);
        let Some(text) = self.text(&self.entry).map_err(|error| failed(&error))? else { return Ok(None) };
        StoredToken::from_json(&text).map(Some).map_err(|error| failed(&error))
    }

    fn failed(&self, action: &'static str, reason: &dyn fmt::Display) -> StoreError {
        StoreError::new(format!("in the keyring ({})", self.entry), action, reason)
    }

    /// Asks the keyring away from the threads that drive calls.
    async fn away<T: Send + 'static>(
        &self,
        action: &'static str,
        work: impl FnOnce(&Self) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let store = self.clone();
        match spawn_blocking(move || work(&store)).await {
            Ok(done) => done,
            Err(_) => Err(self.failed(action, &"the runtime is shutting down")),
        }
    }
}

impl TokenStore for KeyringStore {
    fn load(&self) -> BoxFuture<'_, Result<Option<StoredToken>, StoreError>> {
        self.away("be read", Self::token).boxed()
    }

    fn lock(&self) -> BoxFuture<'_, Result<Box<dyn StoreLock>, StoreError>> {
        async {
            let held = Arc::from(self.lock.lock().await?);
            Ok(Box::new(Locked { store: self.clone(), held }) as Box<dyn StoreLock>)
        }
        .boxed()
    }
}

impl fmt::Debug for KeyringStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyringStore").field("entry", &self.entry).field("lock", &self.lock).finish_non_exhaustive()
    }
}

struct Locked {
    store: KeyringStore,
    /// Held by work in progress as well, which goes on if nobody waits for it any more.
    held: Arc<dyn StoreLock>,
}

impl StoreLock for Locked {
    fn load(&mut self) -> BoxFuture<'_, Result<Option<StoredToken>, StoreError>> {
        self.store.away("be read", KeyringStore::token).boxed()
    }

    fn save<'a>(&'a mut self, token: &'a StoredToken) -> BoxFuture<'a, Result<(), StoreError>> {
        let (text, held) = (token.to_json(), Arc::clone(&self.held));
        let write = move |store: &KeyringStore| {
            let written = store.set_text(&store.entry, &text);
            drop(held);
            written.map_err(|error| store.failed("be written", &error))
        };
        self.store.away("be written", write).boxed()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;
    use std::sync::{Condvar, Mutex};

    use super::*;

    /// A keyring in memory, which may be locked, or say nothing until it is let go.
    #[derive(Debug, Default)]
    struct Fake {
        texts: Mutex<HashMap<String, String>>,
        locked: Mutex<bool>,
        silent: (Mutex<bool>, Condvar),
    }

    impl Fake {
        fn check(&self) -> Result<(), VaultError> {
            let silent = self.silent.0.lock().unwrap();
            drop(self.silent.1.wait_while(silent, |silent| *silent).unwrap());
            match *self.locked.lock().unwrap() {
                true => Err(VaultError::Locked("the collection is locked".to_owned())),
                false => Ok(()),
            }
        }
    }

    impl Vault for Fake {
        fn get(&self, entry: &str) -> Result<Option<String>, VaultError> {
            self.check()?;
            Ok(self.texts.lock().unwrap().get(entry).cloned())
        }

        fn set(&self, entry: &str, text: &str) -> Result<(), VaultError> {
            self.check()?;
            self.texts.lock().unwrap().insert(entry.to_owned(), text.to_owned());
            Ok(())
        }

        fn delete(&self, entry: &str) -> Result<(), VaultError> {
            self.check()?;
            self.texts.lock().unwrap().remove(entry);
            Ok(())
        }
    }

    fn store(fake: &Arc<Fake>, folder: &tempfile::TempDir, patience: Duration) -> KeyringStore {
        let vault = Arc::clone(fake) as Arc<dyn Vault>;
        KeyringStore::new("work", folder.path().join("token-work.json")).vault(vault, patience)
    }

    const LONG: Duration = Duration::from_secs(600);

    #[tokio::test]
    async fn a_token_is_kept_and_changed_by_one_at_a_time() {
        let (fake, folder) = (Arc::<Fake>::default(), tempfile::tempdir().unwrap());
        let one = store(&fake, &folder, LONG);
        assert!(one.load().await.unwrap().is_none());
        let mut token = StoredToken::default();
        token.refresh_token = Some("1000.kept".into());
        let mut lock = one.lock().await.unwrap();
        lock.save(&token).await.unwrap();
        let loaded = lock.load().await.unwrap().unwrap();
        assert_eq!(loaded.to_json(), token.to_json());
        // Another program waits, until the first one is done.
        let other = store(&fake, &folder, LONG);
        let waiting = tokio::spawn(async move { other.lock().await.map(drop) });
        tokio::task::yield_now().await;
        assert!(!waiting.is_finished());
        drop(lock);
        waiting.await.unwrap().unwrap();
        assert!(!format!("{one:?}").contains("1000.kept"));
        // The lock's file holds nothing.
        let files: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap()).collect();
        assert_eq!(files.len(), 1);
        assert_eq!(files[0].metadata().unwrap().len(), 0);
        one.forget().unwrap();
        assert!(one.load().await.unwrap().is_none());
    }

    #[tokio::test]
    async fn one_that_is_locked_says_so() {
        let (fake, folder) = (Arc::<Fake>::default(), tempfile::tempdir().unwrap());
        *fake.locked.lock().unwrap() = true;
        let told = store(&fake, &folder, LONG).load().await.unwrap_err().to_string();
        assert!(told.contains("(work)") && told.contains("is locked") && told.contains("--store file"), "{told}");
    }

    /// The runtime has one thread here: it would stand still.
    #[tokio::test(flavor = "current_thread")]
    async fn one_that_says_nothing_holds_up_nobody() {
        let (fake, folder) = (Arc::<Fake>::default(), tempfile::tempdir().unwrap());
        *fake.silent.0.lock().unwrap() = true;
        let silent = store(&fake, &folder, Duration::from_millis(1));
        let told = silent.load().await.unwrap_err().to_string();
        assert!(told.contains("has not answered"), "{told}");
        assert!(matches!(silent.answers(), Err(VaultError::Silent(_))));
        *fake.silent.0.lock().unwrap() = false;
        fake.silent.1.notify_all();
        let again = store(&fake, &folder, LONG);
        again.load().await.unwrap();
    }

    #[tokio::test]
    async fn what_is_no_token_is_not_repeated() {
        let (fake, folder) = (Arc::<Fake>::default(), tempfile::tempdir().unwrap());
        fake.set("work", "1000.hidden").unwrap();
        let told = store(&fake, &folder, LONG).load().await.unwrap_err().to_string();
        assert!(told.contains("not a stored token") && !told.contains("1000.hidden"), "{told}");
    }
}
