//! By index, in the order in which the service gives the records.

use super::super::ask::{Ask, records_before};
use super::super::received::Received;
use crate::generated::api::LISTS;
use crate::position::{Key, Place};

/// The next index of a list.
#[derive(Debug)]
pub(in crate::walk) struct Offset {
    from: u64,
    /// The records of the last page.
    last: Vec<Key>,
}

impl Offset {
    pub(in crate::walk) fn new(from: u64) -> Self {
        Self { from, last: Vec::new() }
    }

    pub(in crate::walk) fn ask(&self) -> Ask {
        Ask { from: Some(self.from), ..Ask::default() }
    }

    /// The page after the next, provided the next one is full.
    pub(in crate::walk) fn after(ask: &Ask, size: u64) -> Ask {
        Ask { from: ask.from.map(|from| following(from, size)), ..ask.clone() }
    }

    pub(in crate::walk) fn place(&self) -> Place {
        Place::Offset { from: self.from }
    }

    /// Whether this was the last page.
    pub(in crate::walk) fn take(&mut self, received: &Received, first: u64) -> bool {
        let keys: Vec<Key> = received.records.iter().filter_map(|met| met.key.clone()).collect();
        // A list that has no pages gives all its records each time.
        let repeated = !keys.is_empty() && keys.len() == received.records.len() && keys == self.last;
        let read = records_before(self.from.saturating_sub(first), received.size);
        let last = repeated || received.is_last(read);
        self.from = following(self.from, received.len());
        self.last = keys;
        last
    }
}

/// The next index. The deepest one is not skipped, because a list that ends just there would seem to be deeper.
fn following(from: u64, length: u64) -> u64 {
    if LISTS.by_page {
        return from.saturating_add(1);
    }
    let next = from.saturating_add(length);
    LISTS.deepest.filter(|deepest| from < *deepest && next > *deepest).unwrap_or(next)
}
