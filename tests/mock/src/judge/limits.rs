//! Limits on concurrent calls and on daily credits.

use std::fmt;
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

use desk_spec::{Method, Operation, ParameterPlace};

use crate::common::lock::lock;
use crate::exchange::incoming::Incoming;
use crate::judge::edition::Edition;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// The price of a list call, by the highest offset of each price band.
const PRICES: [(u64, u64); 4] = [(2_000, 3), (5_000, 5), (10_000, 10), (50_000, 50)];
const PRICE_BEYOND: u64 = 100;

/// A server's limits and their current usage.
pub(crate) struct Limits(Mutex<State>);

#[derive(Debug)]
struct State {
    /// None: any number.
    concurrency: Option<usize>,
    under_way: usize,
    most_under_way: usize,
    /// Whether calls are charged at Desk's prices, or one credit each.
    counting: bool,
    a_day: u64,
    left: u64,
    day_ends: Duration,
    /// By all calls so far, whatever the day.
    spent: u64,
}

/// A call under way, until this is dropped.
#[derive(Debug)]
pub(crate) struct UnderWay<'a>(&'a Limits);

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        let mut state = lock(&self.0.0);
        state.under_way = state.under_way.saturating_sub(1);
    }
}

impl fmt::Debug for Limits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        lock(&self.0).fmt(f)
    }
}

impl Default for Limits {
    fn default() -> Self {
        let credits = Edition::Enterprise.credits_a_day();
        Self(Mutex::new(State {
            concurrency: None,
            under_way: 0,
            most_under_way: 0,
            counting: false,
            a_day: credits,
            left: credits,
            day_ends: DAY,
            spent: 0,
        }))
    }
}

impl Limits {
    pub(crate) fn set_edition(&self, edition: Edition) {
        let mut state = lock(&self.0);
        state.concurrency = Some(edition.concurrency());
        state.counting = true;
        state.a_day = edition.credits_a_day();
        state.left = state.a_day;
    }

    pub(crate) fn set_concurrency(&self, most: usize) {
        lock(&self.0).concurrency = Some(most);
    }

    pub(crate) fn most_under_way(&self) -> usize {
        lock(&self.0).most_under_way
    }

    pub(crate) fn count(&self, counting: bool) {
        lock(&self.0).counting = counting;
    }

    pub(crate) fn set_left(&self, credits: u64, now: Duration) {
        self.today(now).left = credits;
    }

    pub(crate) fn left(&self, now: Duration) -> u64 {
        self.today(now).left
    }

    /// The credits that calls have cost so far.
    pub(crate) fn spent(&self) -> u64 {
        lock(&self.0).spent
    }

    /// None where the call is one too many. It counts as seen all the same: the client sent it.
    pub(crate) fn enter(&self) -> Option<UnderWay<'_>> {
        let mut state = lock(&self.0);
        let with_it = state.under_way + 1;
        state.most_under_way = state.most_under_way.max(with_it);
        if state.concurrency.is_some_and(|most| with_it > most) {
            return None;
        }
        state.under_way = with_it;
        Some(UnderWay(self))
    }

    /// Charges a call's credits and returns the number; if too few are left, the seconds until they are renewed.
    pub(crate) fn charge(&self, listed: u64, now: Duration) -> Result<u64, u64> {
        let mut state = self.today(now);
        let cost = if state.counting { listed } else { 1 };
        match state.left.checked_sub(cost) {
            Some(left) => {
                state.left = left;
                state.spent = state.spent.saturating_add(cost);
                Ok(cost)
            }
            None => Err(seconds_rounded_up(state.day_ends.saturating_sub(now))),
        }
    }

    /// Refunds a call that was not served after all.
    pub(crate) fn refund(&self, cost: u64) {
        let mut state = lock(&self.0);
        state.left = state.left.saturating_add(cost);
        state.spent = state.spent.saturating_sub(cost);
    }

    /// The state, with new credits if a day has passed.
    fn today(&self, now: Duration) -> MutexGuard<'_, State> {
        let mut state = lock(&self.0);
        if now >= state.day_ends {
            state.left = state.a_day;
            state.day_ends = now.saturating_add(DAY);
        }
        state
    }
}

/// A client that waits so long must find new credits.
fn seconds_rounded_up(time: Duration) -> u64 {
    time.as_secs() + u64::from(time.subsec_nanos() > 0)
}

/// The price of a call at Desk.
pub(crate) fn cost(operation: &Operation, incoming: &Incoming) -> u64 {
    let from = |parameter: &desk_spec::Parameter| parameter.place == ParameterPlace::Query && parameter.name == "from";
    let list = operation.paging.is_some() || operation.parameters.iter().any(from);
    if !list || operation.method != Method::Get {
        return 1;
    }
    let offset = incoming.query("from").and_then(|from| from.parse().ok()).unwrap_or(0_u64);
    PRICES.iter().find(|(highest, _)| offset <= *highest).map_or(PRICE_BEYOND, |(_, price)| *price)
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::HeaderMap;

    use super::*;
    use crate::spec;

    #[test]
    fn costs_grow_with_the_offset() {
        let spec = spec::built_in().unwrap();
        let cost = |id: &str, query: &str| {
            let listed = spec.operations.iter().find(|listed| listed.operation.id == id).unwrap();
            cost(&listed.operation, &Incoming::new("GET", "/", query, HeaderMap::new(), Bytes::new()))
        };
        assert_eq!(cost("get_ticket", ""), 1);
        assert_eq!(cost("create_ticket", ""), 1);
        assert_eq!(cost("search_records", ""), 3);
        let table = [("", 3), ("from=2000", 3), ("from=2001", 5), ("from=5000", 5), ("from=5001", 10)];
        let beyond = [("from=10001", 50), ("from=50000", 50), ("from=50001", 100), ("from=x", 3)];
        for (query, expected) in table.into_iter().chain(beyond) {
            assert_eq!(cost("get_tickets", query), expected, "{query}");
        }
    }

    #[test]
    fn credits_never_go_below_zero_and_come_back_with_the_day() {
        let limits = Limits::default();
        let now = Duration::from_millis(10_500);
        assert_eq!(limits.charge(3, now), Ok(1));
        limits.set_edition(Edition::Free);
        limits.set_left(4, now);
        assert_eq!(limits.charge(3, now), Ok(3));
        assert_eq!(limits.charge(3, now), Err(24 * 60 * 60 - 10));
        assert_eq!((limits.left(now), limits.charge(1, now), limits.left(now)), (1, Ok(1), 0));
        assert_eq!(limits.left(DAY), 5_000);
        assert_eq!(limits.spent(), 5);
        limits.refund(2);
        assert_eq!((limits.left(DAY), limits.spent()), (5_002, 3));
    }

    #[test]
    fn calls_beyond_the_number_are_refused_but_seen() {
        let limits = Limits::default();
        limits.set_concurrency(2);
        let (one, two) = (limits.enter(), limits.enter());
        assert!(one.is_some() && two.is_some() && limits.enter().is_none());
        drop(one);
        assert!(limits.enter().is_some());
        assert_eq!(limits.most_under_way(), 3);
    }
}
