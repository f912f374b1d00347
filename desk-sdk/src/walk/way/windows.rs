//! Window by window of a time, for lists that can be filtered but not sorted by it. A window with too many records is
//! divided, and the next one is as wide as the last one's fill suggests.

use jiff::{SignedDuration, Timestamp};

use super::super::ask::Ask;
use super::super::price::{CHEAP, is_dear};
use super::super::received::Received;
use super::Timed;
use super::index::Index;
use crate::position::Place;
use crate::walk_error::WalkError;

/// A window that is not divided any more.
const NARROWEST: SignedDuration = SignedDuration::from_secs(1);

/// How many records a window should have, so that their index stays at the lowest price.
const FILL: u64 = CHEAP / 4 * 3;

/// A window of time, and the next index in it.
#[derive(Debug)]
pub(in crate::walk) struct Windows {
    pub(super) timed: Timed,
    since: Timestamp,
    until: Timestamp,
    end: Timestamp,
    index: Index,
    /// The times of the window's records.
    times: Vec<Timestamp>,
}

impl Windows {
    pub(in crate::walk) fn new(
        timed: Timed,
        (since, until): (Timestamp, Timestamp),
        end: Timestamp,
        from: u64,
    ) -> Self {
        Self { timed, since, until, end, index: Index::at(from), times: Vec::new() }
    }

    /// The same walk from another window. If that was the last one, it now reaches up to the present.
    pub(super) fn at(&self, (since, until): (Timestamp, Timestamp), end: Timestamp, from: u64) -> Self {
        let until = if until < end { until } else { until.max(self.end) };
        Self::new(self.timed, (since, until), end.max(self.end), from)
    }

    pub(in crate::walk) fn ask(&self) -> Ask {
        let range = Some((self.timed.range, self.since, self.until));
        Ask { from: Some(self.timed.first + self.index.from), range, ..Ask::default() }
    }

    pub(in crate::walk) fn place(&self) -> Place {
        let field = self.timed.field.to_owned();
        Place::Windows { field, since: self.since, until: self.until, end: self.end, from: self.index.from }
    }

    /// Records before this time cannot come again.
    pub(in crate::walk) fn since(&self) -> Timestamp {
        self.since
    }

    /// Whether this was the last page.
    pub(in crate::walk) fn take(&mut self, received: &Received) -> bool {
        if self.index.has_moved(received) {
            return false;
        }
        self.times.extend(received.times());
        if received.is_last(self.index.from) {
            return self.next_window();
        }
        let width = self.until.duration_since(self.since);
        if is_dear(self.index.from + received.len()) && width > NARROWEST {
            self.until = self.divided(width);
            self.index = Index::at(0);
            self.times.clear();
        } else {
            self.index.advance(received);
        }
        false
    }

    /// Whether there is none.
    fn next_window(&mut self) -> bool {
        if self.until >= self.end {
            return true;
        }
        let width = self.until.duration_since(self.since).max(NARROWEST);
        let fill = u64::try_from(self.times.len()).unwrap_or(u64::MAX).max(1);
        let factor = (FILL / fill).clamp(1, 4);
        let wider = width.checked_mul(i32::try_from(factor).unwrap_or(1)).unwrap_or(width);
        self.since = self.until;
        self.until = self.until.checked_add(wider).unwrap_or(self.end).min(self.end);
        self.index = Index::at(0);
        self.times.clear();
        false
    }

    /// The end of a smaller window: at most half as wide, and with at most half of the records that were met.
    fn divided(&mut self, width: SignedDuration) -> Timestamp {
        let half = self.since.checked_add(width / 2).unwrap_or(self.until);
        self.times.sort_unstable();
        let median = self.times.get(self.times.len() / 2).copied().unwrap_or(half);
        let narrowest = self.since.checked_add(NARROWEST).unwrap_or(self.until);
        half.min(median).max(narrowest)
    }

    /// The error if even the narrowest window is too deep.
    pub(in crate::walk) fn too_many(&self, from: u64) -> WalkError {
        self.timed.too_many(self.since, from)
    }
}
