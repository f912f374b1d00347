//! What the pages of a list cost, and how deep a list can be read.

use crate::operation::Operation;

/// The highest index from which a list can be read. The service says so of searches, and a client that reads other
/// lists knows the same of them.
pub(super) const DEEPEST: u64 = 4_999;

/// The highest index at the lowest price.
pub(super) const CHEAP: u64 = PRICES[0].0;

/// The price of a page in credits, by the highest index of each price band.
const PRICES: [(u64, u64); 4] = [(2_000, 3), (5_000, 5), (10_000, 10), (50_000, 50)];

/// The price of a page beyond those.
const BEYOND: u64 = 100;

/// The price of a page that starts at this index.
pub(super) fn of_page(from: u64) -> u64 {
    PRICES.iter().find(|(highest, _)| from <= *highest).map_or(BEYOND, |(_, price)| *price)
}

impl Operation {
    /// What a call costs in credits: for a list with pages, that of the page that starts at this index; otherwise 1.
    ///
    /// ```
    /// let tickets = desk_sdk::operation("get_tickets").unwrap();
    /// assert_eq!((tickets.credits_from(0), tickets.credits_from(4_999)), (3, 5));
    /// assert_eq!(desk_sdk::operation("get_ticket").unwrap().credits_from(0), 1);
    /// ```
    pub fn credits_from(&self, index: u64) -> u64 {
        if self.paging.is_some() { of_page(index) } else { 1 }
    }
}
