//! A store in Redis, for processes on many machines.

mod lock;
mod place;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::{BoxFuture, FutureExt as _};
use redis::ConnectionAddr;

use self::lock::Lock;
use self::place::{Place, READ};
use super::pauses::PATIENCE;
use super::{StoreError, StoreLock, StoredToken, TokenStore};
use crate::address::is_loopback_host;

/// Keeps a token in Redis or a compatible server, so that many machines share it. Requires the feature `redis`.
///
/// ```no_run
/// use desk_sdk::auth::{OauthClient, RedisStore, RefreshingToken};
///
/// # fn example(password: &str) -> Result<(), Box<dyn std::error::Error>> {
/// let store = RedisStore::new(&format!("rediss://:{password}@redis.example:6379/0"), "desk:token")?;
/// let tokens = RefreshingToken::new(OauthClient::new("1000.ID", "secret"), store);
/// # Ok(())
/// # }
/// ```
///
/// **What is stored.** The key holds [`StoredToken::to_json`] with the tokens in plain text, and never expires. Use
/// `rediss://` between machines (`redis://` to another machine logs a warning), do not let anyone else read that
/// database, and make the server persist it, because it contains the refresh token.
///
/// **The lock** is a second key, `<key>:lock`, with a random value. It expires after ten seconds and is renewed every
/// three while it is held, so a refresh may take as long as necessary. If the holder dies, or its runtime ends before
/// it could release the lock, the others continue at most ten seconds later. A holder that lost the lock (because its
/// machine slept, or the server forgot it) cannot save: comparison and replacement are one script, and
/// [`save`](StoreLock::save) reports the loss. The refreshed token is then lost, but not the count of refreshes, which
/// is stored before each one. A holder that hangs loses the lock after a quarter of an hour.
///
/// This is meant for a single server with or without replicas, not for Redis Cluster. A replica that takes over may not
/// know the lock yet; the worst result is one refresh too many.
///
/// Each lock and each read of the token opens a connection. This is rare, as
/// [`RefreshingToken`](crate::auth::RefreshingToken) keeps the token in memory, and leaves no idle connection that
/// could break. A connection that breaks while the lock is held is reopened once for each command, so a server that
/// restarts with its data does not cost the token. The store requires a tokio runtime with I/O and time enabled. For
/// `rediss://`, the system's certificates are used, and a program with several rustls providers has to install one
/// first.
#[derive(Clone)]
pub struct RedisStore {
    place: Arc<Place>,
    patience: Duration,
}

impl RedisStore {
    /// A store under this key on a server, such as `redis://127.0.0.1:6379/0`, `rediss://user:password@host:6379` (TLS)
    /// or `redis+unix:///run/redis.sock`. Nothing is sent yet.
    ///
    /// # Errors
    ///
    /// If the address is invalid; the message does not repeat it.
    pub fn new(address: &str, key: impl Into<String>) -> Result<Self, StoreError> {
        let client = redis::Client::open(address).map_err(|_| {
            StoreError::new("in Redis", "be opened", "its address is not like redis://user:password@host:6379/0")
        })?;
        if let Some(risk) = risk(client.get_connection_info().addr()) {
            tracing::warn!("the token store in Redis {risk}; use rediss:// between machines");
        }
        Ok(Self { place: Arc::new(Place::new(client, key.into())), patience: PATIENCE })
    }

    /// Sets how long to wait for the lock at most; the default is two minutes. Choose more than
    /// [`RefreshingToken::patience`](crate::auth::RefreshingToken::patience), because whoever holds the lock may wait
    /// that long.
    #[must_use]
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// The key.
    pub fn key(&self) -> &str {
        &self.place.key
    }
}

/// Neither the password nor the user is shown.
impl fmt::Debug for RedisStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let info = self.place.client.get_connection_info();
        f.debug_struct("RedisStore")
            .field("server", &info.addr().to_string())
            .field("database", &info.redis_settings().db())
            .field("key", &self.place.key)
            .finish_non_exhaustive()
    }
}

impl TokenStore for RedisStore {
    fn load(&self) -> BoxFuture<'_, Result<Option<StoredToken>, StoreError>> {
        let place = Arc::clone(&self.place);
        // In its own task, so that not even a panic of the connection escapes.
        let task = tokio::spawn(async move { place.read().await });
        async { task.await.unwrap_or_else(|_| Err(self.place.ended(READ))) }.boxed()
    }

    fn lock(&self) -> BoxFuture<'_, Result<Box<dyn StoreLock>, StoreError>> {
        async { Ok(Box::new(Lock::acquire(Arc::clone(&self.place), self.patience).await?) as Box<dyn StoreLock>) }
            .boxed()
    }
}

/// What others could see or do in between, if anything.
fn risk(address: &ConnectionAddr) -> Option<String> {
    match address {
        ConnectionAddr::Tcp(host, _) if !is_loopback_host(host) => {
            Some(format!("at {host} receives tokens unencrypted, because of redis://"))
        }
        ConnectionAddr::TcpTls { host, insecure: true, .. } => {
            Some(format!("at {host} is not authenticated, because of #insecure"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_secret_in_an_address_does_not_show() {
        let Ok(store) = RedisStore::new("redis://person:hidden@localhost:6390/3", "desk:token") else {
            panic!("an address")
        };
        let shown = format!("{store:?} {}", store.place.failed("be read", "x"));
        assert!(!shown.contains("hidden") && !shown.contains("person"), "{shown}");
        for told in ["localhost:6390", "desk:token", "database: 3"] {
            assert!(shown.contains(told), "{told} in {shown}");
        }
        for address in ["http://:hidden@localhost", "hidden", "redis://:hid/den@localhost", "redis://:hidden@host/x"] {
            let Err(error) = RedisStore::new(address, "key") else { panic!("{address} is no address") };
            assert!(!format!("{error} {error:?}").contains("hid"), "{error}");
        }
    }

    #[test]
    fn what_is_unencrypted_beyond_this_computer_is_a_risk() {
        let risk = |address| {
            let Ok(store) = RedisStore::new(address, "key") else { panic!("{address} is an address") };
            risk(store.place.client.get_connection_info().addr())
        };
        for address in ["redis://127.0.0.1", "redis://localhost:1/0", "redis://[::1]", "rediss://redis.example"] {
            assert_eq!(risk(address), None, "{address}");
        }
        for address in ["redis://:hidden@redis.example", "redis://:hidden@10.0.0.1", "rediss://:hidden@x/#insecure"] {
            assert!(risk(address).is_some_and(|risk| !risk.contains("hidden")), "{address}");
        }
    }
}
