//! How many calls are made at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// An edition of Desk, which determines how many calls an organization may make at once and per day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Edition {
    /// 5 calls at once, 5,000 credits a day.
    Free,
    /// 10 calls at once, 25,000 credits a day.
    Express,
    /// 10 calls at once, 50,000 credits a day.
    Standard,
    /// 15 calls at once, 75,000 credits a day.
    Professional,
    /// 25 calls at once, 100,000 credits a day.
    Enterprise,
}

impl Edition {
    /// How many calls an organization may make at once.
    pub fn simultaneous_calls(self) -> usize {
        match self {
            Self::Free => 5,
            Self::Express | Self::Standard => 10,
            Self::Professional => 15,
            Self::Enterprise => 25,
        }
    }

    /// How many credits an organization has per day; its users add some more.
    pub fn credits_a_day(self) -> u64 {
        match self {
            Self::Free => 5_000,
            Self::Express => 25_000,
            Self::Standard => 50_000,
            Self::Professional => 75_000,
            Self::Enterprise => 100_000,
        }
    }
}

/// How many calls in a row must succeed before the limit is raised by one.
const CALM: usize = 50;

/// Slots for calls, assigned in the order of requests. If the API says that there are too many calls at once, there are
/// fewer slots for a while.
#[derive(Debug)]
pub(super) struct Limiter {
    places: Arc<Semaphore>,
    most: usize,
    now: AtomicUsize,
    calm: AtomicUsize,
}

impl Limiter {
    pub(super) fn new(most: usize) -> Self {
        let most = most.clamp(1, Semaphore::MAX_PERMITS);
        Self { places: Arc::new(Semaphore::new(most)), most, now: AtomicUsize::new(most), calm: AtomicUsize::new(0) }
    }

    /// A slot that is free right now. Those who wait come first.
    pub(super) fn free_place(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.places).try_acquire_owned().ok()
    }

    /// Waits for a slot.
    pub(super) async fn place(&self) -> Option<OwnedSemaphorePermit> {
        // The semaphore is never closed, so a slot always becomes available eventually.
        Arc::clone(&self.places).acquire_owned().await.ok()
    }

    /// A call was accepted: after a quiet period, one more slot is restored.
    pub(super) fn succeeded(&self) {
        let calm = self.calm.fetch_add(1, Ordering::Relaxed) + 1;
        if calm.is_multiple_of(CALM) && self.change(|now| (now < self.most).then_some(now + 1)) {
            self.places.add_permits(1);
        }
    }

    /// There were too many calls at once: this call's slot is removed.
    pub(super) fn crowded(&self, place: Option<OwnedSemaphorePermit>) {
        self.calm.store(0, Ordering::Relaxed);
        if let Some(place) = place
            && self.change(|now| (now > 1).then_some(now - 1))
        {
            place.forget();
        }
    }

    fn change(&self, change: impl Fn(usize) -> Option<usize>) -> bool {
        self.now.fetch_update(Ordering::Relaxed, Ordering::Relaxed, change).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn places_go_and_come_back() {
        let limiter = Limiter::new(3);
        for _ in 0..5 {
            let place = limiter.place().await;
            limiter.crowded(place);
        }
        assert_eq!(limiter.places.available_permits(), 1, "the last place stays");
        for _ in 0..CALM * 5 {
            limiter.succeeded();
        }
        assert_eq!(limiter.places.available_permits(), 3, "there are never more than at first");
    }
}
