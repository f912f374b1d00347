//! Requests and answers that were lost on the way.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

/// Why there is no answer, or not all of it.
///
/// What lies behind it is its [`get_ref`](Self::get_ref): a [`reqwest::Error`], or whatever a
/// [`Transport`](super::Transport) of one's own gave. Copies share it.
#[derive(Clone)]
pub struct TransportError {
    source: Arc<dyn Error + Send + Sync>,
    arrival: Arrival,
    timeout: bool,
}

/// Whether the request may have arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Arrival {
    Perhaps,
    No,
    Never,
}

impl TransportError {
    /// A request that may have arrived, although no answer came.
    ///
    /// ```
    /// use desk_sdk::transport::TransportError;
    ///
    /// let lost = TransportError::new("the line went dead");
    /// assert!(!lost.is_connect() && !lost.is_timeout());
    /// assert!(TransportError::new("nobody there").not_sent().is_connect());
    /// ```
    pub fn new(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { source: source.into().into(), arrival: Arrival::Perhaps, timeout: false }
    }

    /// Says that the request did not arrive, because there was no connection: any call may be made again.
    #[must_use]
    pub fn not_sent(mut self) -> Self {
        self.arrival = Arrival::No;
        self
    }

    /// Says that the request did not arrive, and that another one like it would not either: the call is not made again.
    #[must_use]
    pub fn permanent(mut self) -> Self {
        self.arrival = Arrival::Never;
        self
    }

    /// Says that it took too long.
    #[must_use]
    pub fn timeout(mut self) -> Self {
        self.timeout = true;
        self
    }

    /// Whether there was no connection, so that the request did not arrive.
    pub fn is_connect(&self) -> bool {
        self.arrival == Arrival::No
    }

    /// Whether the request could not be made at all, so that another one like it could not either.
    pub fn is_permanent(&self) -> bool {
        self.arrival == Arrival::Never
    }

    /// Whether it took too long.
    pub fn is_timeout(&self) -> bool {
        self.timeout
    }

    /// The error behind it, to be looked at with `downcast_ref`.
    pub fn get_ref(&self) -> &(dyn Error + Send + Sync + 'static) {
        &*self.source
    }
}

impl From<reqwest::Error> for TransportError {
    fn from(error: reqwest::Error) -> Self {
        let arrival = if error.is_connect() {
            Arrival::No
        } else if error.is_builder() {
            Arrival::Never
        } else {
            Arrival::Perhaps
        };
        let timeout = error.is_timeout();
        // Addresses may carry what nobody should read in a log.
        Self { source: Arc::new(error.without_url()), arrival, timeout }
    }
}

/// As the error behind it.
impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.source.fmt(f)
    }
}

impl fmt::Debug for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.source, f)
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.source()
    }
}
