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
use crate::scope::ScopeSet;
use crate::scope_check::ScopeCheck;
use crate::transport::Transport;
use crate::value::Id;

/// The default size limit of an answer.
const LARGEST_ANSWER: usize = 64 * 1024 * 1024;

/// Configures a [`Client`](super::Client).
#[must_use]
pub struct ClientBuilder {
    tokens: Option<Tokens>,
    base_url: Option<String>,
    plain_http: bool,
    organization: Option<Id>,
    granted: Option<ScopeSet>,
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
    /// Sets an access token, used until it expires. Either this or a [provider](Self::token_provider) is required.
    pub fn access_token(mut self, token: impl Into<String>) -> Self {
        self.tokens = Some(Tokens::Given(token.into().into()));
        self
    }

    /// Sets the source of access tokens: a [`RefreshingToken`](crate::auth::RefreshingToken), or your own provider.
    pub fn token_provider(mut self, provider: impl TokenProvider + 'static) -> Self {
        self.tokens = Some(Tokens::Provider(Arc::new(provider)));
        self
    }

    /// Sets the organization that calls are made for. By default, the first organization of the token's user is looked
    /// up at the first call that needs one.
    pub fn organization(mut self, id: impl Into<Id>) -> Self {
        self.organization = Some(id.into());
        self
    }

    /// Sets the scopes that the token was granted, as reported when it was issued. A
    /// [`RefreshingToken`](crate::auth::RefreshingToken) keeps them with the token, so this is for tokens from
    /// elsewhere. If the scopes are unknown, every call goes out unchecked, and the client logs this once.
    pub fn scopes<S: AsRef<str>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.granted = Some(ScopeSet::new(scopes));
        self
    }

    /// Sets how missing scopes are handled. By default, such calls are refused.
    pub fn scope_check(mut self, check: ScopeCheck) -> Self {
        self.scope_check = check;
        self
    }

    /// Sets the highest risk that calls may have. By default, everything is allowed.
    ///
    /// | limit | refused operations |
    /// | --- | --- |
    /// | [`Risk::Safe`] | everything that makes changes: the client only reads |
    /// | [`Risk::Write`] | those that send something (a reply, an invitation) or trigger an action that may do anything, and those that destroy |
    /// | [`Risk::Outbound`] | those that destroy |
    /// | [`Risk::Destructive`] | none |
    ///
    /// This applies to typed calls, calls by name and [requests by path](crate::Client::request), each by its operation's
    /// [risk](crate::Operation::risk). It does not cover what the organization's own rules do after a change: even with
    /// [`Risk::Write`], Desk may mail people because of notification rules and workflows, or because a comment
    /// `isPublic`.
    pub fn max_risk(mut self, risk: Risk) -> Self {
        self.max_risk = risk;
        self
    }

    /// Sends values as given even if they break documented rules, as [`Pending::unchecked`](crate::Pending::unchecked)
    /// does for one call.
    pub fn unchecked(mut self) -> Self {
        self.unchecked = true;
        self
    }

    /// Sets how values that do not fit their declared type are handled. By default, such an answer is an error.
    pub fn decoding(mut self, decoding: Decoding) -> Self {
        self.decoding = decoding;
        self
    }

    /// Sets the largest answer, in bytes after decompression, that is read into memory; a larger one is
    /// [`Error::AnswerTooLarge`](crate::Error::AnswerTooLarge). The default is 64 MiB. Read as records, an answer takes
    /// about ten times its size. Downloads arrive piece by piece and are not affected.
    pub fn largest_answer(mut self, bytes: usize) -> Self {
        self.largest_answer = bytes;
        self
    }

    /// Sets where the organization's data is stored. If neither this nor [`base_url`](Self::base_url) is set, it is
    /// derived from the token's domain, or defaults to the United States.
    pub fn data_centre(self, centre: DataCentre) -> Self {
        self.base_url(centre.desk_url())
    }

    /// Sets another address of Desk, for tests and gateways. `http://` is accepted only for this computer, unless
    /// [`allow_plain_http`](Self::allow_plain_http) is set.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Allows the token and all data to be sent unencrypted to an `http://` address on another computer, for a gateway
    /// on a network of your own.
    pub fn allow_plain_http(mut self) -> Self {
        self.plain_http = true;
        self
    }

    /// Sets when failed calls are repeated.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.retry = retry;
        self
    }

    /// Sets how many calls are made at once; others wait for their turn. The default is ten.
    /// [`Edition::simultaneous_calls`] says how many an organization may make.
    pub fn simultaneous_calls(mut self, most: usize) -> Self {
        self.simultaneous_calls = most;
        self
    }

    /// Stops making calls when no more than this many of the day's credits are left.
    pub fn credit_floor(mut self, floor: u64) -> Self {
        self.credit_floor = floor;
        self
    }

    /// Waits for as long as the API says when the day's credits are spent, instead of failing; a wait of more than a
    /// day is still an error.
    pub fn wait_for_credits(mut self) -> Self {
        self.wait_for_credits = true;
        self
    }

    /// Sets another clock, for tests.
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Configures the HTTP client used for calls: timeouts, proxies, certificates, user agent.
    ///
    /// By default, it takes proxies from the environment, gives up after ten seconds without a connection or a minute
    /// without a byte, does not follow redirects, and accepts compressed answers. The minute also limits the time from
    /// the start of sending to the first byte of the answer, so an upload that takes longer needs a longer
    /// `read_timeout` as well as a longer [deadline](crate::Pending::deadline).
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

    /// Sets another HTTP client, which is used as it is. It should not follow redirects, which could leak the token to
    /// other hosts, and should have a read timeout, without which a download may wait forever.
    pub fn http_client(mut self, http: reqwest::Client) -> Self {
        self.http = Http::Given(http);
        self
    }

    /// Sets something other than an HTTP client to carry the requests: your own [`Transport`], or one for
    /// [tests](crate::testing). Settings made with [`http`](Self::http) and [`http_client`](Self::http_client) then
    /// have no effect.
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
