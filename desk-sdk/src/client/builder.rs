//! How a client is configured.

mod build;

use std::fmt;
use std::sync::Arc;

use reqwest::Url;
use secrecy::SecretString;

use self::build::address;
use super::Retry;
use super::limit::Edition;
use crate::auth::{Clock, DataCentre, SystemClock, TokenProvider};
use crate::operation::Risk;
use crate::record::Decoding;
use crate::scope::GrantedScopes;
use crate::scope_check::ScopeCheck;
use crate::transport::Transport;
use crate::value::Id;

/// The largest answer unless told otherwise.
const LARGEST_ANSWER: usize = 64 * 1024 * 1024;

/// Configures a [`Client`](super::Client).
#[must_use]
pub struct ClientBuilder {
    tokens: Option<Tokens>,
    base_url: Option<String>,
    plain_http: bool,
    organization: Option<Id>,
    granted: Option<GrantedScopes>,
    scope_check: ScopeCheck,
    max_risk: Risk,
    unchecked: bool,
    decoding: Decoding,
    largest_answer: usize,
    retry: Retry,
    simultaneous_calls: usize,
    credit_floor: u64,
    wait_for_credits: bool,
    clock: Arc<dyn Clock>,
    http: Http,
    transport: Option<Arc<dyn Transport>>,
}

/// Where the HTTP client comes from.
enum Http {
    Given(reqwest::Client),
    Adjusted(Box<dyn FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder>),
}

enum Tokens {
    Given(SecretString),
    Provider(Arc<dyn TokenProvider>),
}

impl Default for ClientBuilder {
    fn default() -> Self {
        Self {
            tokens: None,
            base_url: None,
            plain_http: false,
            organization: None,
            granted: None,
            scope_check: ScopeCheck::default(),
            max_risk: Risk::Destructive,
            unchecked: false,
            decoding: Decoding::default(),
            largest_answer: LARGEST_ANSWER,
            retry: Retry::default(),
            simultaneous_calls: Edition::Standard.simultaneous_calls(),
            credit_floor: 0,
            wait_for_credits: false,
            clock: Arc::new(SystemClock),
            http: Http::Adjusted(Box::new(|defaults| defaults)),
            transport: None,
        }
    }
}

impl ClientBuilder {
    /// An access token to make calls with as long as it lives. This or a
    /// [provider](Self::token_provider) is needed.
    pub fn access_token(mut self, token: impl Into<String>) -> Self {
        self.tokens = Some(Tokens::Given(token.into().into()));
        self
    }

    /// Where access tokens come from: a [`RefreshingToken`](crate::auth::RefreshingToken), or a
    /// provider of one's own.
    pub fn token_provider(mut self, provider: impl TokenProvider + 'static) -> Self {
        self.tokens = Some(Tokens::Provider(Arc::new(provider)));
        self
    }

    /// The organization that calls are made for. Without one, it is discovered at the first call
    /// that needs it: the first organization of the token's user.
    pub fn organization(mut self, id: impl Into<Id>) -> Self {
        self.organization = Some(id.into());
        self
    }

