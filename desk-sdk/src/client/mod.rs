//! The client, configured once and shared by all calls.

mod attempt;
mod authorization;
mod builder;
mod carry;
mod credits;
mod deadline;
mod download;
mod encode;
mod judge;
mod lazy;
mod limit;
mod new_file;
mod options;
mod organization;
mod patience;
mod pending;
mod range;
mod reading;
mod request;
mod retry;
mod risk;
mod save;
mod scopes;
mod send;
mod span;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use futures_util::TryFutureExt as _;
use futures_util::future::Either;
use reqwest::{Response, Url};

pub use self::builder::ClientBuilder;
pub use self::credits::Credits;
pub use self::download::Downloading;
#[cfg(feature = "by-name")]
pub(crate) use self::lazy::{Lazy, begun};
pub use self::limit::Edition;
pub(crate) use self::new_file::NewFile;
pub(crate) use self::options::Options;
pub(crate) use self::pending::Prepared;
pub use self::pending::{Content, Pending};
pub use self::request::{Request, operation_at};
pub use self::retry::Retry;

use self::authorization::Authorization;
use self::credits::CreditMeter;
use self::limit::Limiter;
use self::organization::Organization;
use crate::auth::{AccessToken, Clock, DataCentre, TokenProvider};
use crate::call::Endpoint;
use crate::download::Download;
use crate::error::{Error, Result};
use crate::generated::ORGANIZATION_DISCOVERY;
use crate::operation::{Operation, Risk};
use crate::record::Decoding;
use crate::scope::ScopeSet;
use crate::scope_check::{Checked, ScopeCheck, ScopeReport, TokenScopes};
use crate::transport::{Transport, TransportError};
use crate::value::Id;

/// A client of the Zoho Desk API.
///
/// It has a method for each operation of the enabled features. Clients are cheap to clone; clones share connections and
/// the discovered organization.
///
/// Before each call, without making a request, the client checks the values against the documented rules, the
/// operation's [risk](Operation::risk) against [`ClientBuilder::max_risk`], and the operation's scopes against
/// [`ClientBuilder::scopes`].
///
/// ```no_run
/// # async fn example() -> Result<(), desk_sdk::Error> {
/// use desk_sdk::Client;
/// use desk_sdk::tickets::GetTickets;
///
/// let client = Client::builder()
///     .access_token("1000.…")
///     .scopes(["Desk.tickets.READ"])
///     .organization("60001280952")
///     .build()?;
/// let tickets = client.get_tickets(GetTickets::new().limit(50)).await?;
/// for ticket in &tickets.data {
///     println!("{:?} {:?}", ticket.ticket_number, ticket.subject);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
    organization: Arc<Organization>,
}

struct Shared {
    carrier: Carrier,
    /// `None`: derived from the token's domain.
    base_url: Option<Url>,
    provider: Arc<dyn TokenProvider>,
    authorization: Authorization,
    clock: Arc<dyn Clock>,
    granted: Option<ScopeSet>,
    scope_check: ScopeCheck,
    max_risk: Risk,
    unchecked: bool,
    /// Logs once that the token's scopes are unknown.
    said_unknown: std::sync::Once,
    decoding: Decoding,
    largest_answer: usize,
    retry: Retry,
    limiter: Limiter,
    credits: CreditMeter,
    credit_floor: u64,
    wait_for_credits: bool,
}

/// What carries the requests. HTTP is no transport among others, so that such a call needs no box.
enum Carrier {
    Http(reqwest::Client),
    Transport(Arc<dyn Transport>),
}

impl Shared {
    /// The address of Desk.
    fn base_url(&self, token: &AccessToken) -> Result<Url> {
        if let Some(url) = &self.base_url {
            return Ok(url.clone());
        }
        let centre = token.api_domain.as_deref().and_then(DataCentre::from_api_domain).unwrap_or_default();
        let url = centre.desk_url();
        url.parse().map_err(|_| Error::Configuration(format!("{url:?} is not a valid address")))
    }

    /// Sends a request.
    fn carry<'a>(
        &'a self,
        operation: &'static Operation,
        mut request: reqwest::Request,
        timeout: Option<Duration>,
    ) -> impl Future<Output = Result<Response, TransportError>> + Send + Unpin + 'a {
        match &self.carrier {
            Carrier::Transport(transport) => Either::Left(carry::by(transport.as_ref(), operation, request, timeout)),
            Carrier::Http(http) => {
                if timeout.is_some() {
                    *request.timeout_mut() = timeout;
                }
                Either::Right(http.execute(request).err_into())
            }
        }
    }

    /// Stops before the last credits are used.
    fn check_floor(&self, operation: &'static Operation) -> Result<()> {
        match self.credits.credits().left {
            Some(left) if left <= self.credit_floor && self.credit_floor > 0 => {
                Err(Error::CreditFloor { operation: operation.id, left, floor: self.credit_floor })
            }
            _ => Ok(()),
        }
    }
}

impl Client {
    /// Starts configuring a client.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    /// The same client for another organization; everything else is shared.
    #[must_use]
    pub fn for_organization(&self, id: impl Into<Id>) -> Self {
        Self { shared: Arc::clone(&self.shared), organization: Arc::new(Organization::new(Some(id.into()))) }
    }

    /// The organization that calls are made for, looked up if not known yet.
    ///
    /// # Errors
    ///
    /// If the token's user belongs to none, and whatever else a call can fail with.
    pub async fn organization(&self) -> Result<Id> {
        let operation = &ORGANIZATION_DISCOVERY;
        let token = self.shared.provider.token().await.map_err(|source| Error::auth(operation, source))?;
        self.organization.id(self, &token, operation).await.cloned()
    }

