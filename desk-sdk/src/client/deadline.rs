//! How long a call may take.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::task::unconstrained;
use tokio::time::{Instant, Sleep, sleep_until};

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

/// Wakes an attempt when its call's time is used up. It is set only once there is something to wait for, and serves all
/// that an attempt waits for.
pub(super) type Alarm = Option<Sleep>;

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
    pub(super) fn within<'a, T>(
        &'a self,
        mut alarm: Pin<&'a mut Alarm>,
        operation: &'static Operation,
        mut work: impl Future<Output = T> + Unpin + 'a,
    ) -> impl Future<Output = Result<T, Failure>> + 'a {
        poll_fn(move |context| {
            if let Poll::Ready(done) = Pin::new(&mut work).poll(context) {
                return Poll::Ready(Ok(done));
            }
            ready!(self.ended(alarm.as_mut(), context));
            let error = Error::DeadlineExceeded { operation: operation.id, deadline: self.limit };
            Poll::Ready(Err(Failure::judged(error)))
        })
    }

    /// Waits until the call's time is used up.
    fn ended(&self, mut alarm: Pin<&mut Alarm>, context: &mut Context<'_>) -> Poll<()> {
        let time = self.limit.saturating_add(self.waited());
        // A time that is beyond all counting never ends.
        let Some(end) = self.started.checked_add(time) else { return Poll::Pending };
        if alarm.is_none() {
            alarm.set(Some(sleep_until(end)));
        }
        let Some(mut sleep) = alarm.as_pin_mut() else { return Poll::Pending };
        if sleep.deadline() != end {
            sleep.as_mut().reset(end);
        }
        // Work that uses up the task's turn must not keep the time from being looked at.
        Pin::new(&mut unconstrained(sleep)).poll(context)
    }
}

#[cfg(test)]
mod tests {
    use std::future::pending;
    use std::pin::pin;

    use tokio::task::{consume_budget, yield_now};

    use super::*;

    static OPERATION: Operation = Operation { id: "wait", ..Operation::of("") };

    #[tokio::test]
    async fn one_alarm_serves_all_that_an_attempt_waits_for() {
        let deadline = Deadline::new(Duration::ZERO);
        let mut alarm = pin!(None);
        let ready = deadline.within(alarm.as_mut(), &OPERATION, pin!(async { 7 })).await;
        assert_eq!(ready.ok(), Some(7), "what is there already is taken");
        assert!(alarm.is_none(), "there was nothing to wait for");
        let late = deadline.within(alarm.as_mut(), &OPERATION, pending::<()>()).await;
        let late = late.expect_err("no time is left");
        assert!(matches!(late.error, Error::DeadlineExceeded { operation: "wait", .. }), "{late:?}");
        deadline.add_waiting(Duration::from_secs(3600));
        let waited = deadline.within(alarm.as_mut(), &OPERATION, pin!(yield_now())).await;
        assert!(waited.is_ok(), "waiting that does not count gives more time");
    }

    #[tokio::test]
    async fn work_that_always_goes_on_ends_as_well() {
        let deadline = Deadline::new(Duration::from_millis(5));
        let busy = pin!(async {
            loop {
                consume_budget().await;
            }
        });
        let late: Result<(), Failure> = deadline.within(pin!(None), &OPERATION, busy).await;
        late.expect_err("the time is over");
    }

    #[tokio::test]
    async fn a_time_beyond_all_counting_never_ends() {
        let deadline = Deadline::new(Duration::MAX);
        let waited = deadline.within(pin!(None), &OPERATION, pin!(yield_now())).await;
        assert!(waited.is_ok());
    }
}
