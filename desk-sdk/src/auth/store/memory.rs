//! A store in memory, for one process.

use std::sync::Arc;

use futures_util::future::{BoxFuture, FutureExt as _, ready};
use tokio::sync::{Mutex, OwnedMutexGuard};

use super::{StoreError, StoreLock, StoredToken, TokenStore};

/// Keeps a token as long as the process lives.
#[derive(Clone, Debug, Default)]
pub struct MemoryStore(Arc<Mutex<Option<StoredToken>>>);

impl MemoryStore {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }
}

impl TokenStore for MemoryStore {
    fn load(&self) -> BoxFuture<'_, Result<Option<StoredToken>, StoreError>> {
        async { Ok(self.0.lock().await.clone()) }.boxed()
    }

    fn lock(&self) -> BoxFuture<'_, Result<Box<dyn StoreLock>, StoreError>> {
        async { Ok(Box::new(Locked(Arc::clone(&self.0).lock_owned().await)) as Box<dyn StoreLock>) }.boxed()
    }
}

struct Locked(OwnedMutexGuard<Option<StoredToken>>);

impl StoreLock for Locked {
    fn load(&mut self) -> BoxFuture<'_, Result<Option<StoredToken>, StoreError>> {
        ready(Ok(self.0.clone())).boxed()
    }

    fn save<'a>(&'a mut self, token: &'a StoredToken) -> BoxFuture<'a, Result<(), StoreError>> {
        *self.0 = Some(token.clone());
        ready(Ok(())).boxed()
    }
}
