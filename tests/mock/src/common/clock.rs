//! The server's time, which tests move.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Time since the server's start: the real one, and what tests added to it.
#[derive(Debug)]
pub(crate) struct Clock {
    started: Instant,
    /// Nanoseconds that were added; they last for centuries.
    moved: AtomicU64,
}

impl Clock {
    pub(crate) fn start() -> Self {
        Self { started: Instant::now(), moved: AtomicU64::new(0) }
    }

    pub(crate) fn now(&self) -> Duration {
        self.started.elapsed().saturating_add(self.moved())
    }

    /// What tests added.
    pub(crate) fn moved(&self) -> Duration {
        Duration::from_nanos(self.moved.load(Ordering::SeqCst))
    }

    pub(crate) fn advance(&self, by: Duration) {
        let by = u64::try_from(by.as_nanos()).unwrap_or(u64::MAX);
        // The closure always gives a value, so that there is no error.
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
