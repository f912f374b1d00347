//! How long a call may take.

use std::future::Future;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::time::{Instant, timeout};

use super::retry::Failure;
use crate::error::Error;
use crate::operation::Operation;

/// The time that a call may take, including all its attempts. Waiting for a slot and for credits does not count: many
/// calls made together would otherwise use up each other's time.
///
/// This is elapsed time, whatever the client's clock says, because setting a clock forward must not end calls.
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

    /// Waits without using up the call's time.
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

    /// How long the call waited without using up its time.
    pub(super) fn waited(&self) -> Duration {
        Duration::from_micros(self.waited.load(Ordering::Relaxed))
    }

    /// Completes a future in time, or ends the call.
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
