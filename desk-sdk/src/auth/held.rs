//! The token in use, and how long it is used.

use std::sync::{PoisonError, RwLock};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::{AccessToken, Clock, StoredToken};

/// How long a token is used at least, whatever its answer says about its lifetime: ten may be issued in ten minutes, so
/// no more than that are requested. If the API refuses one earlier, it is replaced.
const LEAST: SignedDuration = SignedDuration::from_secs(61);

/// How long a stored token may still be used, so that it is renewed this long before it expires; zero or less if it may
/// not be used any more.
pub(super) fn life(stored: &StoredToken, now: Timestamp, margin: SignedDuration) -> SignedDuration {
    let told = stored.expires_at.map_or(SignedDuration::MAX, |end| end.duration_since(now).saturating_sub(margin));
    let age = stored.refreshes.last().map(|made| now.duration_since(*made)).filter(|age| !age.is_negative());
    told.max(age.map_or(SignedDuration::ZERO, |age| LEAST.saturating_sub(age)))
}

/// The token in use, if there is one.
#[derive(Default)]
pub(super) struct Memory(RwLock<Option<Held>>);

struct Held {
    token: AccessToken,
    life: SignedDuration,
    since: Timestamp,
    since_monotonic: Duration,
}

impl Memory {
    /// Uses a token for this long from now on.
    pub(super) fn keep(&self, token: AccessToken, life: SignedDuration, clock: &dyn Clock) {
        let held = Held { token, life, since: clock.now(), since_monotonic: clock.monotonic() };
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Some(held);
    }

    /// The token in use, as long as it may be used.
    pub(super) fn fresh(&self, clock: &dyn Clock) -> Option<AccessToken> {
        let held = self.0.read().unwrap_or_else(PoisonError::into_inner);
        held.as_ref().filter(|held| held.is_fresh(clock)).map(|held| held.token.clone())
    }

    /// Whether this is the token in use, and it has expired. The store may disagree if its clock was set back.
    pub(super) fn has_ended(&self, token: &AccessToken, clock: &dyn Clock) -> bool {
        let held = self.0.read().unwrap_or_else(PoisonError::into_inner);
        held.as_ref().is_some_and(|held| held.token.is(token) && !held.is_fresh(clock))
    }

    /// Reads something from the token in use or the last one.
    pub(super) fn last<T>(&self, of: impl FnOnce(&AccessToken) -> T) -> Option<T> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).as_ref().map(|held| of(&held.token))
    }
}

impl Held {
    /// Either kind of time may be the correct one: the date jumps, and the other stands still while a computer sleeps.
    fn is_fresh(&self, clock: &dyn Clock) -> bool {
        let passed = clock.monotonic().saturating_sub(self.since_monotonic);
        SignedDuration::try_from(passed).is_ok_and(|passed| passed < self.life)
            && clock.now().duration_since(self.since) < self.life
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_life_is_a_minute() {
        let now = Timestamp::UNIX_EPOCH;
        let after = |seconds| now.saturating_add(SignedDuration::from_secs(seconds)).ok();
        let margin = SignedDuration::from_secs(60);
        let life = |expires: Option<i64>, made: Option<i64>| {
            let expires_at = expires.and_then(after);
            let refreshes = made.and_then(after).into_iter().collect();
            super::life(&StoredToken { expires_at, refreshes, ..StoredToken::default() }, now, margin).as_secs()
        };
        assert_eq!(life(Some(3600), Some(0)), 3540);
        assert_eq!(life(None, Some(-9000)), i64::MAX);
        assert_eq!((life(Some(0), Some(0)), life(Some(30), Some(-1)), life(Some(90), Some(0))), (61, 60, 61));
        assert!(
            [life(Some(0), Some(-61)), life(Some(30), Some(-3600)), life(Some(0), None)].iter().all(|life| *life <= 0)
        );
        // A time written by a clock that was ahead is meaningless.
        assert!(life(Some(30), Some(365 * 86_400)) <= 0);
    }
}
