//! Time, as something that tests can control.

use std::fmt;
use std::sync::LazyLock;
use std::time::{Duration, Instant, SystemTime};

use futures_util::future::BoxFuture;
use jiff::Timestamp;

/// The client's source of time: when tokens expire, and how to wait.
pub trait Clock: fmt::Debug + Send + Sync {
    /// The current time. It may jump if somebody corrects the computer's clock.
    fn now(&self) -> Timestamp;

    /// How much time has passed since some moment, regardless of changes to the date. By default it is derived from
    /// [`now`](Self::now), for clocks that do not jump.
    fn monotonic(&self) -> Duration {
        Duration::try_from(self.now().duration_since(Timestamp::UNIX_EPOCH)).unwrap_or_default()
    }

    /// Waits.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;
}

/// The computer's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        // Not `Timestamp::now`, which panics beyond the year 9999.
        Timestamp::try_from(SystemTime::now()).unwrap_or(Timestamp::MAX)
    }

    fn monotonic(&self) -> Duration {
        static START: LazyLock<Instant> = LazyLock::new(Instant::now);
        START.elapsed()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}
