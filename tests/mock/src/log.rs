//! What arrived: kept for tests, and told to whoever watches.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Mutex, MutexGuard};

use crate::lock::lock;
use crate::received::Received;

/// Told of every request.
type Watcher = Box<dyn Fn(&Received) + Send + Sync>;

/// The requests that arrived.
#[derive(Default)]
pub(crate) struct Log {
    received: Mutex<VecDeque<Received>>,
    /// How many are kept; none: all.
    most: Mutex<Option<usize>>,
    watcher: Mutex<Option<Watcher>>,
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

    pub(crate) fn watch(&self, watcher: Watcher) {
        *lock(&self.watcher) = Some(watcher);
    }

    pub(crate) fn keep(&self, most: usize) {
        *lock(&self.most) = Some(most);
    }

    pub(crate) fn add(&self, request: Received) {
        if let Some(watcher) = &*lock(&self.watcher) {
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
