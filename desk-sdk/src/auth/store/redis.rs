//! A store in Redis, for the processes of many machines.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures_util::future::{BoxFuture, FutureExt as _};
use redis::aio::MultiplexedConnection;
use redis::{AsyncConnectionConfig, Cmd, ConnectionAddr, FromRedisValue, RedisError, cmd};
use tokio::sync::oneshot;
use tokio::time::{sleep, timeout};

use super::pauses::{PATIENCE, pauses};
use super::{StoreError, StoreLock, StoredToken, TokenStore};
use crate::address::is_loopback_host;

/// A lock that nobody renews ends after this time …
const LIFE: Duration = Duration::from_secs(10);

/// … and its holder renews it this often: two renewals may fail before it ends.
const RENEWAL: Duration = Duration::from_secs(3);

/// The longest that one holder keeps it, so that a machine that hangs does not stop all others
/// for good. Longer than the ten minutes that a refresh waits for its budget at most.
const LONGEST: Duration = Duration::from_secs(15 * 60);

/// How long the server may take to be reached, and to answer.
const ANSWER: Duration = Duration::from_secs(5);

/// What reading is called in an error.
const READ: &str = "be read";

/// Replaces the token if the lock is still held, and renews the lock.
/// Keys: the token's, the lock's. Values: the holder's, the token, the lock's life.
const SAVE: &str = "\
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2])
redis.call('PEXPIRE', KEYS[2], ARGV[3])
return 1";

/// Renews the lock if it is still held. Key: the lock's. Values: the holder's, the lock's life.
const RENEW: &str = "\
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])";

/// Ends the lock if it is still held. Key: the lock's. Value: the holder's.
const RELEASE: &str = "\
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])";

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

/// Where the token and its lock are.
struct Place {
    client: redis::Client,
    key: String,
    lock: String,
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
        let key = key.into();
        let lock = format!("{key}:lock");
        Ok(Self { place: Arc::new(Place { client, key, lock }), patience: PATIENCE })
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
        async {
            let (tell, acquired) = oneshot::channel();
            let (held, dropped) = oneshot::channel();
            tokio::spawn(keep(Arc::clone(&self.place), self.patience, tell, dropped));
            let holder = acquired.await.unwrap_or_else(|_| Err(self.place.ended("be locked")))?;
            Ok(Box::new(Locked { holder, _held: held }) as Box<dyn StoreLock>)
        }
        .boxed()
    }
}

/// The lock ends when this is dropped: its keeper sees that the channel is closed.
struct Locked {
    holder: Holder,
    _held: oneshot::Sender<()>,
}

impl StoreLock for Locked {
    fn load(&mut self) -> BoxFuture<'_, Result<Option<StoredToken>, StoreError>> {
        self.holder.load().boxed()
    }

    fn save<'a>(&'a mut self, token: &'a StoredToken) -> BoxFuture<'a, Result<(), StoreError>> {
        self.holder.save(token.to_json()).boxed()
    }
}

/// A lock's whole life, from the first attempt to its end. It is a task, so that a lock that was
/// acquired is released whatever becomes of the caller.
async fn keep(
    place: Arc<Place>,
    patience: Duration,
    tell: oneshot::Sender<Result<Holder, StoreError>>,
    mut dropped: oneshot::Receiver<()>,
) {
    let mut holder = match Holder::acquire(place, patience, &tell).await {
        Ok(Some(holder)) => holder,
        Ok(None) => return,
        Err(error) => {
            // An error here says that nobody waits any more.
            let _ = tell.send(Err(error));
            return;
        }
    };
    let started = Instant::now();
    // Where nobody waits any more, the other channel is closed too.
    let _ = tell.send(Ok(holder.clone()));
    while timeout(RENEWAL, &mut dropped).await.is_err() {
        // One that failed may go through next time. If it is lost for good, `save` tells.
        let renewed = holder.renew().await;
        if renewed == Some(false) || started.elapsed() >= LONGEST {
            return;
        }
    }
    holder.release().await;
}

/// Who holds the lock, or tries to.
#[derive(Clone)]
struct Holder {
    place: Arc<Place>,
    connection: MultiplexedConnection,
    /// What nobody else puts into the lock.
    value: String,
}

impl Holder {
    /// Waits for the lock. None: the caller has gone.
    async fn acquire(
        place: Arc<Place>,
        patience: Duration,
        caller: &oneshot::Sender<Result<Self, StoreError>>,
    ) -> Result<Option<Self>, StoreError> {
        const ACTION: &str = "be locked";
        let started = Instant::now();
        let value = random().map_err(|reason| place.failed(ACTION, reason))?;
        let mut connection = place.connect(ACTION).await?;
        let mut set = cmd("SET");
        set.arg(&place.lock).arg(&value).arg("NX").arg("PX").arg(millis(LIFE));
        for pause in pauses() {
            let set: Option<String> = place.ask(&mut connection, &set, ACTION).await?;
            if set.is_some() {
                return Ok(Some(Self { place, connection, value }));
            }
            if caller.is_closed() {
                return Ok(None);
            }
            if started.elapsed().saturating_add(pause) > patience {
                break;
            }
            sleep(pause).await;
        }
        Err(place.failed(ACTION, format_args!("somebody else has held its lock for {} s", patience.as_secs())))
    }

