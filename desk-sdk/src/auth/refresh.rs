//! Access tokens from a refresh token: one refresh at a time, shared through a store.

use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use futures_util::future::{BoxFuture, FutureExt as _};
use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;
use tokio::sync::Mutex;

use super::accounts::{self, Issued};
use super::store::StoreLock;
use super::{AccessToken, AuthError, Clock, OauthClient, StoredToken, SystemClock, TokenProvider, TokenStore};
use crate::value::Id;

/// So many access tokens may be made from one refresh token …
const BUDGET: usize = 10;

/// … within this time: ten minutes, and a little more, because the server counts from when a
/// request arrives and we from before it is sent.
const WINDOW: SignedDuration = SignedDuration::from_secs(10 * 60 + 5);

/// How long a token is kept away from when the accounts server makes none for now.
const THROTTLED: Duration = Duration::from_secs(60);

/// Makes access tokens from a refresh token, and renews them shortly before they end.
///
/// Any number of tasks share one refresh, and everyone who uses the same store shares the token.
/// The API makes ten access tokens in ten minutes from a refresh token, at most; this provider
/// waits rather than ask for more.
pub struct RefreshingToken {
    client: OauthClient,
    store: Arc<dyn TokenStore>,
    refresh_token: Option<SecretString>,
    http: reqwest::Client,
    clock: Arc<dyn Clock>,
    margin: SignedDuration,
    patience: Duration,
    current: RwLock<Option<AccessToken>>,
    renewing: Mutex<()>,
}

impl RefreshingToken {
    /// Uses the refresh token that the store keeps.
    pub fn new(client: OauthClient, store: impl TokenStore + 'static) -> Self {
        Self {
            client,
            store: Arc::new(store),
            refresh_token: None,
            http: accounts::default_http(),
            clock: Arc::new(SystemClock),
            margin: SignedDuration::from_secs(60),
            patience: Duration::from_secs(60),
            current: RwLock::new(None),
            renewing: Mutex::new(()),
        }
    }

    /// The refresh token to use while the store keeps none.
    #[must_use]
    pub fn refresh_token(mut self, token: impl Into<SecretString>) -> Self {
        self.refresh_token = Some(token.into());
        self
    }

    /// How long before its end a token is renewed; a minute unless told otherwise.
    #[must_use]
    pub fn margin(mut self, margin: Duration) -> Self {
        self.margin = SignedDuration::try_from(margin).unwrap_or(SignedDuration::MAX);
        self
    }

    /// How long a call may wait for the accounts server to make tokens again; a minute unless
    /// told otherwise.
    #[must_use]
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Another clock, for tests.
    #[must_use]
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// The HTTP client to reach the accounts server with.
    #[must_use]
    pub fn http_client(mut self, http: reqwest::Client) -> Self {
        self.http = http;
        self
    }

    fn current(&self) -> Option<AccessToken> {
        let current = self.current.read().unwrap_or_else(PoisonError::into_inner);
        current.as_ref().filter(|token| self.is_fresh(token)).cloned()
    }

    fn keep(&self, token: &AccessToken) {
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Some(token.clone());
    }

    fn is_fresh(&self, token: &AccessToken) -> bool {
        let end = token.expires_at.map(|end| end.saturating_sub(self.margin).unwrap_or(end));
        end.is_none_or(|end| self.clock.now() < end)
    }

    /// A token other than the refused one: from memory, from the store, or a new one.
    async fn renew(&self, refused: Option<&AccessToken>) -> Result<AccessToken, AuthError> {
        let _one_at_a_time = self.renewing.lock().await;
        let usable = |token: &AccessToken| refused.is_none_or(|refused| !refused.is(token)) && self.is_fresh(token);
        if let Some(token) = self.current().filter(&usable) {
            return Ok(token);
        }
        let mut lock = self.store.lock().await?;
        let mut stored = lock.load().await?.unwrap_or_default();
        if let Some(token) = stored.access().filter(&usable) {
            self.keep(&token);
            return Ok(token);
        }
        let refresh_token = stored.refresh_token.clone().or_else(|| self.refresh_token.clone());
        let refresh_token = refresh_token.ok_or(AuthError::NotSignedIn)?;
        let issued = self.issue(&mut stored, &refresh_token, lock.as_mut()).await?;
        let issued_at = self.clock.now();
        stored.refresh_token = Some(issued.refresh_token.unwrap_or(refresh_token));
        stored.access_token = Some(issued.access_token);
        stored.expires_at = issued.expires_in.and_then(|life| issued_at.saturating_add(life).ok());
        stored.api_domain = issued.api_domain.or(stored.api_domain.take());
        stored.scopes = issued.scopes.or(stored.scopes.take());
        lock.save(&stored).await?;
        let token = stored.access().ok_or(AuthError::NotSignedIn)?;
        self.keep(&token);
        Ok(token)
    }

    /// One refresh within the budget. The attempt is kept before it is made, so that the budget
    /// holds even if this process dies in between.
    async fn issue(
        &self,
        stored: &mut StoredToken,
        refresh_token: &SecretString,
        lock: &mut dyn StoreLock,
    ) -> Result<Issued, AuthError> {
        let started = self.clock.now();
        loop {
            self.wait_for_budget(stored, started).await?;
            stored.refreshes.push(self.clock.now());
            lock.save(stored).await?;
            match accounts::refresh(&self.http, &self.client, refresh_token).await {
                Err(AuthError::Throttled) if self.may_wait(started, THROTTLED) => self.clock.sleep(THROTTLED).await,
                result => return result,
            }
        }
    }

    async fn wait_for_budget(&self, stored: &mut StoredToken, started: Timestamp) -> Result<(), AuthError> {
        loop {
            let now = self.clock.now();
            stored.refreshes.retain(|made| now.duration_since(*made) < WINDOW);
            let Some(oldest) = stored.refreshes.first().filter(|_| stored.refreshes.len() >= BUDGET) else {
                return Ok(());
            };
            let until = oldest.saturating_add(WINDOW).unwrap_or(now);
            let wait = Duration::try_from(until.duration_since(now)).unwrap_or_default();
            if !self.may_wait(started, wait) {
                return Err(AuthError::BudgetSpent { until });
            }
            self.clock.sleep(wait).await;
        }
    }

    fn may_wait(&self, started: Timestamp, more: Duration) -> bool {
        let waited = Duration::try_from(self.clock.now().duration_since(started)).unwrap_or_default();
        waited.saturating_add(more) <= self.patience
    }
}

impl TokenProvider for RefreshingToken {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, AuthError>> {
        async {
            match self.current() {
                Some(token) => Ok(token),
                None => self.renew(None).await,
            }
        }
        .boxed()
    }

    fn replace<'a>(&'a self, refused: &'a AccessToken) -> BoxFuture<'a, Result<Option<AccessToken>, AuthError>> {
        async { self.renew(Some(refused)).await.map(Some) }.boxed()
    }

    fn remember_organization<'a>(&'a self, organization: &'a Id) -> BoxFuture<'a, Result<(), AuthError>> {
        async {
            let mut lock = self.store.lock().await?;
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
            .field("client", &self.client)
            .field("store", &self.store)
            .finish_non_exhaustive()
    }
}
