//! The server's clock, which tests can move.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Time since the server's start: the real time plus the time added by tests.
#[derive(Debug)]
pub(crate) struct Clock {
    started: Instant,
    /// The nanoseconds added; they suffice for centuries.
    moved: AtomicU64,
}

impl Clock {
    pub(crate) fn start() -> Self {
        Self { started: Instant::now(), moved: AtomicU64::new(0) }
    }

    pub(crate) fn now(&self) -> Duration {
        self.started.elapsed().saturating_add(self.moved())
    }

    /// The time added by tests.
    pub(crate) fn moved(&self) -> Duration {
        Duration::from_nanos(self.moved.load(Ordering::SeqCst))
    }

    pub(crate) fn advance(&self, by: Duration) {
        let by = u64::try_from(by.as_nanos()).unwrap_or(u64::MAX);
        // The closure always returns a value, so there cannot be an error.
        let _ = self.moved.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |moved| Some(moved.saturating_add(by)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_added_and_never_overflows() {
        let clock = Clock::start();
        clock.advance(Duration::from_secs(3600));
        assert!((3600..3660).contains(&clock.now().as_secs()));
        clock.advance(Duration::MAX);
        assert!(clock.now() > Duration::from_secs(3600));
    }
}
