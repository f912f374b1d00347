//! Access tokens from a refresh token: one refresh at a time, shared through a store.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures_util::future::{BoxFuture, FutureExt as _, Shared};
use jiff::SignedDuration;
use secrecy::SecretString;
use tokio::runtime::Handle;
use tokio::task::AbortHandle;

use super::renewal::Renewal;
use super::{AccessToken, AuthError, Clock, OauthClient, SystemClock, TokenProvider, TokenStore};
use crate::scope::ScopeSet;
use crate::value::Id;

/// Gets access tokens with a refresh token, and renews them shortly before they expire.
///
/// Any number of tasks share one refresh, and everyone who uses the same store shares the token. A refresh continues
/// even if everyone who waited for it gives up, so its token is ready for the next call. The API issues at most ten
/// access tokens in ten minutes per refresh token; this provider waits rather than request more, and uses each token
/// for at least a minute, unless the API refuses it.
///
/// It requires a tokio runtime with I/O and time enabled.
pub struct RefreshingToken {
    renewal: Renewal,
    /// The last renewal that was started.
    running: Mutex<Option<Running>>,
}

/// A renewal in its own task, whose result goes to everyone who waits for it.
struct Running {
    task: AbortHandle,
    outcome: Outcome,
}

type Outcome = Shared<BoxFuture<'static, Result<AccessToken, AuthError>>>;

impl RefreshingToken {
    /// Uses the refresh token in the store.
    pub fn new(client: OauthClient, store: impl TokenStore + 'static) -> Self {
        let renewal = Renewal {
            client,
            store: Arc::new(store),
            refresh_token: None,
            scopes: None,
            clock: Arc::new(SystemClock),
            margin: SignedDuration::from_secs(60),
            patience: Duration::from_secs(60),
            memory: Arc::default(),
        };
        Self { renewal, running: Mutex::default() }
    }

    /// Sets the refresh token to use while the store has none.
    #[must_use]
    pub fn refresh_token(mut self, token: impl Into<SecretString>) -> Self {
        self.renewal.refresh_token = Some(token.into());
        self
    }

    /// Sets the scopes that the refresh token was granted, used as long as neither the store nor the accounts server
    /// reports them: a sign-in reports them, a refresh usually does not.
    #[must_use]
    pub fn granted_scopes<S: AsRef<str>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.renewal.scopes = Some(ScopeSet::new(scopes));
        self
    }

    /// Sets how long before it expires a token is renewed; the default is a minute.
    #[must_use]
    pub fn margin(mut self, margin: Duration) -> Self {
        self.renewal.margin = SignedDuration::try_from(margin).unwrap_or(SignedDuration::MAX);
        self
    }

    /// Sets how long a call may wait until the accounts server issues tokens again; the default is a minute.
    #[must_use]
    pub fn patience(mut self, patience: Duration) -> Self {
        self.renewal.patience = patience;
        self
    }

    /// Sets another clock, for tests.
    #[must_use]
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.renewal.clock = Arc::new(clock);
        self
    }

    /// Sets the HTTP client used to reach the accounts server, like [`OauthClient::http_client`] does for all uses of a
    /// registration.
    #[must_use]
    pub fn http_client(mut self, http: reqwest::Client) -> Self {
        self.renewal.client = self.renewal.client.http_client(http);
        self
    }

    fn fresh(&self) -> Option<AccessToken> {
        self.renewal.memory.fresh(&*self.renewal.clock)
    }

    /// A token other than the refused one.
    async fn renew(&self, refused: Option<&AccessToken>) -> Result<AccessToken, AuthError> {
        let is_refused = |token: &AccessToken| refused.is_some_and(|refused| refused.is(token));
        loop {
            let (outcome, begun_here) = {
                let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
                // By the time it is our turn, the token may already have been renewed.
                if let Some(token) = self.fresh().filter(|token| !is_refused(token)) {
                    return Ok(token);
                }
                match running.as_ref().filter(|running| !running.task.is_finished()) {
                    Some(running) => (running.outcome.clone(), false),
                    None => (running.insert(self.begin(refused)?).outcome.clone(), true),
                }
            };
            let token = outcome.await?;
            // A renewal started by others may return just the token that was refused here.
            if begun_here || !is_refused(&token) {
                return Ok(token);
            }
        }
    }

    fn begin(&self, refused: Option<&AccessToken>) -> Result<Running, AuthError> {
        let runtime = Handle::try_current()
            .map_err(|_| AuthError::Other("tokens can only be renewed within a tokio runtime".to_owned()))?;
        let task = runtime.spawn(self.renewal.clone().run(refused.cloned()));
        let ended = || AuthError::Other("the renewal ended early; the runtime may be shutting down".to_owned());
        let abort = task.abort_handle();
        let outcome = async move { task.await.unwrap_or_else(|_| Err(ended())) }.boxed().shared();
        Ok(Running { task: abort, outcome })
    }
}

impl TokenProvider for RefreshingToken {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, AuthError>> {
        async {
            match self.fresh() {
                Some(token) => Ok(token),
                None => self.renew(None).await,
            }
        }
        .boxed()
    }

    fn replace<'a>(&'a self, refused: &'a AccessToken) -> BoxFuture<'a, Result<Option<AccessToken>, AuthError>> {
        async { self.renew(Some(refused)).await.map(Some) }.boxed()
    }

    /// Those of the token in use, or else those in the store, or else those set here. This does not request a token.
    fn scopes(&self) -> BoxFuture<'_, Result<Option<ScopeSet>, AuthError>> {
        async {
            if let Some(scopes) = self.renewal.memory.last(|token| token.scopes.clone()) {
                return Ok(scopes);
            }
            let stored = self.renewal.store.load().await?;
            Ok(stored.and_then(|stored| stored.scopes).or_else(|| self.renewal.scopes.clone()))
        }
        .boxed()
    }

    /// That of the token in use, or else the one in the store. This does not request a token.
    fn organization(&self) -> BoxFuture<'_, Result<Option<Id>, AuthError>> {
        async {
            if let Some(organization) = self.renewal.memory.last(|token| token.organization.clone()).flatten() {
                return Ok(Some(organization));
            }
            Ok(self.renewal.store.load().await?.and_then(|stored| stored.organization))
        }
        .boxed()
    }

    fn remember_organization<'a>(&'a self, organization: &'a Id) -> BoxFuture<'a, Result<(), AuthError>> {
        async {
            let mut lock = self.renewal.store.lock().await?;
            let mut stored = lock.load().await?.unwrap_or_default();
            stored.organization = Some(organization.clone());
            lock.save(&stored).await?;
            Ok(())
        }
        .boxed()
    }
}

impl fmt::Debug for RefreshingToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RefreshingToken")
            .field("client", &self.renewal.client)
            .field("store", &self.renewal.store)
            .finish_non_exhaustive()
    }
}