    async fn load(&mut self) -> Result<Option<StoredToken>, StoreError> {
        let kept = self.ask(&self.place.get(), READ).await?;
        self.place.stored(kept)
    }

    async fn save(&mut self, token: String) -> Result<(), StoreError> {
        const ACTION: &str = "be written";
        let mut save = script(SAVE, &[&self.place.key, &self.place.lock]);
        save.arg(&self.value).arg(token).arg(millis(LIFE));
        let saved: bool = self.ask(&save, ACTION).await?;
        let lost = || self.place.failed(ACTION, "the lock was lost, and somebody else may have saved another token");
        saved.then_some(()).ok_or_else(lost)
    }

    /// Whether it is still held, if that could be found out.
    async fn renew(&mut self) -> Option<bool> {
        let mut renew = script(RENEW, &[&self.place.lock]);
        renew.arg(&self.value).arg(millis(LIFE));
        self.ask(&renew, "be locked").await.ok()
    }

    async fn release(&mut self) {
        let mut release = script(RELEASE, &[&self.place.lock]);
        release.arg(&self.value);
        // If this fails, the lock ends by itself.
        let _: Result<bool, StoreError> = self.ask(&release, "be unlocked").await;
    }

    /// Sends a command, over a new connection where the old one broke. Each may be sent twice: they change something only
    /// while this holder has the lock, and then the same.
    async fn ask<T: FromRedisValue>(&mut self, command: &Cmd, action: &'static str) -> Result<T, StoreError> {
        match command.query_async(&mut self.connection).await {
            Err(error) if error.is_unrecoverable_error() => {
                self.connection = self.place.connect(action).await?;
                self.place.ask(&mut self.connection, command, action).await
            }
            result => result.map_err(|error| self.place.failed(action, reason(&error))),
        }
    }
}

impl Place {
    async fn connect(&self, action: &'static str) -> Result<MultiplexedConnection, StoreError> {
        let config =
            AsyncConnectionConfig::new().set_connection_timeout(Some(ANSWER)).set_response_timeout(Some(ANSWER));
        let connection = self.client.get_multiplexed_async_connection_with_config(&config).await;
        connection.map_err(|error| self.failed(action, reason(&error)))
    }

    async fn ask<T: FromRedisValue>(
        &self,
        connection: &mut MultiplexedConnection,
        command: &Cmd,
        action: &'static str,
    ) -> Result<T, StoreError> {
        command.query_async(connection).await.map_err(|error| self.failed(action, reason(&error)))
    }

    async fn read(&self) -> Result<Option<StoredToken>, StoreError> {
        let mut connection = self.connect(READ).await?;
        self.stored(self.ask(&mut connection, &self.get(), READ).await?)
    }

    fn get(&self) -> Cmd {
        let mut get = cmd("GET");
        get.arg(&self.key);
        get
    }

    /// What the key held, as a token.
    fn stored(&self, kept: Option<Vec<u8>>) -> Result<Option<StoredToken>, StoreError> {
        let Some(kept) = kept else { return Ok(None) };
        let text = String::from_utf8(kept).map_err(|_| self.failed(READ, "not a stored token"))?;
        StoredToken::from_json(&text).map(Some).map_err(|reason| self.failed(READ, reason))
    }

    fn failed(&self, action: &'static str, reason: impl fmt::Display) -> StoreError {
        let server = self.client.get_connection_info().addr();
        StoreError::new(format!("{} in Redis at {server}", self.key), action, reason)
    }

    fn ended(&self, action: &'static str) -> StoreError {
        self.failed(action, "its task ended early; the runtime may be shutting down")
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

fn script(text: &str, keys: &[&str]) -> Cmd {
    let mut command = cmd("EVAL");
    command.arg(text).arg(keys.len()).arg(keys);
    command
}

fn random() -> Result<String, String> {
    let mut bytes = [0; 24];
    getrandom::fill(&mut bytes).map_err(|error| format!("the system gives no random numbers: {error}"))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

/// What went wrong, without what the server or the library says about it: their words repeat
/// arguments and answers, and so tokens.
fn reason(error: &RedisError) -> String {
    if error.is_connection_refusal() {
        return "nothing answers there".to_owned();
    }
    if error.is_timeout() {
        return format!("no answer within {} s", ANSWER.as_secs());
    }
    match error.code() {
        // Its first word may be anything.
        Some(code) if code.len() <= 32 && code.bytes().all(|byte| byte.is_ascii_uppercase()) => {
            format!("the server refused with {code}")
        }
        Some(_) => "the server refused".to_owned(),
        None => error.category().to_owned(),
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

    #[test]
    fn what_a_server_says_is_not_repeated() {
        let kind = redis::ErrorKind::UnexpectedReturnType;
        let error = RedisError::from((kind, "no such type", "response was 1000.secret".to_owned()));
        assert_eq!(reason(&error), "type error");
    }
}
