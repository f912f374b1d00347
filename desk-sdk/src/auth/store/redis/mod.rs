//! A store in Redis, for the processes of many machines.

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

/// Keeps a token in Redis, or a server that speaks like it, so that many machines share it.
/// Needs the feature `redis`.
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
/// **What is kept.** The key holds [`StoredToken::to_json`] with the tokens in the clear, and never
/// ends by itself: use `rediss://` between machines (the log warns of `redis://` to another one), let
/// nobody else read that database, and let the server keep it on disk, because the refresh token is in it.
///
/// **The lock** is a second key, `<key>:lock`, with a random value. It lives ten seconds and is
/// renewed every three while it is held, so that a refresh may take as long as it likes. If the
/// holder dies, or its runtime ends before it could release the lock, the others go on ten seconds
/// later at most. A holder that lost the lock (its
/// machine slept, or the server forgot it) cannot save: the comparison and the replacement are
/// one script, and [`save`](StoreLock::save) reports the loss. What it refreshed is then lost, but not the
/// count of refreshes, which is kept before each one. A holder that hangs loses it after a
/// quarter of an hour.
///
/// One server with or without replicas is meant, not Redis Cluster. A replica that takes over may
/// not know the lock yet; the worst that follows is one refresh too many.
///
/// Each lock and each look at the token opens a connection. They are rare, as
/// [`RefreshingToken`](crate::auth::RefreshingToken) has the token in memory, and none is left to
/// break. One that breaks while the lock is held is made anew once for each command, so that a server
/// that was restarted with what it had kept does not cost the token. It needs the tokio runtime with I/O and time. For `rediss://`, the certificates are the
/// system's, and a program with several rustls providers has to install one first.
#[derive(Clone)]
pub struct RedisStore {
    place: Arc<Place>,
    patience: Duration,
}

impl RedisStore {
    /// A store under this key of a server, such as `redis://127.0.0.1:6379/0`,
    /// `rediss://user:password@host:6379` (TLS) or `redis+unix:///run/redis.sock`.
    /// Nothing is sent yet.
    ///
    /// # Errors
    ///
    /// When this is no such address; the message does not repeat it.
    pub fn new(address: &str, key: impl Into<String>) -> Result<Self, StoreError> {
        let client = redis::Client::open(address).map_err(|_| {
            StoreError::new("in Redis", "be opened", "its address is not like redis://user:password@host:6379/0")
        })?;
        if let Some(risk) = risk(client.get_connection_info().addr()) {
            tracing::warn!("the token store in Redis {risk}; use rediss:// between machines");
        }
        Ok(Self { place: Arc::new(Place::new(client, key.into())), patience: PATIENCE })
    }

    /// How long to wait for the lock, at most; two minutes unless told otherwise. Give it more than
    /// [`RefreshingToken::patience`](crate::auth::RefreshingToken::patience), because who holds the
    /// lock may wait that long.
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
        // In a task of its own, so that not even a panic of the connection gets out.
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
            Some(format!("at {host} gets tokens unencrypted, by redis://"))
        }
        ConnectionAddr::TcpTls { host, insecure: true, .. } => {
            Some(format!("at {host} is not asked who it is, by #insecure"))
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