    /// The scopes that the token was granted, as its exchange told them. A
    /// [`RefreshingToken`](crate::auth::RefreshingToken) keeps them with the token, so that this is
    /// for tokens from elsewhere. Where nobody tells them, every call goes out unchecked, and the
    /// client says so once in its log.
    pub fn scopes<S: AsRef<str>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.granted = Some(GrantedScopes::new(scopes));
        self
    }

    /// What is done about missing scopes. By default such calls are refused.
    pub fn scope_check(mut self, check: ScopeCheck) -> Self {
        self.scope_check = check;
        self
    }

    /// The most that calls may do. By default everything is allowed.
    ///
    /// | limit | operations that are refused |
    /// | --- | --- |
    /// | [`Risk::Safe`] | all that change anything: the client only reads |
    /// | [`Risk::Write`] | those that send something by themselves (a reply, an invitation, an action that may run anything), and those that destroy |
    /// | [`Risk::Outbound`] | those that destroy |
    /// | [`Risk::Destructive`] | none |
    ///
    /// It counts for typed calls, calls by name and [requests by path](crate::Client::request), each by its
    /// operation's [risk](crate::Operation::risk). What the organization's own rules do after a change
    /// is beyond it: also with [`Risk::Write`], Desk may mail people, by notification rules and
    /// workflows, or because a comment `isPublic`.
    pub fn max_risk(mut self, risk: Risk) -> Self {
        self.max_risk = risk;
        self
    }

    /// Sends whatever is given although documented rules say no, as
    /// [`Pending::unchecked`](crate::Pending::unchecked) does for one call.
    pub fn unchecked(mut self) -> Self {
        self.unchecked = true;
        self
    }

    /// What is done with values that do not fit their declared type. By default such an answer
    /// is an error.
    pub fn decoding(mut self, decoding: Decoding) -> Self {
        self.decoding = decoding;
        self
    }

    /// The largest answer in bytes, unpacked, that is read into memory; a larger one is
    /// [`Error::AnswerTooLarge`](crate::Error::AnswerTooLarge). 64 MiB unless told otherwise. Read as records, an answer takes
    /// some ten times its size. Downloads come piece by piece and are not concerned.
    pub fn largest_answer(mut self, bytes: usize) -> Self {
        self.largest_answer = bytes;
        self
    }

    /// Where the organization's data lies. Without this and [`base_url`](Self::base_url) it
    /// follows from the token's domain where that is known, and is the United States else.
    pub fn data_centre(self, centre: DataCentre) -> Self {
        self.base_url(centre.desk_url())
    }

    /// Another address of Desk, for tests and gateways. `http://` is taken for this computer only,
    /// unless [`allow_plain_http`](Self::allow_plain_http) says otherwise.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Lets the token and all data go unencrypted to an `http://` address on another computer, for
    /// a gateway behind which the network is your own.
    pub fn allow_plain_http(mut self) -> Self {
        self.plain_http = true;
        self
    }

    /// When calls that failed are made again.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.retry = retry;
        self
    }

    /// How many calls are made at once; more wait for their turn. Ten unless told otherwise.
    /// [`Edition::simultaneous_calls`] says what an organization may.
    pub fn simultaneous_calls(mut self, most: usize) -> Self {
        self.simultaneous_calls = most;
        self
    }

    /// Stops work when no more than this many of the day's credits are left.
    pub fn credit_floor(mut self, floor: u64) -> Self {
        self.credit_floor = floor;
        self
    }

    /// Waits when the day's credits are spent, as long as the API says, instead of failing; a
    /// rest of more than a day is an error all the same.
    pub fn wait_for_credits(mut self) -> Self {
        self.wait_for_credits = true;
        self
    }

    /// Another clock, for tests.
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Adjusts the HTTP client that calls go through: timeouts, proxies, certificates, user agent.
    ///
    /// Without that it takes proxies from the environment, gives up after ten seconds without a
    /// connection and a minute without a byte, follows no redirects, and takes packed answers. The
    /// minute is also how long it waits for the answer's first byte from when it begins to send, so
    /// that an upload which takes longer needs a longer `read_timeout`, besides a longer
    /// [deadline](crate::Pending::deadline).
    ///
    /// ```
    /// # use std::time::Duration;
    /// let builder = desk_sdk::Client::builder()
    ///     .http(|defaults| defaults.read_timeout(Duration::from_secs(5)).user_agent("reports/1.0"));
    /// # let _ = builder;
    /// ```
    pub fn http(mut self, adjust: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder + 'static) -> Self {
        self.http = Http::Adjusted(Box::new(adjust));
        self
    }

    /// Another HTTP client to go through, as it is. It should not follow redirects to other hosts
    /// with the token, and have a read timeout, without which a download may wait for ever.
    pub fn http_client(mut self, http: reqwest::Client) -> Self {
        self.http = Http::Given(http);
        self
    }

    /// Something else to carry the requests, in place of an HTTP client: a [`Transport`] of your own, or one for
    /// [tests](crate::testing). What was said with [`http`](Self::http) and [`http_client`](Self::http_client) then
    /// has no effect.
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("tokens", &self.tokens)
            .field("base_url", &self.base_url.as_deref().and_then(|text| address(text).ok()).as_ref().map(Url::as_str))
            .field("organization", &self.organization)
            .field("scopes", &self.granted)
            .field("scope_check", &self.scope_check)
            .field("max_risk", &self.max_risk)
            .field("unchecked", &self.unchecked)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Given(_) => f.write_str("an access token"),
            Self::Provider(provider) => provider.fmt(f),
        }
    }
}
