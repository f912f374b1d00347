//! Desk's editions, as far as they limit calls.

/// An edition of Desk, with its limits for calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Edition {
    /// 5 simultaneous calls, 5,000 credits a day.
    Free,
    /// 10 simultaneous calls, 25,000 credits a day.
    Express,
    /// 10 simultaneous calls, 50,000 credits a day.
    Standard,
    /// 15 simultaneous calls, 75,000 credits a day.
    Professional,
    /// 25 simultaneous calls, 100,000 credits a day.
    Enterprise,
}

impl Edition {
    /// How many calls may be under way at once.
    pub fn concurrency(self) -> usize {
        match self {
            Self::Free => 5,
            Self::Express | Self::Standard => 10,
            Self::Professional => 15,
            Self::Enterprise => 25,
        }
    }

    /// The credits of a day, without those that come per user.
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
