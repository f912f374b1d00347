//! The day's credits, as far as a client knows them.

use std::sync::atomic::{AtomicU64, Ordering};

use http::HeaderMap;

use crate::credits;

/// What is known about the day's credits. A call costs 1 to 100 of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Credits {
    /// What this client's calls have cost so far.
    pub spent: u64,
    /// What the organization has left today, according to the last answer; other programs spend credits as well.
    pub left: Option<u64>,
}

const UNKNOWN: u64 = u64::MAX;

#[derive(Debug)]
pub(super) struct CreditMeter {
    spent: AtomicU64,
    left: AtomicU64,
}

impl CreditMeter {
    pub(super) fn new() -> Self {
        Self { spent: AtomicU64::new(0), left: AtomicU64::new(UNKNOWN) }
    }

    pub(super) fn read(&self, headers: &HeaderMap) {
        if let Some(cost) = credits::spent(headers) {
            self.spent.fetch_add(cost, Ordering::Relaxed);
        }
        if let Some(left) = credits::left(headers) {
            self.left.store(left, Ordering::Relaxed);
        }
    }

    pub(super) fn credits(&self) -> Credits {
        let left = Some(self.left.load(Ordering::Relaxed)).filter(|left| *left != UNKNOWN);
        Credits { spent: self.spent.load(Ordering::Relaxed), left }
    }
}
