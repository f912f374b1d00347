//! Which page of a list could not be read.

use std::fmt;

use super::Error;
use crate::position::Position;

/// A page that could not be read. The pages before it were.
#[derive(Debug)]
#[non_exhaustive]
pub struct FailedPage {
    /// The operation that was called.
    pub operation: &'static str,
    /// The page's number, counted from 1.
    pub number: u64,
    /// Where it starts: reading can be [resumed](crate::Pages::resume_from) from here.
    pub position: Position,
    /// Why it could not be read.
    pub reason: Error,
}

impl fmt::Display for FailedPage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { number, position, reason, .. } = self;
        write!(f, "page {number} could not be read ({position}): {reason}")
    }
}
