//! Time, limits and faults, in a test's hands.

use std::time::Duration;

use crate::MockDesk;
use crate::answer::contradict::Contradiction;
use crate::judge::edition::Edition;
use crate::orders::fault::Fault;

impl MockDesk {
    /// Moves the server's clock forward: tokens, codes and throttles expire, and the day's credits are renewed.
    pub fn advance(&self, by: Duration) {
        self.desk().clock().advance(by);
    }

    /// Sets an edition's limits: its simultaneous calls, its credits per day, and what calls cost in Desk.
    pub fn set_edition(&self, edition: Edition) {
        self.desk().limits().set_edition(edition);
    }

    /// Sets how many calls may be in progress at once; further ones are refused with 429 `TOO_MANY_REQUESTS`.
    ///
    /// A call is in progress from its arrival until its answer is ready, so a [delay](Fault::Delay) prolongs it.
    pub fn set_concurrency(&self, calls: usize) {
        self.desk().limits().set_concurrency(calls);
    }

    /// The highest number of calls in progress at once so far, including those that were too many.
    pub fn max_concurrency_seen(&self) -> usize {
        self.desk().limits().most_under_way()
    }

    /// Sets how many credits are left today. A call that costs more is refused with 429 `THRESHOLD_EXCEEDED` and the
    /// seconds until the day's end in `Retry-After`; a day has 24 hours, counted from the server's start.
    pub fn set_credits(&self, left: u64) {
        let desk = self.desk();
        desk.limits().set_left(left, desk.clock().now());
    }

    /// The credits that calls have cost so far, since the server's start: one for each call, or what they cost in Desk if
    /// [that is counted](Self::count_credits). Calls that are refused with 429 cost nothing.
    pub fn credits_spent(&self) -> u64 {
        self.desk().limits().spent()
    }

    /// Sets whether calls cost what they cost in Desk (lists more than reads by id, and more with a higher offset)
    /// instead of one credit each.
    pub fn count_credits(&self, counting: bool) {
        self.desk().limits().count(counting);
    }

    /// Makes the next call of the operation that passes every check fail. If called several times, one fault after the
    /// other.
    ///
    /// # Panics
    ///
    /// When the spec has no operation of that id, as the test would then wait for it in vain.
    #[track_caller]
    pub fn fault(&self, operation_id: &str, fault: Fault) {
        self.fault_times(operation_id, 1, fault);
    }

    /// Makes the next `times` calls of the operation that pass every check fail.
    ///
    /// # Panics
    ///
    /// When the spec has no operation of that id, as the test would then wait for it in vain.
    #[track_caller]
    pub fn fault_times(&self, operation_id: &str, times: usize, fault: Fault) {
        let desk = self.desk();
        desk.orders().fault(desk.route_of(operation_id), times, fault);
    }

    /// Makes every answer from now on contradict its description in these ways, as real ones do; an empty list stops
    /// that.
    ///
    /// Contradictions of the same value take turns, so that a repeated call meets different ones; now and then there is
    /// none. The same calls in the same order get the same answers. Answers that a test [sets](Self::answer_next) are
    /// not changed, and no answer becomes an error; for that, see [`Fault::ErrorInSuccess`].
    pub fn contradict(&self, contradictions: impl IntoIterator<Item = Contradiction>) {
        self.desk().orders().contradict(contradictions.into_iter().collect());
    }

    /// Sets whether calls must be exactly as described, although Desk accepts more. By default they need not be, as in
    /// Desk: users of a single organization may omit its id, JSON may come under another content type, and in JSON a
    /// text may stand for a boolean or a number, and an empty one for a missing id, date or address. Set this to test
    /// that a program does better.
    pub fn set_strict(&self, strict: bool) {
        self.desk().settings().set_strict(strict);
    }

    /// Sets whether bodies and forms may have fields that their types do not declare. By default they are refused,
    /// except for names that start with `cf_`, as those of custom fields do.
    pub fn accept_undeclared_fields(&self, accept: bool) {
        self.desk().settings().accept_undeclared(accept);
    }

    /// Sets the highest `from` that lists and searches accept; by default 4999, as in Desk, whatever the number of
    /// records. A maximum in an operation's own description always applies.
    pub fn set_highest_from(&self, highest: u64) {
        self.desk().settings().set_highest_from(highest);
    }

    /// Sets the size of every downloaded file. Byte `i` is `i % 251`; the files are not held in memory.
    pub fn set_download_size(&self, bytes: u64) {
        self.desk().settings().set_file(bytes);
    }
}
