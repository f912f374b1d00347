//! The ways to walk through a list.

mod index;
mod newest;
mod offset;
mod oldest;
mod windows;

use jiff::{SignedDuration, Timestamp};

pub(super) use self::newest::Newest;
pub(super) use self::offset::Offset;
pub(super) use self::oldest::Oldest;
pub(super) use self::windows::Windows;
use super::ask::Ask;
use super::received::Received;
use crate::position::Place;
use crate::walk_error::WalkError;

/// The time by which a list is walked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Timed {
    pub(super) operation: &'static str,
    /// The index of the first record.
    pub(super) first: u64,
    /// The records' field.
    pub(super) field: &'static str,
    /// The parameter for a range of it; empty if there is none.
    pub(super) range: &'static str,
    /// The value of `sortBy`; empty if there is none.
    pub(super) sort: &'static str,
}

impl Timed {
    fn no_time(self) -> WalkError {
        WalkError::NoTime { operation: self.operation, field: self.field }
    }

    fn too_many(self, time: Timestamp, from: u64) -> WalkError {
        WalkError::TooManyAtOnce { operation: self.operation, field: self.field, time, from }
    }

    /// Whether times ascend, apart from a little disorder.
    fn in_order(self, times: impl Iterator<Item = Timestamp>, disorder: SignedDuration) -> Result<(), WalkError> {
        let mut latest = Timestamp::MIN;
        for time in times {
            if latest.duration_since(time) > disorder {
                return Err(WalkError::OutOfOrder { operation: self.operation, field: self.field });
            }
            latest = latest.max(time);
        }
        Ok(())
    }
}

/// How much of a list is left, for an estimate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    Whole,
    ByIndex {
        from: u64,
        first: u64,
    },
    ByTime,
    /// Down to a time, which is somewhere in the list.
    Down,
}

/// How a list without pages ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Real,
    /// There may be more records than it gives.
    Cut,
}

/// A way through a list, and how far it has been walked.
#[derive(Debug)]
pub(super) enum Way {
    /// A list without pages, which may be cut after a number of records.
    Whole {
        cut: Option<u64>,
        read: Option<End>,
    },
    Offset(Offset),
    Oldest(Oldest),
    Newest(Newest),
    Windows(Windows),
}

impl Way {
    /// The next page.
    pub(super) fn ask(&self) -> Ask {
        match self {
            Self::Whole { cut, .. } => Ask { limit: *cut, ..Ask::default() },
            Self::Offset(offset) => offset.ask(),
            Self::Oldest(oldest) => oldest.ask(),
            Self::Newest(newest) => newest.ask(),
            Self::Windows(windows) => windows.ask(),
        }
    }

    /// Where it has got to.
    pub(super) fn place(&self) -> Place {
        match self {
            Self::Whole { read, .. } => Place::Offset { from: u64::from(read.is_some()) },
            Self::Offset(offset) => offset.place(),
            Self::Oldest(oldest) => oldest.place(),
            Self::Newest(newest) => newest.place(),
            Self::Windows(windows) => windows.place(),
        }
    }

    /// The same way from another place; none if the place belongs to another way.
    pub(super) fn at_place(&self, place: &Place) -> Option<Self> {
        Some(match (self, place) {
            (Self::Whole { cut, .. }, Place::Offset { from }) => {
                Self::Whole { cut: *cut, read: (*from > 0).then_some(End::Real) }
            }
            (Self::Offset(_), Place::Offset { from }) => Self::Offset(Offset::new(*from)),
            (Self::Oldest(known), Place::Oldest { field, since, from }) if field == known.timed.field => {
                Self::Oldest(known.at(*since, *from))
            }
            (Self::Newest(known), Place::Newest { field, until, newest, from }) if field == known.timed.field => {
                Self::Newest(Newest::new(known.timed, *until, *newest, *from))
            }
            (Self::Windows(known), Place::Windows { field, since, until, end, from }) if field == known.timed.field => {
                Self::Windows(known.at((*since, *until), *end, *from))
            }
            _ => return None,
        })
    }

    /// How much is left.
    pub(super) fn extent(&self, first: u64) -> Extent {
        match self {
            Self::Whole { .. } => Extent::Whole,
            Self::Offset(offset) => Extent::ByIndex { from: offset.ask().from.unwrap_or(first), first },
            Self::Newest(_) => Extent::Down,
            Self::Oldest(_) | Self::Windows(_) => Extent::ByTime,
        }
    }

    /// The field with the time by which it goes.
    pub(super) fn field(&self) -> Option<&'static str> {
        match self {
            Self::Whole { .. } | Self::Offset(_) => None,
            Self::Oldest(oldest) => Some(oldest.timed.field),
            Self::Newest(newest) => Some(newest.timed.field),
            Self::Windows(windows) => Some(windows.timed.field),
        }
    }

    /// Takes in a page of a list whose first index is this. Whether it was the last one.
    pub(super) fn take(&mut self, received: &Received, first: u64) -> Result<bool, WalkError> {
        Ok(match self {
            Self::Whole { cut, read } => {
                let cut_short = cut.is_some_and(|cut| received.len() >= cut);
                if received.has_next && !cut_short {
                    *cut = Some(received.len());
                }
                let end = if cut_short || received.has_next { End::Cut } else { End::Real };
                *read = Some(end);
                end == End::Real
            }
            Self::Offset(offset) => offset.take(received, first),
            Self::Oldest(oldest) => oldest.take(received)?,
            Self::Newest(newest) => newest.take(received)?,
            Self::Windows(windows) => windows.take(received),
        })
    }

    /// Whether a record is one that the walk is about.
    pub(super) fn wants(&self, time: Option<Timestamp>) -> bool {
        match self {
            Self::Newest(newest) => time.is_none_or(|time| time >= newest.until()),
            Self::Whole { .. } | Self::Offset(_) | Self::Oldest(_) | Self::Windows(_) => true,
        }
    }

    /// Records before this time cannot come again. None: only those of the last page are likely to.
    pub(super) fn since(&self) -> Option<Timestamp> {
        match self {
            Self::Whole { .. } | Self::Offset(_) => None,
            Self::Oldest(oldest) => Some(oldest.since()),
            Self::Newest(newest) => Some(newest.since()),
            Self::Windows(windows) => Some(windows.since()),
        }
    }
}
