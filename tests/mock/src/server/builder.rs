//! The settings of a server.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use desk_spec::Spec;
use tokio::net::TcpListener;

use super::{MockDesk, StartError};
use crate::common::calendar::Calendar;
use crate::{Contradiction, Edition};

/// A server that has not been started.
#[derive(Clone, Debug)]
pub struct Builder {
    address: SocketAddr,
    spec: Option<Arc<Spec>>,
    edition: Option<Edition>,
    contradictions: Vec<Contradiction>,
    day: Option<(i16, i8, i8)>,
    strict: bool,
}

impl Default for Builder {
    fn default() -> Self {
        let address = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0);
        Self { address, spec: None, edition: None, contradictions: Vec::new(), day: None, strict: false }
    }
}

impl Builder {
    /// Sets the port; by default, the system picks a free one.
    #[must_use]
    pub fn port(mut self, port: u16) -> Self {
        self.address.set_port(port);
        self
    }

    /// Sets the network address; the default is 127.0.0.1, which other machines cannot reach. Anyone who can reach the
    /// server may use it: it is meant for tests.
    #[must_use]
    pub fn address(mut self, address: impl Into<IpAddr>) -> Self {
        self.address.set_ip(address.into());
        self
    }

    /// Another spec than the built-in one.
    #[must_use]
    pub fn spec(mut self, spec: Arc<Spec>) -> Self {
        self.spec = Some(spec);
        self
    }

    /// Sets the limits of an edition from the start; see [`MockDesk::set_edition`].
    #[must_use]
    pub fn edition(mut self, edition: Edition) -> Self {
        self.edition = Some(edition);
        self
    }

    /// Sets ways in which answers contradict their description from the start; see [`MockDesk::contradict`].
    #[must_use]
    pub fn contradictions(mut self, contradictions: impl IntoIterator<Item = Contradiction>) -> Self {
        self.contradictions.extend(contradictions);
        self
    }

    /// Sets the day on which the server starts, at nine in the morning (UTC); by default, it starts now.
    ///
    /// The built-in records date from the days before. On a given day, times depend only on the calls: the records'
    /// clock stands still, advances a second with each change, and is moved by [`MockDesk::advance`], so that the same
    /// calls get the same answers.
    #[must_use]
    pub fn day(mut self, year: i16, month: i8, day: i8) -> Self {
        self.day = Some((year, month, day));
        self
    }

    /// Calls have to be as described, from the start; see [`MockDesk::set_strict`].
    #[must_use]
    pub fn strict(mut self) -> Self {
        self.strict = true;
        self
    }

    /// Starts the server. It needs a tokio runtime with its timer enabled, and ends with it, or when it is dropped.
    ///
    /// # Errors
    ///
    /// When the port cannot be opened, or the day does not exist.
    pub async fn start(self) -> Result<MockDesk, StartError> {
        let spec = match self.spec {
            Some(spec) => spec,
            None => crate::spec::built_in().map_err(StartError::BuiltIn)?,
        };
        let calendar = match self.day {
            Some((year, month, day)) => {
                Calendar::of_day(year, month, day).ok_or(StartError::Day { year, month, day })?
            }
            None => Calendar::today(),
        };
        let refused = |source| StartError::Listen { address: self.address, source };
        let listener = TcpListener::bind(self.address).await.map_err(refused)?;
        let desk = MockDesk::on(listener, spec, calendar)?;
        if let Some(edition) = self.edition {
            desk.set_edition(edition);
        }
        desk.contradict(self.contradictions);
        desk.set_strict(self.strict);
        Ok(desk)
    }
}
