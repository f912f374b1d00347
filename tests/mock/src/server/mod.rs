//! The server as tests see it.

mod answers;
mod builder;
mod connection;
mod control;
mod example;
mod expectation;
mod names;
mod organizations;
mod sign_in;
mod start_error;
mod stock;

pub use self::builder::Builder;
pub use self::example::Example;
pub use self::expectation::Expectation;
pub use self::organizations::Organization;
pub use self::start_error::StartError;

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use desk_spec::Spec;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use self::connection::Stop;
use crate::accounts::tokens::Grant;
use crate::common::calendar::Calendar;
use crate::desk::Desk;
use crate::desk::received::Received;
use crate::seed::{self, Issue};

/// A local Desk server on a loopback port; it stops when this is dropped.
///
/// Each server has its own tokens, records, clock, limits and request logs, and each of its organizations has its own
/// records. It needs the tokio runtime it was started in, with its timer enabled.
pub struct MockDesk {
    desk: Arc<Desk>,
    organization: String,
    running: Option<Running>,
}

/// The task that serves, and how to end it.
struct Running {
    stop: oneshot::Sender<Stop>,
    serving: JoinHandle<()>,
}

impl MockDesk {
    /// Starts a server on a loopback port that the system chooses; see [`builder`](Self::builder) for more options.
    ///
    /// # Errors
    ///
    /// If no port can be opened.
    pub async fn start() -> Result<Self, StartError> {
        Self::builder().start().await
    }

    /// A builder for a server, to choose its port, spec and edition.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Serves on a port that is open.
    pub(crate) fn on(listener: TcpListener, spec: Arc<Spec>, calendar: Calendar) -> Result<Self, StartError> {
        let seed = seed::read(Issue::new(0, calendar)).map_err(StartError::BuiltIn)?;
        let address = reachable(listener.local_addr().map_err(StartError::Address)?);
        let desk = Arc::new(Desk::new(spec, seed, calendar).at_url(format!("http://{address}")));
        let (stop, stopped) = oneshot::channel();
        let serving = tokio::spawn(connection::serve(listener, Arc::clone(&desk), stopped));
        let organization = desk.organizations().into_iter().next().unwrap_or_default();
        Ok(Self { desk, organization, running: Some(Running { stop, serving }) })
    }

    /// Accepts no more connections, lets calls in progress finish for a few seconds at most, and returns when
    /// everything is closed. Dropping the server closes everything at once.
    ///
    /// # Panics
    ///
    /// If dropping it would: when the calls were not as expected.
    pub async fn stop(mut self) {
        if let Some(Running { stop, serving }) = self.running.take() {
            // Errors say that the server has ended already.
            let _ = stop.send(Stop::AfterCalls);
            let _ = serving.await;
        }
    }

    /// The server's address without a trailing slash, such as `http://127.0.0.1:40123`; the loopback address if it
    /// listens on all of the machine's addresses.
    pub fn url(&self) -> &str {
        self.desk.url()
    }

    pub(crate) fn desk(&self) -> &Desk {
        &self.desk
    }

    /// The id of the first organization, for `orgId`.
    pub fn organization(&self) -> &str {
        &self.organization
    }

    /// A new access token with these scopes, such as `Desk.tickets.READ`. It is valid until it is revoked.
    pub fn token(&self, scopes: impl IntoIterator<Item = impl Into<String>>) -> String {
        let scopes = scopes.into_iter().map(Into::into).collect();
        self.desk.tokens().issue(Grant { scopes })
    }

    /// Revokes a token; calls with an access token are then answered with 401 INVALID_OAUTH. Revoking a refresh token
    /// also revokes the access tokens made from it.
    pub fn revoke(&self, token: &str) {
        self.desk.accounts().revoke(token, &mut self.desk.tokens());
    }

    /// Every call that arrived, in order, including refused ones. Requests to the accounts server are in
    /// [`token_requests`](Self::token_requests).
    pub fn requests(&self) -> Vec<Received> {
        self.desk.log().received().iter().cloned().collect()
    }

    /// Calls this with every request that arrives from now on, when its answer is ready but not yet sent. It may change
    /// the server's records, limits and faults, so that a test changes them between a client's calls: the answer at
    /// hand stays as it is, the next one shows the change. A server that its own watcher refers to is best held by a
    /// [`Weak`](std::sync::Weak) there, or it never stops.
    pub fn watch(&self, watcher: impl Fn(&Received) + Send + Sync + 'static) {
        self.desk.log().watch(Arc::new(watcher));
    }

    /// Sets how many of the latest requests are kept for [`requests`](Self::requests); by default all. A server that
    /// runs for a long time should keep few.
    pub fn keep_requests(&self, most: usize) {
        self.desk.log().keep(most);
    }

    /// Every scope that an operation names, for a [`token`](Self::token) that may do everything.
    pub fn every_scope(&self) -> Vec<String> {
        self.desk.every_scope()
    }

    /// Forgets the requests that have arrived so far, including those to the accounts server.
    pub fn reset_requests(&self) {
        self.desk.log().received().clear();
        self.desk.log().token_requests().clear();
    }
}

/// An address that programs can call: the loopback one if the given one stands for all of the machine's.
fn reachable(mut address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() {
        address.set_ip(match address.ip() {
            IpAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
            IpAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
        });
    }
    address
}

/// Verifies expectations, unless that was done or the test is already failing.
impl Drop for MockDesk {
    fn drop(&mut self) {
        let verdict = if std::thread::panicking() { None } else { self.desk.orders().expectations().last_verdict() };
        if let Some(Running { stop, .. }) = self.running.take() {
            // An error means that the server has already ended.
            let _ = stop.send(Stop::AtOnce);
        }
        if let Some(report) = verdict {
            panic!("{report}");
        }
    }
}

impl fmt::Debug for MockDesk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockDesk")
            .field("url", &self.url())
            .field("organization", &self.organization)
            .field("accounts", &*self.desk.accounts())
            .field("tokens", &*self.desk.tokens())
            .field("requests", &self.desk.log().received().len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_can_be_called() {
        for (bound, told) in [
            ("0.0.0.0:8099", "127.0.0.1:8099"),
            ("[::]:8099", "[::1]:8099"),
            ("127.0.0.1:8099", "127.0.0.1:8099"),
            ("192.0.2.7:8099", "192.0.2.7:8099"),
        ] {
            assert_eq!(reachable(bound.parse().unwrap()).to_string(), told);
        }
    }
}
