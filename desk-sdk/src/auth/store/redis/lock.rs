//! The lock on a token in Redis: a key that its holder renews.

use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::future::{BoxFuture, FutureExt as _};
use redis::aio::MultiplexedConnection;
use redis::{Cmd, FromRedisValue, cmd};
use tokio::sync::oneshot;
use tokio::time::{sleep, timeout};

use super::place::{Place, READ, reason};
use crate::auth::store::pauses::pauses;
use crate::auth::{StoreError, StoreLock, StoredToken};
use crate::random::random_text;

/// A lock that is not renewed expires after this time …
const LIFE: Duration = Duration::from_secs(10);

/// … and its holder renews it this often: two renewals may fail before it expires.
const RENEWAL: Duration = Duration::from_secs(3);

/// The longest that one holder keeps it, so that a hanging machine does not stop all others for good. Longer than the
/// ten minutes that a refresh waits for its budget at most.
const LONGEST: Duration = Duration::from_secs(15 * 60);

/// What locking is called in an error.
const LOCK: &str = "be locked";

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

/// Releases the lock if it is still held. Key: the lock's. Value: the holder's.
const RELEASE: &str = "\
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])";

/// The lock is released when this is dropped: its keeper sees that the channel is closed.
pub(super) struct Lock {
    holder: Holder,
    _held: oneshot::Sender<()>,
}

impl Lock {
    pub(super) async fn acquire(place: Arc<Place>, patience: Duration) -> Result<Self, StoreError> {
        let (tell, acquired) = oneshot::channel();
        let (held, dropped) = oneshot::channel();
        tokio::spawn(keep(Arc::clone(&place), patience, tell, dropped));
        let holder = acquired.await.unwrap_or_else(|_| Err(place.ended(LOCK)))?;
        Ok(Self { holder, _held: held })
    }
}

impl StoreLock for Lock {
    fn load(&mut self) -> BoxFuture<'_, Result<Option<StoredToken>, StoreError>> {
        self.holder.load().boxed()
    }

    fn save<'a>(&'a mut self, token: &'a StoredToken) -> BoxFuture<'a, Result<(), StoreError>> {
        self.holder.save(token.to_json()).boxed()
    }
}

/// A lock's whole life, from the first attempt to its release. It runs as a task, so that an acquired lock is released
/// whatever happens to the caller.
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
            // An error here means that nobody is waiting any more.
            let _ = tell.send(Err(error));
            return;
        }
    };
    let started = Instant::now();
    // If nobody is waiting any more, the other channel is closed too.
    let _ = tell.send(Ok(holder.clone()));
    while timeout(RENEWAL, &mut dropped).await.is_err() {
        // A failed renewal may succeed next time. If the lock is lost for good, `save` reports it.
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
    /// A value that nobody else puts into the lock.
    value: String,
}

impl Holder {
    /// Waits for the lock. `None` if the caller has gone.
    async fn acquire(
        place: Arc<Place>,
        patience: Duration,
        caller: &oneshot::Sender<Result<Self, StoreError>>,
    ) -> Result<Option<Self>, StoreError> {
        let started = Instant::now();
        let value = random_text().map_err(|reason| place.failed(LOCK, reason))?;
        let mut connection = place.connect(LOCK).await?;
        let mut set = cmd("SET");
        set.arg(&place.lock).arg(&value).arg("NX").arg("PX").arg(millis(LIFE));
        for pause in pauses() {
            let set: Option<String> = place.ask(&mut connection, &set, LOCK).await?;
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
        Err(place.failed(LOCK, format_args!("somebody else has held its lock for {} s", patience.as_secs())))
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
        let lost = || self.place.failed(ACTION, "the lock was lost, so somebody else may have saved another token");
        saved.then_some(()).ok_or_else(lost)
    }

    /// Whether it is still held, as far as that could be determined.
    async fn renew(&mut self) -> Option<bool> {
        let mut renew = script(RENEW, &[&self.place.lock]);
        renew.arg(&self.value).arg(millis(LIFE));
        self.ask(&renew, LOCK).await.ok()
    }

    async fn release(&mut self) {
        let mut release = script(RELEASE, &[&self.place.lock]);
        release.arg(&self.value);
        // If this fails, the lock expires by itself.
        let _: Result<bool, StoreError> = self.ask(&release, "be unlocked").await;
    }

    /// Sends a command, over a new connection if the old one broke. Each may be sent twice: they only change something
    /// while this holder has the lock, and then have the same effect.
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

fn script(text: &str, keys: &[&str]) -> Cmd {
    let mut command = cmd("EVAL");
    command.arg(text).arg(keys.len()).arg(keys);
    command
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
