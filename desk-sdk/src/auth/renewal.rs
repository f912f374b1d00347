//! One renewal of a token, under the store's lock and within the budget of refreshes.

use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use secrecy::SecretString;

use super::accounts::{self, Issued};
use super::held::{Memory, life};
use super::store::StoreLock;
use super::{AccessToken, AuthError, Clock, OauthClient, StoredToken, TokenStore};
use crate::scope::ScopeSet;

/// How many access tokens may be requested with one refresh token …
const BUDGET: usize = 10;

/// … within this time: ten minutes plus a margin, because the server counts from when a request arrives and we count
/// from before it is sent.
const WINDOW: SignedDuration = SignedDuration::from_secs(10 * 60 + 5);

/// Pause after the accounts server throttles us.
const THROTTLED: Duration = Duration::from_secs(60);

/// What a renewal needs. Each has its own copy, so that it continues without those who wait for it.
#[derive(Clone)]
pub(super) struct Renewal {
    pub(super) client: OauthClient,
    pub(super) store: Arc<dyn TokenStore>,
    /// Used while the store has none.
    pub(super) refresh_token: Option<SecretString>,
    /// Used while neither the store nor an answer reports them.
    pub(super) scopes: Option<ScopeSet>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) margin: SignedDuration,
    pub(super) patience: Duration,
    pub(super) memory: Arc<Memory>,
}

impl Renewal {
    /// A token other than the refused one: from the store if somebody else has renewed it, or a new one.
    pub(super) async fn run(self, refused: Option<AccessToken>) -> Result<AccessToken, AuthError> {
        let mut lock = self.store.lock().await?;
        let mut stored = lock.load().await?.unwrap_or_default();
        let is_other = |token: &AccessToken| {
            refused.as_ref().is_none_or(|refused| !refused.is(token)) && !self.memory.has_ended(token, &*self.clock)
        };
        if self.life(&stored).is_positive()
            && let Some(token) = stored.access().filter(is_other)
        {
            return Ok(self.keep(token, &stored));
        }
        let refresh_token = stored.refresh_token.clone().or_else(|| self.refresh_token.clone());
        let refresh_token = refresh_token.ok_or(AuthError::NotSignedIn)?;
        let issued = self.issue(&mut stored, &refresh_token, lock.as_mut()).await?;
        let issued_at = self.clock.now();
        stored.refresh_token = Some(issued.refresh_token.unwrap_or(refresh_token));
        stored.access_token = Some(issued.access_token);
        stored.token_type = issued.token_type;
        stored.expires_at = issued.expires_in.and_then(|life| issued_at.saturating_add(life).ok());
        stored.api_domain = issued.api_domain.or(stored.api_domain.take());
        stored.scopes = issued.scopes.or(stored.scopes.take());
        lock.save(&stored).await?;
        let token = stored.access().ok_or(AuthError::NotSignedIn)?;
        Ok(self.keep(token, &stored))
    }

    fn life(&self, stored: &StoredToken) -> SignedDuration {
        life(stored, self.clock.now(), self.margin)
    }

    fn keep(&self, mut token: AccessToken, stored: &StoredToken) -> AccessToken {
        token.scopes = token.scopes.or_else(|| self.scopes.clone());
        self.memory.keep(token.clone(), self.life(stored), &*self.clock);
        token
    }

    /// One refresh within the budget. The attempt is recorded before it is made, so that the budget holds even if this
    /// process dies in between.
    async fn issue(
        &self,
        stored: &mut StoredToken,
        refresh_token: &SecretString,
        lock: &mut dyn StoreLock,
    ) -> Result<Issued, AuthError> {
        let started = self.clock.monotonic();
        loop {
            self.wait_for_budget(stored, started).await?;
            stored.refreshes.push(self.clock.now());
            lock.save(stored).await?;
            match accounts::refresh(&self.client, refresh_token).await {
                Err(AuthError::Throttled) if self.may_wait(started, THROTTLED) => self.clock.sleep(THROTTLED).await,
                result => return result,
            }
        }
    }

    async fn wait_for_budget(&self, stored: &mut StoredToken, started: Duration) -> Result<(), AuthError> {
        loop {
            let now = self.clock.now();
            // A time this far ahead was recorded by a clock that was wrong.
            stored.refreshes.retain(|made| now.duration_since(*made).abs() < WINDOW);
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

    fn may_wait(&self, started: Duration, more: Duration) -> bool {
        let waited = self.clock.monotonic().saturating_sub(started);
        waited.saturating_add(more) <= self.patience
    }
}
