//! What the pages of a list cost, and how deep a list can be read.

use crate::api::Prices;
use crate::generated::api::{LISTS, PRICES};
use crate::operation::Operation;

/// The highest index of a record that the service gives.
pub(super) const DEEPEST: u64 = match LISTS.deepest {
    Some(deepest) => deepest,
    None => u64::MAX,
};

/// The highest index at the lowest price.
pub(super) const CHEAP: u64 = match PRICES {
    Some(Prices { pages: [(highest, _), ..], .. }) => *highest,
    _ => DEEPEST,
};

/// Whether the service gives no record with this index.
pub(super) fn is_too_deep(index: u64) -> bool {
    LISTS.deepest.is_some_and(|deepest| index > deepest)
}

/// Whether a page that starts at this index costs more than the first.
pub(super) fn is_dear(index: u64) -> bool {
    of_page(index) > of_page(0)
}

/// The price of a page that starts at this index.
pub(super) fn of_page(from: u64) -> u64 {
    let Some(prices) = PRICES else { return 1 };
    prices.pages.iter().find(|(highest, _)| from <= *highest).map_or(prices.beyond, |(_, price)| *price)
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
