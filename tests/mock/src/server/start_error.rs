//! Why a server did not start.

use std::net::SocketAddr;
use std::{fmt, io};

/// Why a [`MockDesk`](crate::MockDesk) could not start.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// The built-in spec or records cannot be read: a bug in this crate.
    BuiltIn(serde_json::Error),
    /// The open port does not report its address.
    Address(io::Error),
    /// There is no such day.
    #[non_exhaustive]
    Day {
        /// The year.
        year: i16,
        /// The month, 1 to 12.
        month: i8,
        /// The day of the month.
        day: i8,
    },
    /// The port could not be opened.
    #[non_exhaustive]
    Listen {
        /// Where the server was to listen.
        address: SocketAddr,
        /// Why it cannot.
        source: io::Error,
    },
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BuiltIn(error) => write!(f, "the local Desk server cannot read its built-in data: {error}"),
            Self::Address(error) => write!(f, "the local Desk server does not know its own address: {error}"),
            Self::Day { year, month, day } => {
                write!(f, "the local Desk server cannot start on {year}-{month:02}-{day:02}: there is no such day")
            }
            Self::Listen { address, source } if source.kind() == io::ErrorKind::AddrInUse => {
                write!(f, "another program is listening on {address}; choose another port, or 0 for any free one")
            }
            Self::Listen { address, source } => write!(f, "the local Desk server cannot listen on {address}: {source}"),
        }
    }
}

impl std::error::Error for StartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::BuiltIn(error) => Some(error),
            Self::Day { .. } => None,
            Self::Address(source) | Self::Listen { source, .. } => Some(source),
        }
    }
}
