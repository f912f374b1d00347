//! Where tokens are kept between calls, processes and machines.

mod file;
mod memory;
mod pauses;
mod private;
#[cfg(feature = "redis")]
mod redis;

use std::fmt;

use futures_util::future::BoxFuture;

pub use self::file::FileStore;
pub use self::memory::MemoryStore;
#[cfg(feature = "redis")]
pub use self::redis::RedisStore;
use super::StoredToken;
use crate::shown::line;

/// Keeps one token. Everyone who uses the same store shares it.
pub trait TokenStore: fmt::Debug + Send + Sync {
    /// The token, if there is one.
    fn load(&self) -> BoxFuture<'_, Result<Option<StoredToken>, StoreError>>;

    /// Waits until nobody else is changing the token, and prevents others from doing so until the lock is dropped.
    fn lock(&self) -> BoxFuture<'_, Result<Box<dyn StoreLock>, StoreError>>;
}

/// The right to change what a store keeps.
pub trait StoreLock: Send + Sync {
    /// The current token.
    fn load(&mut self) -> BoxFuture<'_, Result<Option<StoredToken>, StoreError>>;

    /// Replaces the token, atomically.
    fn save<'a>(&'a mut self, token: &'a StoredToken) -> BoxFuture<'a, Result<(), StoreError>>;
}

/// A store that failed.
#[derive(Clone, Debug, thiserror::Error)]
#[error("the token store {store} failed to {action}: {reason}")]
pub struct StoreError {
    store: String,
    action: &'static str,
    reason: String,
}

impl StoreError {
    /// What failed, as in `("file tokens.json", "be read", "permission denied")`. No part may contain a token.
    pub fn new(store: impl Into<String>, action: &'static str, reason: impl fmt::Display) -> Self {
        Self { store: store.into(), action, reason: line(&reason.to_string(), 500) }
    }
}
