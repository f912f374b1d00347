//! Whether a failed call is repeated, and after which pause.

use std::sync::Arc;
use std::time::Duration;

use backon::{BackoffBuilder as _, ExponentialBackoff};
use jiff::{SignedDuration, Timestamp};

use super::deadline::Deadline;
use super::options::Options;
use super::retry::{Effect, Failure};
use super::{Client, Shared};
use crate::operation::{Operation, Risk};

/// Credits are renewed every day. A longer wait is a mistake, or malicious.
const LONGEST_REST: Duration = Duration::from_secs(25 * 3600);

/// The pauses of one call, according to the client's `Retry`.
pub(super) struct Patience {
    shared: Arc<Shared>,
    operation: &'static Operation,
    options: Options,
    deadline: Arc<Deadline>,
    /// Planned when the first attempt has failed.
    pauses: Option<ExponentialBackoff>,
    started: Timestamp,
}

impl Patience {
    pub(super) fn new(client: &Client, operation: &'static Operation, options: Options) -> Self {
        let shared = Arc::clone(&client.shared);
        let deadline = Arc::new(Deadline::new(options.deadline.unwrap_or(shared.retry.deadline)));
        let started = shared.clock.now();
        Self { shared, operation, options, deadline, pauses: None, started }
    }

    /// The deadline that the attempts themselves observe.
    pub(super) fn deadline(&self) -> Arc<Deadline> {
        Arc::clone(&self.deadline)
    }

    /// Waits before the next attempt; `false` if there should be none.
    pub(super) async fn wait(&mut self, failure: &Failure) -> bool {
        let Some(pause) = self.pause(failure) else { return false };
        self.shared.clock.sleep(pause).await;
        true
    }

    fn pause(&mut self, failure: &Failure) -> Option<Duration> {
        let safe = self.options.risk.unwrap_or(self.operation.risk) == Risk::Safe;
        if !failure.may_repeat(safe || self.options.repeatable, self.shared.wait_for_credits) {
            return None;
        }
        let pause = self.pauses.get_or_insert_with(|| self.shared.retry.pauses().build()).next()?;
        if let Effect::OutOfCredits(rest) = failure.effect {
            let rest = Some(rest).filter(|rest| *rest <= LONGEST_REST)?;
            self.deadline.add_waiting(rest);
            return Some(rest);
        }
        let pause = failure.retry_after.map_or(pause, |told| told.max(pause));
        let passed = Duration::try_from(self.passed()).unwrap_or_default();
        let used = passed.saturating_sub(self.deadline.waited());
        (used.saturating_add(pause) <= self.deadline.limit()).then_some(pause)
    }

    /// How much time has passed since the first attempt started.
    pub(super) fn passed(&self) -> SignedDuration {
        self.shared.clock.now().duration_since(self.started)
    }
}
