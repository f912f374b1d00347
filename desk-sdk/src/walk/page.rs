//! A page of a list.

use std::fmt;

use super::plan::within;
use super::received::Met;
use crate::answer::Meta;
use crate::position::Position;

/// A page of a list, without records that an earlier page had.
#[derive(Clone)]
#[non_exhaustive]
pub struct Page<R> {
    /// The records.
    pub records: Vec<R>,
    /// Its number, counted from 1.
    pub number: u64,
    meta: Meta,
    position: Position,
    pub(super) trail: Trail,
}

/// Where a page begins, and what its records are.
#[derive(Clone, Debug)]
pub(super) struct Trail {
    pub(super) before: Position,
    /// The places of the records among those that were received, and what identifies them.
    pub(super) keys: Vec<(usize, Met)>,
}

impl<R> Page<R> {
    pub(super) fn new(records: Vec<R>, number: u64, meta: Meta, position: Position, trail: Trail) -> Self {
        Self { records, number, meta, position, trail }
    }

    /// The same page with only its first records.
    pub(super) fn truncated(mut self, length: usize) -> Self {
        if length < self.records.len() {
            self.records.truncate(length);
            self.trail.keys.truncate(length);
            self.position = within(&self.trail.before, &self.trail.keys);
        }
        self
    }

    /// The position after it, to [resume](super::Pages::resume_from) from.
    pub fn position(&self) -> &Position {
        &self.position
    }

    /// Status, headers and credits of its answer.
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// The records alone.
    pub fn into_records(self) -> Vec<R> {
        self.records
    }
}

impl<R> IntoIterator for Page<R> {
    type Item = R;
    type IntoIter = std::vec::IntoIter<R>;

    fn into_iter(self) -> Self::IntoIter {
        self.records.into_iter()
    }
}

impl<'a, R> IntoIterator for &'a Page<R> {
    type Item = &'a R;
    type IntoIter = std::slice::Iter<'a, R>;

    fn into_iter(self) -> Self::IntoIter {
        self.records.iter()
    }
}

impl<R: fmt::Debug> fmt::Debug for Page<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Page")
            .field("number", &self.number)
            .field("records", &self.records)
            .field("position", &self.position)
            .finish_non_exhaustive()
    }
}
