//! What a walk needs to know about a page that has arrived.

use jiff::Timestamp;
use serde_json::Value;

use super::fetch::Said;
use super::seen::Seen;
use crate::generated::api::LISTS;
use crate::position::Key;
use crate::record::Leaf;
use crate::value::DateTime;

/// What a page says about its records and about what follows.
#[derive(Debug)]
pub(super) struct Received {
    pub(super) records: Vec<Met>,
    /// Whether more records follow, if the answer says so.
    pub(super) has_more: Option<bool>,
    /// How many records there are in total, if the answer says so.
    pub(super) count: Option<u64>,
    /// Whether the answer names a next page in a way that is not an index.
    pub(super) has_next: bool,
    /// The length that was asked for, if any.
    pub(super) size: Option<u64>,
    /// Whether the first record was met before.
    pub(super) starts_known: bool,
    /// Whether there is a record that was not met before.
    pub(super) has_new: bool,
}

/// By what a record is known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Marks {
    /// The field that identifies it.
    pub(super) id: &'static str,
    /// The field with the time by which the list is walked.
    pub(super) time: Option<&'static str>,
    /// Whether a record is another one when its time is another.
    pub(super) by_time: bool,
}

/// What is known about a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Met {
    pub(super) key: Option<Key>,
    pub(super) time: Option<Timestamp>,
}

impl Met {
    fn new<R: Leaf>(record: &R, marks: Marks) -> Self {
        let [id, time] = record.pick([marks.id, marks.time.unwrap_or_default()]);
        let time = time.as_ref().and_then(time_of);
        let key = id.as_ref().and_then(Key::of);
        let key = match (key, time.filter(|_| marks.by_time)) {
            (Some(key), Some(time)) => Some(key.at(time)),
            (key, _) => key,
        };
        Self { key, time }
    }
}

impl Received {
    pub(super) fn new<R: Leaf>(records: &[R], marks: Marks, said: Said) -> Self {
        let [has_more, count, next] = said;
        Self {
            records: records.iter().map(|record| Met::new(record, marks)).collect(),
            has_more: has_more.and_then(|said| said.as_bool()),
            count: count.and_then(|said| said.as_u64()),
            has_next: LISTS.next.is_some() && next.is_some_and(|said| stands_for_a_page(&said)),
            size: None,
            starts_known: false,
            has_new: false,
        }
    }

    /// Compares it with what was asked for and with what was met before. A record that nothing identifies is new, but
    /// may be the one that was expected.
    pub(super) fn compare(&mut self, size: Option<u64>, seen: &Seen) {
        let is_known = |met: &Met| met.key.as_ref().map(|key| seen.contains(key));
        self.size = size;
        self.starts_known = self.records.first().is_some_and(|first| is_known(first).unwrap_or(true));
        self.has_new = self.records.iter().any(|met| !is_known(met).unwrap_or(false));
    }

    pub(super) fn len(&self) -> u64 {
        u64::try_from(self.records.len()).unwrap_or(u64::MAX)
    }

    /// Whether nothing follows, as far as one can tell; `read` records lie before this page.
    ///
    /// A total beyond the records that were read means that more follow, unless nothing new comes, but not the reverse:
    /// some answers give the number of records on the page instead.
    pub(super) fn is_last(&self, read: u64) -> bool {
        let length = self.len();
        let promised = self.has_more == Some(true) || self.count.is_some_and(|count| count > read + length);
        let short = self.size.is_some_and(|size| length < size);
        length == 0 || self.has_more == Some(false) || (short && !(promised && self.has_new))
    }

    pub(super) fn times(&self) -> impl DoubleEndedIterator<Item = Timestamp> {
        self.records.iter().filter_map(|met| met.time)
    }
}

fn stands_for_a_page(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::String(text) => !text.is_empty(),
        Value::Bool(true) | Value::Number(_) | Value::Array(_) | Value::Object(_) => true,
    }
}

fn time_of(value: &Value) -> Option<Timestamp> {
    match value {
        Value::String(text) => DateTime::from(text.as_str()).timestamp(),
        Value::Number(number) => Timestamp::from_millisecond(number.as_i64()?).ok(),
        _ => None,
    }
}
