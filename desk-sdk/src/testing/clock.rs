//! Time that does not keep tests waiting.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures_util::future::{BoxFuture, ready};
use jiff::Timestamp;

use crate::auth::Clock;

/// A clock whose waits end at once, and which then moves forward by the time waited. Copies share the time.
#[derive(Clone, Debug)]
pub struct SkippingClock(Arc<Mutex<Timestamp>>);

impl SkippingClock {
    /// A clock that starts at this time.
    pub fn new(now: Timestamp) -> Self {
        Self(Arc::new(Mutex::new(now)))
    }
}

/// A clock that starts at the current time.
impl Default for SkippingClock {
    fn default() -> Self {
        Self::new(Timestamp::now())
    }
}

impl Clock for SkippingClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        let mut now = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *now = now.saturating_add(duration).unwrap_or(Timestamp::MAX);
        Box::pin(ready(()))
    }
}
