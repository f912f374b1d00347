//! Locks that outlive a panic of a test's own thread.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// The value behind a lock.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
