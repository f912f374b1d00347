//! In the order of a time, oldest first, from the last record on: however many records there are, their index stays
//! low, so each page has the lowest price, and records that appear or disappear elsewhere move nothing.

use jiff::{SignedDuration, Timestamp};

use super::super::ask::Ask;
use super::super::price::is_dear;
use super::super::received::Received;
use super::Timed;
use super::index::Index;
use crate::position::Place;
use crate::walk_error::WalkError;

/// How far each page reaches back beyond the last record: services compare times by the second, and records of one
/// second may come in any order.
const OVERLAP: SignedDuration = SignedDuration::from_secs(1);

/// How far it reaches back where so many records have almost the same time that their index would become high.
const SMALL_OVERLAP: SignedDuration = SignedDuration::from_millis(1);

/// The time from which to read on.
#[derive(Debug)]
pub(in crate::walk) struct Oldest {
    pub(super) timed: Timed,
    since: Timestamp,
    end: Timestamp,
    index: Index,
}

impl Oldest {
    pub(in crate::walk) fn new(timed: Timed, since: Timestamp, end: Timestamp, from: u64) -> Self {
        Self { timed, since, end, index: Index::at(from) }
    }

    /// The same walk from another time.
    pub(super) fn at(&self, since: Timestamp, from: u64) -> Self {
        Self::new(self.timed, since, self.end, from)
    }

    /// The error if too many records have one time.
    pub(in crate::walk) fn too_many(&self, from: u64) -> WalkError {
        self.timed.too_many(self.since, from)
    }

    pub(in crate::walk) fn ask(&self) -> Ask {
        let range = Some((self.timed.range, self.since, self.end));
        Ask {
            from: Some(self.timed.first + self.index.from),
            range,
            sort: Some(self.timed.sort.to_owned()),
            ..Ask::default()
        }
    }

    pub(in crate::walk) fn place(&self) -> Place {
        Place::Oldest { field: self.timed.field.to_owned(), since: self.since, from: self.index.from }
    }

    /// Records before this time cannot come again.
    pub(in crate::walk) fn since(&self) -> Timestamp {
        self.since
    }

    /// Whether this was the last page.
    pub(in crate::walk) fn take(&mut self, received: &Received) -> Result<bool, WalkError> {
        self.timed.in_order(received.times(), OVERLAP)?;
        if self.index.has_moved(received) {
            return Ok(false);
        }
        if received.is_last(self.index.from) {
            return Ok(true);
        }
        let latest = received.times().max().ok_or_else(|| self.timed.no_time())?;
        let overlap = if is_dear(self.index.from) { SMALL_OVERLAP } else { OVERLAP };
        let next = latest.checked_sub(overlap).unwrap_or(latest);
        if next > self.since {
            self.since = next;
            self.index = Index::at(0);
        } else {
            self.index.advance(received);
        }
        Ok(false)
    }
}
