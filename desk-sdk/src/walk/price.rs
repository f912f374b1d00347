//! What the pages of a list cost, and how deep a list can be read.

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
