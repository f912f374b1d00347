//! Checks how often operations are used: they must exist, and be counted once.

use std::collections::BTreeSet;

use super::Checker;
use crate::load::Uses;

impl Checker<'_> {
    pub(super) fn uses(&mut self) {
        let loaded = self.loaded;
        let mut counted = BTreeSet::new();
        for (Uses { operation, requests, .. }, location) in &loaded.uses {
            let at = location.join("operation");
            if self.named(operation, &at).is_none() {
                continue;
            }
            if !counted.insert(operation) {
                self.fail(at, format!("{operation} is counted twice"), "add up both numbers in one entry");
            }
            if *requests == 0 {
                self.fail(location.join("requests"), format!("{operation} is never used"), "leave it out");
            }
        }
    }
}
