//! Places.

use std::fmt;

/// Where something stands: a file by its number, a line, and a column. There are millions of places, so one is a single
/// number; what is beyond its limits counts as being at them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(super) struct Place(u64);

impl Place {
    const FILE_BITS: u32 = 20;
    /// No file is read that has more lines than its largest length in bytes.
    const LINE_BITS: u32 = 24;
    const COLUMN_BITS: u32 = 20;

    /// Line and column are from 1, the column in characters.
    pub(super) fn new(file: usize, line: usize, column: usize) -> Self {
        let limited = |number: usize, bits: u32| (number as u64).min((1 << bits) - 1);
        let above = limited(file, Self::FILE_BITS) << Self::LINE_BITS | limited(line, Self::LINE_BITS);
        Self(above << Self::COLUMN_BITS | limited(column, Self::COLUMN_BITS))
    }

    pub(super) fn file(self) -> u32 {
        (self.0 >> (Self::LINE_BITS + Self::COLUMN_BITS)) as u32
    }

    pub(super) fn line(self) -> u32 {
        (self.0 >> Self::COLUMN_BITS) as u32 & ((1 << Self::LINE_BITS) - 1)
    }

    pub(super) fn column(self) -> u32 {
        self.0 as u32 & ((1 << Self::COLUMN_BITS) - 1)
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file(), self.line(), self.column())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_keeps_what_it_is_given_up_to_its_limits() {
        for (file, line, column) in [(0, 0, 0), (7, 1, 1), (1_048_575, 16_777_215, 1_048_575)] {
            let place = Place::new(file, line, column);
            let told = (place.file() as usize, place.line() as usize, place.column() as usize);
            assert_eq!(told, (file, line, column));
        }
        let far = Place::new(3, 1 << 30, 1 << 30);
        assert_eq!((far.file(), far.line(), far.column()), (3, 16_777_215, 1_048_575));
        assert!(Place::new(1, 2, 9) < Place::new(1, 3, 1) && far < Place::new(4, 1, 1));
    }
}
