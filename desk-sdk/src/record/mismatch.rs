//! Values that do not fit their declared type.

use std::fmt;
use std::ops::Deref;

use crate::secrets::Secrets;
use crate::shown::line;

/// A value that does not fit its declared type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// Where it is, such as `data[3].dueDate`; empty for the answer as a whole.
    pub path: String,
    /// What was declared.
    pub expected: &'static str,
    /// What was received.
    pub found: String,
}

impl Mismatch {
    /// Hides secrets that a peer has repeated.
    pub(crate) fn hide(&mut self, secrets: &Secrets) {
        self.path = secrets.shortened(std::mem::take(&mut self.path));
        self.found = secrets.shortened(std::mem::take(&mut self.found));
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Keys and values come from elsewhere and may contain anything.
        let path = if self.path.is_empty() { "the answer" } else { &line(&self.path, 200) };
        write!(f, "{path}: expected {}, found {}", self.expected, line(&self.found, 200))
    }
}

/// The values of an answer that did not fit: the first thousand, and the total number. A body of a few megabytes can
/// contain millions, which would take a hundred times its size.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mismatches {
    kept: Vec<Mismatch>,
    total: usize,
}

impl Mismatches {
    /// A body of some megabytes can hold millions, which would take a hundred times its size.
    const MOST: usize = 1000;

    /// How many values did not fit, including those not in the list.
    #[inline]
    pub fn total(&self) -> usize {
        self.total
    }

    pub(crate) fn hide(&mut self, secrets: &Secrets) {
        self.kept.iter_mut().for_each(|mismatch| mismatch.hide(secrets));
    }

    pub(super) fn note(&mut self, mismatch: impl FnOnce() -> Mismatch) {
        self.total += 1;
        if self.kept.len() < Self::MOST {
            self.kept.push(mismatch());
        }
    }
}

impl Mismatches {
    /// Forgets those at a place, and in it.
    pub(super) fn forget(&mut self, place: &str) {
        let before = self.kept.len();
        let rest = |path: &str| path.strip_prefix(place).map(|rest| rest.is_empty() || rest.starts_with(['.', '[']));
        self.kept.retain(|mismatch| rest(&mismatch.path) != Some(true));
        self.total -= before - self.kept.len();
    }
}

impl Deref for Mismatches {
    type Target = [Mismatch];

    fn deref(&self) -> &[Mismatch] {
        &self.kept
    }
}
