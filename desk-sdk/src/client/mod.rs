//! The client: what is configured once and shared by all calls.

mod builder;
mod credentials;
mod encode;
mod organization;
mod pending;
mod send;

use std::fmt;
use std::sync::Arc;

pub use self::builder::ClientBuilder;
pub use self::pending::{Content, Downloading, Pending};

use self::credentials::Credentials;
use self::organization::Organization;
use crate::call::Endpoint;
use crate::operation::{Operation, Risk};
use crate::record::Decoding;
use crate::scope::{GrantedScopes, ScopeCheck};

/// A client of the Zoho Desk API.
///
/// It has a method for each operation of the enabled features. A client is cheap to clone; clones
/// share connections and the discovered organization.
///
/// Before each call the client checks, without a request: the values against the documented
/// rules, the operation's [risk](Operation::risk) against [`ClientBuilder::max_risk`], and the
/// operation's scopes against [`ClientBuilder::scopes`].
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
}

struct Shared {
    http: reqwest::Client,
    base_url: reqwest::Url,
    credentials: Credentials,
    organization: Organization,
    granted: Option<GrantedScopes>,
    scope_check: ScopeCheck,
    max_risk: Risk,
    decoding: Decoding,
}

impl Client {
    /// Starts to configure a client.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    /// The scopes that the token was granted, if they are known.
    pub fn granted_scopes(&self) -> Option<&GrantedScopes> {
        self.shared.granted.as_ref()
    }

    /// Whether a call of the operation would pass the scope check and the risk check.
    ///
    /// # Errors
    ///
    /// [`Error::RiskNotAllowed`](crate::Error::RiskNotAllowed) and
    /// [`Error::MissingScopes`](crate::Error::MissingScopes), just as the call would give them.
    pub fn check(&self, operation: &'static Operation) -> crate::Result<()> {
        send::permitted(&self.shared, operation).map(|_| ())
    }

    pub(crate) fn call<E: Endpoint>(&self, parameters: E) -> Pending<'_, E::Answer> {
        Pending::new(self, parameters.into_call())
    }

    pub(crate) fn download<E: Endpoint>(&self, parameters: E) -> Downloading<'_> {
        Downloading::new(self, parameters.into_call())
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.shared.base_url.as_str())
            .field("organization", &self.shared.organization)
            .field("granted_scopes", &self.shared.granted)
            .field("scope_check", &self.shared.scope_check)
            .field("max_risk", &self.shared.max_risk)
            .finish_non_exhaustive()
    }
}
