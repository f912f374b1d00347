//! What a server is started with.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use desk_spec::Spec;
use tokio::net::TcpListener;

use super::{MockDesk, StartError};
use crate::common::calendar::Calendar;
use crate::{Contradiction, Edition};

/// A server that is not started yet.
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
    /// The port; without it the system chooses one that is free.
    #[must_use]
    pub fn port(mut self, port: u16) -> Self {
        self.address.set_port(port);
        self
    }

    /// The network address; without it 127.0.0.1, which other machines do not reach. Whoever reaches the server may use
    /// it: it is made for tests.
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

    /// The limits of an edition, from the start; see [`MockDesk::set_edition`].
    #[must_use]
    pub fn edition(mut self, edition: Edition) -> Self {
        self.edition = Some(edition);
        self
    }

    /// Ways in which answers contradict their description, from the start; see [`MockDesk::contradict`].
    #[must_use]
    pub fn contradictions(mut self, contradictions: impl IntoIterator<Item = Contradiction>) -> Self {
        self.contradictions.extend(contradictions);
        self
    }

    /// The day on which the server starts, at nine in the morning (UTC); without it, it starts now.
    ///
    /// The built-in records are of the last days before. On a given day, times follow from the calls alone: the records'
    /// clock stands still, goes a second further with each change, and is moved by [`MockDesk::advance`], so that the
    /// same calls get the same answers.
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