    /// The current time by the client's clock.
    pub(crate) fn now(&self) -> jiff::Timestamp {
        self.shared.clock.now()
    }

    /// What is known about the day's credits.
    pub fn credits(&self) -> Credits {
        self.shared.credits.credits()
    }

    /// Whether a call of the operation would pass the checks of risk and scopes, judged as the call itself would be: by
    /// the scopes set on the client, or else those kept with its token. This makes no call, and does not refresh a kept
    /// token.
    ///
    /// [`Checked`] distinguishes four cases: the token has the scopes, they seem to be missing but the call is made
    /// anyway, they are unknown, or the client does not check them. If the operation needs an organization and none is
    /// known, the scopes for finding one count as well, and the weaker of both results is returned.
    ///
    /// # Errors
    ///
    /// [`crate::Error::RiskNotAllowed`](crate::Error::RiskNotAllowed) and
    /// [`crate::Error::MissingScopes`](crate::Error::MissingScopes), just as the call would fail with them, and
    /// [`crate::Error::Auth`](crate::Error::Auth) if the token store cannot be read.
    pub async fn check(&self, operation: &'static Operation) -> Result<Checked> {
        risk::allowed(&self.shared, operation, None, None)?;
        let granted = scopes::known(&self.shared, operation).await?;
        let checked = scopes::judge(&self.shared, granted.as_ref(), operation)?;
        if checked != Checked::Covered || !operation.organization || self.organization.is_known(self, operation).await?
        {
            return Ok(checked);
        }
        organization::check(&self.shared, granted.as_ref(), operation)
    }

    /// Whether the client may make all of these calls, checked at once: for the start of a program, so that a consent
    /// that is too small is found before the first call. The risk of each operation is checked as well.
    ///
    /// A program that states its operations once has its consent and its test from them, too: see
    /// [`AuthorizationRequest::for_operations`](crate::auth::AuthorizationRequest::for_operations),
    /// [`ScopeReport::new`] and [`smallest_scopes`](crate::smallest_scopes).
    ///
    /// ```
    /// use desk_sdk::testing::FakeDesk;
    /// use desk_sdk::tickets::{GetTickets, UpdateTicket};
    /// use desk_sdk::{Endpoint as _, Operation};
    ///
    /// const NEEDS: &[&Operation] = &[GetTickets::OPERATION, UpdateTicket::OPERATION];
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> desk_sdk::Result<()> {
    /// let client = FakeDesk::new().builder().scopes(["Desk.tickets.READ"]).build()?;
    /// let error = client.require(NEEDS).await.expect_err("it may not change tickets");
    /// assert!(error.is_missing_scopes() && error.to_string().contains("Desk.tickets.UPDATE"));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// If the token's scopes are unknown, nothing fails, and the report [says so](crate::TokenScopes::Unknown). As with
    /// [`check`](Self::check), no call is made, and scopes for finding the organization count if none is known.
    ///
    /// # Errors
    ///
    /// [`crate::Error::RequiredScopes`](crate::Error::RequiredScopes) with everything that is missing, unless the client
    /// only [warns](ScopeCheck::Warn) or does not check; and whatever else [`check`](Self::check) fails with.
    pub async fn require(&self, operations: &[&'static Operation]) -> Result<ScopeReport> {
        let discovery = &ORGANIZATION_DISCOVERY;
        let first = operations.first().copied().unwrap_or(discovery);
        for operation in operations {
            risk::allowed(&self.shared, operation, None, None)?;
        }
        let granted = scopes::known(&self.shared, first).await?;
        let mut needed = operations.to_vec();
        let mut searching = None;
        if let Some(operation) = operations.iter().find(|operation| operation.organization)
            && !operations.iter().any(|operation| operation.id == discovery.id)
            && !self.organization.is_known(self, operation).await?
        {
            risk::allowed(&self.shared, discovery, None, None)?;
            needed.push(discovery);
            searching = Some(operation.id);
        }
        scopes::require(&self.shared, granted, &needed, searching)
    }

    /// The scopes that calls are checked against: those set on the client, or else those kept with its token.
    ///
    /// # Errors
    ///
    /// [`crate::Error::Auth`](crate::Error::Auth) if the token store cannot be read.
    pub async fn scopes(&self) -> Result<TokenScopes> {
        let known = scopes::known(&self.shared, &ORGANIZATION_DISCOVERY).await?;
        Ok(known.map_or(TokenScopes::Unknown, TokenScopes::Granted))
    }

    /// A call with any operation's parameters, like the operation's own method. For code that is generic over
    /// operations.
    ///
    /// ```no_run
    /// use desk_sdk::{Answer, Client, Content, Endpoint, Result};
    ///
    /// async fn logged<E: Endpoint>(client: &Client, parameters: E) -> Result<Answer<E::Answer>>
    /// where
    ///     E::Answer: Content,
    /// {
    ///     println!("{}", E::OPERATION.summary);
    ///     client.call(parameters).await
    /// }
    /// ```
    pub fn call<E: Endpoint>(&self, parameters: E) -> Pending<E::Answer> {
        Pending::new(self, parameters.into_call())
    }

    /// As [`call`](Self::call), for operations that answer with a file.
    pub fn download<E: Endpoint<Answer = Download>>(&self, parameters: E) -> Downloading {
        Downloading::new(self, parameters.into_call())
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.shared.base_url.as_ref().map(Url::as_str))
            .field("organization", &self.organization)
            .field("granted_scopes", &self.shared.granted)
            .field("scope_check", &self.shared.scope_check)
            .field("max_risk", &self.shared.max_risk)
            .field("tokens", &self.shared.provider)
            .finish_non_exhaustive()
    }
}
