//! How much an audit does: whatever the source is, it comes to an end, and tells where it gave up.

use super::nesting::STACK;
use super::place::Place;

/// More steps than a function takes that people write: some thousands are usual.
const MOST_OF_ITEM: u64 = 1_000_000;

/// The steps of a program in all: so many, and so many for each byte of its source.
const MOST: u64 = 20_000_000;
const MOST_OF_BYTE: u64 = 40;

/// What has to be left of the stack, for what goes down without asking.
const RESERVE: usize = 64 << 20;

/// Why what follows a place is not seen.
pub(super) const SPENT: &str =
    "this takes too many steps to be followed to its end: what is called from here on is not seen";

/// Steps that are left: for a function or another item, and for the program. A step is an expression or a type that is
/// looked at, or as much work as that.
#[derive(Debug)]
pub(super) struct Budget {
    item: u64,
    all: u64,
    taken: u64,
    /// What was looked at last.
    pub(super) at: Place,
    spent_at: Option<Place>,
    /// The address of something at the bottom of the stack.
    bottom: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self { item: MOST_OF_ITEM, all: MOST, taken: 0, at: Place::default(), spent_at: None, bottom: here() }
    }
}

impl Budget {
    /// For a program of so many bytes.
    pub(super) fn of(bytes: usize) -> Self {
        Self { all: MOST + MOST_OF_BYTE * bytes as u64, ..Self::default() }
    }

    /// Goes on to another item.
    pub(super) fn begin(&mut self, at: Place) {
        (self.item, self.at) = (MOST_OF_ITEM, at);
    }

    /// Takes steps; `false` if none are left, which is noted.
    pub(super) fn spend(&mut self, steps: usize) -> bool {
        let steps = steps as u64;
        if self.is_spent() {
            return false;
        }
        (self.item, self.all) = (self.item.saturating_sub(steps), self.all.saturating_sub(steps));
        self.taken += steps;
        if self.item == 0 || self.all == 0 {
            self.give_up();
        }
        !self.is_spent()
    }

    /// Takes a step down; `false` if none is left, or not enough of the stack.
    pub(super) fn goes(&mut self) -> bool {
        if self.bottom.abs_diff(here()) > STACK - RESERVE {
            self.give_up();
        }
        self.spend(1)
    }

    /// Something was not followed to its end, which is noted; the rest goes on.
    pub(super) fn lose(&mut self) {
        self.spent_at.get_or_insert(self.at);
    }

    /// Nothing more is done for this item.
    fn give_up(&mut self) {
        self.item = 0;
        self.lose();
    }

    pub(super) fn is_spent(&self) -> bool {
        self.item == 0 || self.all == 0
    }

    /// Where the steps were used up, if they were.
    pub(super) fn take_spent(&mut self) -> Option<Place> {
        self.spent_at.take()
    }

    pub(super) fn taken(&self) -> u64 {
        self.taken
    }
}

/// An address of the stack.
fn here() -> usize {
    let here = 0_u8;
    std::ptr::from_ref(&here).addr()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_spent_is_told_once_and_the_next_item_has_its_own() {
        let mut budget = Budget::of(0);
        let place = Place::new(1, 2, 3);
        budget.begin(place);
        assert!(budget.spend(MOST_OF_ITEM as usize - 1) && !budget.is_spent());
        assert!(!budget.goes() && !budget.spend(1) && budget.is_spent());
        assert_eq!((budget.take_spent(), budget.take_spent(), budget.taken()), (Some(place), None, MOST_OF_ITEM));
        budget.begin(Place::default());
        assert!(budget.goes());
    }

    #[test]
    fn a_program_has_an_end_as_well() {
        let mut budget = Budget::of(1);
        let mut items = 0;
        while !{
            budget.begin(Place::default());
            budget.is_spent()
        } {
            budget.spend(usize::MAX);
            items += 1;
        }
        assert_eq!((items, budget.spend(1)), (1, false));
        assert!(budget.take_spent().is_some());
    }
}
