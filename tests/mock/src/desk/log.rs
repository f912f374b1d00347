//! The requests received: kept for tests, and reported to observers.

use std::collections::VecDeque;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use super::received::Received;
use crate::accounts::TokenRequest;
use crate::common::lock::lock;

/// Called for every request.
type Watcher = Arc<dyn Fn(&Received) + Send + Sync>;

/// The requests received.
#[derive(Default)]
pub(crate) struct Log {
    received: Mutex<VecDeque<Received>>,
    /// The number of requests to keep; None keeps all.
    most: Mutex<Option<usize>>,
    watcher: Mutex<Option<Watcher>>,
    token_requests: Mutex<Vec<TokenRequest>>,
    /// The number of requests so far.
    number: AtomicU64,
}

impl fmt::Debug for Log {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Log({} requests)", self.received().len())
    }
}

impl Log {
    pub(crate) fn received(&self) -> MutexGuard<'_, VecDeque<Received>> {
        lock(&self.received)
    }

    /// The requests to the accounts server.
    pub(crate) fn token_requests(&self) -> MutexGuard<'_, Vec<TokenRequest>> {
        lock(&self.token_requests)
    }

    /// The number of the next request; the first one is 1.
    pub(crate) fn next_number(&self) -> u64 {
        self.number.fetch_add(1, Ordering::Relaxed) + 1
    }

    pub(crate) fn watch(&self, watcher: Watcher) {
        *lock(&self.watcher) = Some(watcher);
    }

    pub(crate) fn keep(&self, most: usize) {
        *lock(&self.most) = Some(most);
    }

    pub(crate) fn add(&self, request: Received) {
        // No lock is held while it runs: it may do anything with the server.
        let watcher = lock(&self.watcher).clone();
        if let Some(watcher) = watcher {
            watcher(&request);
        }
        let most = lock(&self.most).unwrap_or(usize::MAX);
        let mut received = self.received();
        received.push_back(request);
        while received.len() > most {
            received.pop_front();
        }
    }
}
