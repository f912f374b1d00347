//! When a call is repeated.

use std::time::Duration;

use backon::ExponentialBuilder;
use http::HeaderMap;
use http::header::RETRY_AFTER;
use jiff::Timestamp;

use super::range;
use crate::error::Error;

/// When and how often a failed call is repeated: after exponentially growing pauses with jitter, and only if repeating
/// is safe.
///
/// A call that reads is repeated after a lost connection, a timeout and a 5xx. A call that changes something is
/// repeated only if it was certainly not carried out (there was no connection, or the API refused it because of too
/// many calls at once), unless it is marked as safe to repeat with [`Pending::repeatable`](crate::Pending::repeatable).
///
/// This depends on the operation's [risk](crate::Operation::risk), not on its method. If the API says with
/// `Retry-After` how long to wait, the pause is at least that long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retry {
    pub(super) times: usize,
    pub(super) first_pause: Duration,
    pub(super) longest_pause: Duration,
    pub(super) deadline: Duration,
}

impl Default for Retry {
    /// Up to 4 retries, after pauses of half a second to 30 seconds, for two minutes at most.
    fn default() -> Self {
        Self {
            times: 4,
            first_pause: Duration::from_millis(500),
            longest_pause: Duration::from_secs(30),
            deadline: Duration::from_secs(120),
        }
    }
}

impl Retry {
    /// No retries.
    pub fn never() -> Self {
        Self { times: 0, ..Self::default() }
    }

    /// The maximum number of retries.
    #[must_use]
    pub fn times(mut self, times: usize) -> Self {
        self.times = times;
        self
    }

    /// The first pause; each following one is about twice as long.
    #[must_use]
    pub fn first_pause(mut self, pause: Duration) -> Self {
        self.first_pause = pause;
        self
    }

    /// The longest pause.
    #[must_use]
    pub fn longest_pause(mut self, pause: Duration) -> Self {
        self.longest_pause = pause;
        self
    }

    /// How long a call may take including all its attempts, two minutes by default. After this time no other attempt is
    /// started, and one in progress ends with [`Error::DeadlineExceeded`], whether it is sending or receiving. Waiting
    /// for one of the [simultaneous calls](crate::ClientBuilder::simultaneous_calls) to finish and for credits does not
    /// count. [`Pending::deadline`](crate::Pending::deadline) sets it for one call.
    ///
    /// For a download, it limits how long it takes to start, and how long a [save](crate::Downloading::save) without
    /// progress is retried.
    #[must_use]
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    pub(super) fn pauses(&self) -> ExponentialBuilder {
        ExponentialBuilder::default()
            .with_min_delay(self.first_pause)
            .with_max_delay(self.longest_pause.max(self.first_pause))
            .with_max_times(self.times)
            .with_jitter()
    }
}

/// A failed attempt, and whether the call may still have been carried out.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) error: Error,
    pub(super) effect: Effect,
    /// How long the API asks to wait.
    pub(super) retry_after: Option<Duration>,
}

/// What a failed attempt may have done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// Nothing: it never reached the API, or was refused because of too many calls.
    None,
    /// It may have been carried out.
    Perhaps,
    /// It was refused, and another attempt would be refused as well.
    Judged,
    /// The day's credits are spent; more will be available after this time.
    OutOfCredits(Duration),
}

impl Failure {
    pub(super) fn judged(error: impl Into<Error>) -> Self {
        Self { error: error.into(), effect: Effect::Judged, retry_after: None }
    }

    pub(super) fn perhaps(error: Error) -> Self {
        Self { error, effect: Effect::Perhaps, retry_after: None }
    }

    /// Whether the call may be repeated.
    pub(super) fn may_repeat(&self, repeatable: bool, wait_for_credits: bool) -> bool {
        match self.effect {
            Effect::None => true,
            Effect::Perhaps => repeatable,
            Effect::Judged => false,
            Effect::OutOfCredits(_) => wait_for_credits,
        }
    }
}

/// How long the API asks to wait: seconds, or until a time.
pub(super) fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let told = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = told.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = range::time(told)?;
    Some(Duration::try_from(until.duration_since(now)).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_long_to_wait_is_told_in_seconds_or_as_a_time() {
        let now: Timestamp = "1994-11-06T08:49:30Z".parse().unwrap();
        let told = |text: &str| {
            let headers = HeaderMap::from_iter([(RETRY_AFTER, text.parse().unwrap())]);
            retry_after(&headers, now).map(|wait| wait.as_secs())
        };
        assert_eq!(told(" 120 "), Some(120));
        assert_eq!(told("1000000000"), Some(1_000_000_000));
        assert_eq!(told("Sun, 06 Nov 1994 08:49:37 GMT"), Some(7));
        assert_eq!(told("Sun, 06 Nov 1994 08:49:00 GMT"), Some(0), "a time that has passed");
        for nonsense in ["", "-1", "soon", "1.5", "99999999999999999999", "Sun, 06 Nov 1994"] {
            assert_eq!(told(nonsense), None, "{nonsense}");
        }
    }
}
