//! Settings that tests can change on a running server.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::exchange::download;
use crate::judge::check::{HIGHEST_FROM, Undeclared};

/// A server's current settings.
#[derive(Debug)]
pub(crate) struct Settings {
    /// The size of every file, in bytes.
    file: AtomicU64,
    accepts_undeclared: AtomicBool,
    strict: AtomicBool,
    highest_from: AtomicU64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            file: AtomicU64::new(download::SIZE),
            accepts_undeclared: AtomicBool::new(false),
            strict: AtomicBool::new(false),
            highest_from: AtomicU64::new(HIGHEST_FROM),
        }
    }
}

impl Settings {
    pub(crate) fn file(&self) -> u64 {
        self.file.load(Ordering::Relaxed)
    }

    pub(crate) fn set_file(&self, bytes: u64) {
        self.file.store(bytes, Ordering::Relaxed);
    }

    /// How to treat body fields that their types do not declare.
    pub(crate) fn undeclared(&self) -> Undeclared {
        if self.accepts_undeclared.load(Ordering::Relaxed) { Undeclared::Accepted } else { Undeclared::Refused }
    }

    pub(crate) fn accept_undeclared(&self, accept: bool) {
        self.accepts_undeclared.store(accept, Ordering::Relaxed);
    }

    /// Whether calls must be exactly as described, although Desk accepts more.
    pub(crate) fn strict(&self) -> bool {
        self.strict.load(Ordering::Relaxed)
    }

    pub(crate) fn set_strict(&self, strict: bool) {
        self.strict.store(strict, Ordering::Relaxed);
    }

    /// The highest `from` that lists and searches accept.
    pub(crate) fn highest_from(&self) -> u64 {
        self.highest_from.load(Ordering::Relaxed)
    }

    pub(crate) fn set_highest_from(&self, highest: u64) {
        self.highest_from.store(highest, Ordering::Relaxed);
    }
}
