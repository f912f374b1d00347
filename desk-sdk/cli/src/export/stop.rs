//! Ending on request: once what was read is on the disk.

use std::future::Future;
use std::sync::Arc;

use tokio::sync::watch;

/// Whether the export is asked to end.
#[derive(Clone, Debug)]
pub struct Stop(Arc<watch::Sender<bool>>);

impl Default for Stop {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(false)))
    }
}

impl Stop {
    /// Asks the export to end.
    pub fn request(&self) {
        self.0.send_replace(true);
    }

    /// Whether it is asked to end.
    pub fn is_requested(&self) -> bool {
        *self.0.borrow()
    }

    /// What a future gives, or none if the export is asked to end before; the future is then dropped.
    pub async fn unless<T>(&self, future: impl Future<Output = T>) -> Option<T> {
        let mut asked = self.0.subscribe();
        tokio::select! {
            biased;
            _ = asked.wait_for(|asked| *asked) => None,
            value = future => Some(value),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_takes_too_long_is_dropped() {
        let stop = Stop::default();
        assert_eq!(stop.unless(async { 7 }).await, Some(7));
        let other = stop.clone();
        let waiting = stop.unless(std::future::pending::<()>());
        let (waited, ()) = tokio::join!(waiting, async move { other.request() });
        assert!(waited.is_none() && stop.is_requested());
        assert_eq!(stop.unless(async { 7 }).await, None);
    }
}
