//! In the order of a time, newest first, until a record comes that is older than wanted: for lists that can be sorted
//! but not filtered.

use jiff::{SignedDuration, Timestamp};

use super::super::ask::Ask;
use super::super::received::Received;
use super::Timed;
use super::index::Index;
use crate::position::Place;
use crate::walk_error::WalkError;

/// Records of one second may come in any order.
const DISORDER: SignedDuration = SignedDuration::from_secs(1);

/// The next index, and where to stop.
#[derive(Debug)]
pub(in crate::walk) struct Newest {
    pub(super) timed: Timed,
    until: Timestamp,
    newest: Option<Timestamp>,
    index: Index,
    ended: bool,
}

impl Newest {
    pub(in crate::walk) fn new(timed: Timed, until: Timestamp, newest: Option<Timestamp>, from: u64) -> Self {
        Self { timed, until, newest, index: Index::at(from), ended: false }
    }

    pub(in crate::walk) fn ask(&self) -> Ask {
        Ask {
            from: Some(self.timed.first + self.index.from),
            sort: Some(format!("-{}", self.timed.sort)),
            ..Ask::default()
        }
    }

    /// Once all is read, the next walk goes down to the newest record of this one.
    pub(in crate::walk) fn place(&self) -> Place {
        let field = self.timed.field.to_owned();
        match self.ended {
            true => Place::Newest { field, until: self.newest.unwrap_or(self.until), newest: None, from: 0 },
            false => Place::Newest { field, until: self.until, newest: self.newest, from: self.index.from },
        }
    }

    /// Records before this time are not wanted.
    pub(in crate::walk) fn until(&self) -> Timestamp {
        self.until
    }

    /// Records before this time cannot come again, once all is read.
    pub(in crate::walk) fn since(&self) -> Timestamp {
        if self.ended { self.newest.unwrap_or(self.until) } else { self.until }
    }

    /// Whether this was the last page.
    pub(in crate::walk) fn take(&mut self, received: &Received) -> Result<bool, WalkError> {
        self.timed.in_order(received.times().rev(), DISORDER)?;
        if self.newest.is_none() {
            self.newest = received.times().max();
        }
        if self.index.has_moved(received) {
            return Ok(false);
        }
        if received.records.iter().any(|met| met.time.is_none()) {
            return Err(self.timed.no_time());
        }
        // Within the disorder, older records may come before newer ones.
        let floor = self.until.checked_sub(DISORDER).unwrap_or(self.until);
        self.ended = received.is_last(self.index.from) || received.times().any(|time| time < floor);
        self.index.advance(received);
        Ok(self.ended)
    }
}
