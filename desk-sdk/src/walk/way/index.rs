//! An index within a list that may move while it is read.

use super::super::received::Received;

/// The next index. Each page repeats the last record of the one before, so that one sees whether records before it have
/// disappeared.
#[derive(Clone, Copy, Debug)]
pub(super) struct Index {
    pub(super) from: u64,
    /// Whether the page should start with a record that was met.
    overlaps: bool,
}

impl Index {
    pub(super) fn at(from: u64) -> Self {
        Self { from, overlaps: from > 0 }
    }

    /// Whether records before this page have disappeared, so that others took their places; then it goes back.
    pub(super) fn has_moved(&mut self, received: &Received) -> bool {
        let moved = self.overlaps && self.from > 0 && !received.starts_known;
        if moved {
            self.from = self.from.saturating_sub(received.size.unwrap_or_default().max(received.len()).max(2) - 1);
        }
        moved
    }

    pub(super) fn advance(&mut self, received: &Received) {
        self.from = self.from.saturating_add(received.len().max(2) - 1);
        self.overlaps = true;
    }
}
