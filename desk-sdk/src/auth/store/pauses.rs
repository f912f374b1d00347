//! How often to try for a lock that somebody else holds.

use std::time::Duration;

use backon::{BackoffBuilder as _, ExponentialBuilder};

/// How long to wait for a lock by default.
pub(super) const PATIENCE: Duration = Duration::from_secs(120);

/// Short at first, because most locks are held for a single request to the accounts server; then doubling, with jitter,
/// so that many do not ask at once.
pub(super) fn pauses() -> impl Iterator<Item = Duration> + Send {
    let longest = Duration::from_millis(500);
    let pauses = ExponentialBuilder::default().with_min_delay(Duration::from_millis(10)).with_max_delay(longest);
    pauses.with_jitter().without_max_times().build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_do_not_end() {
        let pauses: Vec<Duration> = pauses().take(1000).collect();
        assert_eq!(pauses.len(), 1000);
        assert!(pauses[0] <= Duration::from_millis(20));
        assert!(pauses.iter().all(|pause| *pause <= Duration::from_secs(1)));
    }
}
