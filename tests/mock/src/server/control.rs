//! Time, limits and faults, in a test's hands.

use std::time::Duration;

use serde_json::Value;

use crate::MockDesk;
use crate::answer::contradict::Contradiction;
use crate::judge::edition::Edition;
use crate::orders::fault::Fault;

impl MockDesk {
    /// Moves the server's clock forward: tokens, codes and throttles end, and the day's credits come back.
    pub fn advance(&self, by: Duration) {
        self.desk().clock().advance(by);
    }

    /// Sets an edition's limits: its simultaneous calls, its credits a day, and what calls cost at Desk.
    pub fn set_edition(&self, edition: Edition) {
        self.desk().limits().set_edition(edition);
    }

    /// Sets how many calls may be under way at once; further ones are refused with 429 `TOO_MANY_REQUESTS`.
    ///
    /// A call is under way from its arrival until its answer is ready, so that a [delay](Fault::Delay) makes it last.
    pub fn set_concurrency(&self, calls: usize) {
        self.desk().limits().set_concurrency(calls);
    }

    /// The most calls that were under way at once so far, with those that were too many.
    pub fn max_concurrency_seen(&self) -> usize {
        self.desk().limits().most_under_way()
    }

    /// Sets how many credits are left of the day. A call that costs more is refused with 429 `THRESHOLD_EXCEEDED` and
    /// the seconds until the day's end in `Retry-After`; a day has 24 hours from the server's start on.
    pub fn set_credits(&self, left: u64) {
        let desk = self.desk();
        desk.limits().set_left(left, desk.clock().now());
    }

    /// Whether calls cost what they cost at Desk (lists more than reads by id, and more with a higher offset) instead
    /// of one credit each.
    pub fn count_credits(&self, counting: bool) {
        self.desk().limits().count(counting);
    }

    /// Lets the next call of the operation that passes every check go wrong. Called several times, one after the other.
    ///
    /// # Panics
    ///
    /// When the spec has no operation of that id, as the test would then wait for it in vain.
    #[track_caller]
    pub fn fault(&self, operation_id: &str, fault: Fault) {
        self.fault_times(operation_id, 1, fault);
    }

    /// Lets the next `times` calls of the operation that pass every check go wrong.
    ///
    /// # Panics
    ///
    /// When the spec has no operation of that id, as the test would then wait for it in vain.
    #[track_caller]
    pub fn fault_times(&self, operation_id: &str, times: usize, fault: Fault) {
        let desk = self.desk();
        desk.orders().fault(desk.route_of(operation_id), times, fault);
    }

    /// Lets every answer from now on contradict its description in these ways, as real ones do; none: no more.
    ///
    /// Those that concern the same value take turns, so that a call that is repeated meets others; now and then it is
    /// nobody's turn. The same calls in the same order get the same answers. Answers that a test
    /// [gives](Self::answer_next) stay as they are, and no answer becomes an error; for that there is
    /// [`Fault::ErrorInSuccess`].
    pub fn contradict(&self, contradictions: impl IntoIterator<Item = Contradiction>) {
        self.desk().orders().contradict(contradictions.into_iter().collect());
    }

    /// Whether calls have to be as described, although Desk takes more. At first they need not be, as at Desk: users of
    /// one organization may leave out its name, JSON may come under another content type, and in JSON a text may stand
    /// for a boolean or a number, an empty one for no id, date or address. A test that is to see that a program does
    /// better sets this.
    pub fn set_strict(&self, strict: bool) {
        self.desk().settings().set_strict(strict);
    }

    /// Whether bodies and forms may have fields that their types do not declare. At first they are refused, as far as
    /// their names do not begin with `cf_`, as those of custom fields do.
    pub fn accept_undeclared_fields(&self, accept: bool) {
        self.desk().settings().accept_undeclared(accept);
    }

    /// Sets the highest `from` that lists and searches take; at first 4999, as at Desk, whatever the number of records. A
    /// maximum that an operation's own description has holds in any case.
    pub fn set_highest_from(&self, highest: u64) {
        self.desk().settings().set_highest_from(highest);
    }

    /// Sets the size of every file that is downloaded. Byte `i` is `i % 251`; the files are not held in memory.
    pub fn set_download_size(&self, bytes: u64) {
        self.desk().settings().set_file(bytes);
    }

    /// Puts the records of all organizations back to the built-in ones; organizations that were added are gone. Tokens,
    /// limits and logs stay.
    pub fn reset_records(&self) {
        self.desk().records().reset();
    }

    /// Adds a record to the first organization as it is, whatever the API would say of it; its id. Those of others are
    /// under [`in_organization`](Self::in_organization). Without an id and times it gets its own; what
    /// else it lacks is as the collection's defaults say. One of the same id is replaced.
    ///
    /// # Panics
    ///
    /// When there is no such collection (the message lists them), the record is no object, or its id is not digits.
    #[track_caller]
    pub fn insert(&self, collection: &str, record: Value) -> String {
        self.insert_for(None, collection, record)
    }

    #[track_caller]
    pub(crate) fn insert_for(&self, organization: Option<&str>, collection: &str, record: Value) -> String {
        let Value::Object(record) = record else { panic!("a record is an object, not {record}") };
        let inserted = self.desk().records().insert(organization, collection, record, self.desk().now());
        inserted.unwrap_or_else(|problem| panic!("{problem}"))
    }

    /// Adds so many records that are like the built-in ones: valid, with ids, numbers and times of their own, ten
    /// minutes apart; the oldest is of some three years before the server's start (for 2024-06-01: of 2021-01-01).
    /// Records that belong to others, such as comments, are spread over them.
    ///
    /// # Panics
    ///
    /// When there is no such collection (the message lists them), or what the built-in records refer to was removed.
    #[track_caller]
    pub fn fill(&self, collection: &str, count: usize) {
        self.fill_for(None, collection, count);
    }

    #[track_caller]
    pub(crate) fn fill_for(&self, organization: Option<&str>, collection: &str, count: usize) {
        let filled = self.desk().records().fill(organization, collection, count);
        filled.unwrap_or_else(|problem| panic!("{problem}"));
    }

    /// The records of a collection that are not in the recycle bin, whole, in the order in which they came.
    ///
    /// # Panics
    ///
    /// When there is no such collection; the message lists them.
    #[track_caller]
    pub fn records(&self, collection: &str) -> Vec<Value> {
        self.records_of(None, collection)
    }

    #[track_caller]
    pub(crate) fn records_of(&self, organization: Option<&str>, collection: &str) -> Vec<Value> {
        let found = self.desk().records().look(organization, collection);
        found.unwrap_or_else(|problem| panic!("{problem}"))
    }
}
