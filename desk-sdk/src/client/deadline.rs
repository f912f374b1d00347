//! How long a call may take.

use std::future::Future;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::time::{Instant, timeout};

use super::retry::Failure;
use crate::error::Error;
use crate::operation::Operation;

/// The time that a call may take, with all its attempts. What it waits for others, for a place among the calls at once
/// and for credits, is not counted: many calls that are made together would take each other's time.
///
/// It is the time that passes, whatever the clock of the client says, because a clock that is put forward ends no call.
#[derive(Debug)]
pub(super) struct Deadline {
    limit: Duration,
    started: Instant,
    /// In microseconds.
    waited: AtomicU64,
}

impl Deadline {
    pub(super) fn new(limit: Duration) -> Self {
        Self { limit, started: Instant::now(), waited: AtomicU64::new(0) }
    }

    pub(super) fn limit(&self) -> Duration {
        self.limit
    }

    /// Waits for others.
    pub(super) async fn uncounted<T>(&self, waiting: impl Future<Output = T>) -> T {
        let began = Instant::now();
        let result = waiting.await;
        self.add_waiting(began.elapsed());
        result
    }

    pub(super) fn add_waiting(&self, time: Duration) {
        let micros = u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
        self.waited.fetch_add(micros, Ordering::Relaxed);
    }

    /// How long the call waited for others.
    pub(super) fn waited(&self) -> Duration {
        Duration::from_micros(self.waited.load(Ordering::Relaxed))
    }

    /// Does what is done in time; else the call ends.
    pub(super) async fn within<T>(
        &self,
        operation: &'static Operation,
        work: impl Future<Output = T>,
    ) -> Result<T, Failure> {
        let used = self.started.elapsed().saturating_sub(self.waited());
        let left = self.limit.saturating_sub(used);
        let late = |_| Failure::judged(Error::DeadlineExceeded { operation: operation.id, deadline: self.limit });
        timeout(left, work).await.map_err(late)
    }
}
