//! Requests and answers that were lost in transit.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

/// Why there is no answer, or only part of one.
///
/// [`get_ref`](Self::get_ref) returns the underlying error: a [`reqwest::Error`], or whatever your own
/// [`Transport`](super::Transport) returned. Copies share it.
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
    /// A request that may have arrived, although there was no answer.
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

    /// Marks the request as not sent, because there was no connection: any call may be repeated.
    #[must_use]
    pub fn not_sent(mut self) -> Self {
        self.arrival = Arrival::No;
        self
    }

    /// Marks the request as impossible to send: the call is not repeated.
    #[must_use]
    pub fn permanent(mut self) -> Self {
        self.arrival = Arrival::Never;
        self
    }

    /// Marks it as a timeout.
    #[must_use]
    pub fn timeout(mut self) -> Self {
        self.timeout = true;
        self
    }

    /// Whether there was no connection, so the request did not arrive.
    pub fn is_connect(&self) -> bool {
        self.arrival == Arrival::No
    }

    /// Whether the request could not be made at all, so another attempt would fail too.
    pub fn is_permanent(&self) -> bool {
        self.arrival == Arrival::Never
    }

    /// Whether it took too long.
    pub fn is_timeout(&self) -> bool {
        self.timeout
    }

    /// The underlying error, to be inspected with `downcast_ref`.
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
        // Addresses may contain things that should not end up in a log.
        Self { source: Arc::new(error.without_url()), arrival, timeout }
    }
}

/// Same as the underlying error.
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
