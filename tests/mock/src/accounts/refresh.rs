//! Refresh tokens and the access tokens made from them.

use std::collections::VecDeque;
use std::time::Duration;

use serde_json::{Value, json};

use super::form::Form;
use super::{Accounts, Around, Denied, LIFE};
use crate::accounts::tokens::{Grant, Tokens};
use crate::common::mint::mint;

/// The most access tokens made in a window of time.
const MOST_IN_WINDOW: usize = 10;
const WINDOW: Duration = Duration::from_secs(10 * 60);

/// The most access tokens of one refresh token that are valid at once.
const MOST_LIVE: usize = 15;

/// The most refresh tokens that a client has at once.
const MOST_OF_CLIENT: usize = 20;

/// A refresh token. It lives until it is revoked, or until its client has too many.
pub(super) struct RefreshToken {
    token: String,
    client: String,
    scopes: Vec<String>,
    /// When refreshes gave a token, within the window.
    made: VecDeque<Duration>,
    /// Access tokens with their ends, the oldest first.
    live: VecDeque<(String, Duration)>,
}

impl RefreshToken {
    pub(super) fn new(client: String, scopes: Vec<String>) -> Self {
        Self { token: mint(), client, scopes, made: VecDeque::new(), live: VecDeque::new() }
    }

    pub(super) fn text(&self) -> &str {
        &self.token
    }

    /// The granted scopes as answers have them.
    pub(super) fn scope(&self) -> String {
        self.scopes.join(" ")
    }

    /// A new access token. The oldest one expires if there would be too many.
    pub(super) fn issue(&mut self, now: Duration, tokens: &mut Tokens) -> String {
        let ends = now.saturating_add(LIFE);
        let token = tokens.issue_until(Grant { scopes: self.scopes.clone() }, ends);
        self.live.retain(|(_, ends)| now < *ends);
        self.live.push_back((token.clone(), ends));
        if self.live.len() > MOST_LIVE
            && let Some((oldest, _)) = self.live.pop_front()
        {
            tokens.revoke(&oldest);
        }
        token
    }

    /// Adds scopes, to the live access tokens too.
    pub(super) fn widen(&mut self, scopes: Vec<String>, tokens: &mut Tokens) {
        for scope in scopes {
            if !self.scopes.contains(&scope) {
                self.scopes.push(scope);
            }
        }
        for (token, _) in &self.live {
            tokens.regrant(token, &self.scopes);
        }
    }

    fn end(self, tokens: &mut Tokens) {
        for (token, _) in self.live {
            tokens.revoke(&token);
        }
    }
}

impl Accounts {
    /// Keeps a new refresh token. The client's oldest one expires if there would be too many.
    pub(super) fn keep(&mut self, new: RefreshToken, tokens: &mut Tokens) {
        let of_client = |token: &RefreshToken| token.client == new.client;
        if self.refresh_tokens.iter().filter(|token| of_client(token)).count() >= MOST_OF_CLIENT
            && let Some(oldest) = self.refresh_tokens.iter().position(of_client)
        {
            self.refresh_tokens.remove(oldest).end(tokens);
        }
        self.refresh_tokens.push(new);
    }

    /// A refresh token that no person was asked for.
    pub(crate) fn grant(&mut self, client: &str, scopes: Vec<String>, tokens: &mut Tokens) -> String {
        let token = RefreshToken::new(client.to_owned(), scopes);
        let text = token.text().to_owned();
        self.keep(token, tokens);
        text
    }

    pub(super) fn refresh_token_mut(&mut self, client: &str, token: &str) -> Option<&mut RefreshToken> {
        self.refresh_tokens.iter_mut().find(|known| known.client == client && known.token == token)
    }

    /// The refresh token that a form names, if it belongs to the client.
    pub(super) fn named(&mut self, client: &str, form: &Form) -> Result<&mut RefreshToken, Denied> {
        let token = form.get("refresh_token").ok_or(Denied::InvalidCode)?;
        self.refresh_token_mut(client, token).ok_or(Denied::InvalidCode)
    }

    pub(super) fn refresh(&mut self, client: &str, form: &Form, around: Around<'_>) -> Result<Value, Denied> {
        let token = self.named(client, form)?;
        token.made.retain(|made| around.now.saturating_sub(*made) < WINDOW);
        if token.made.len() >= MOST_IN_WINDOW {
            return Err(Denied::TooManyTokens);
        }
        token.made.push_back(around.now);
        let access_token = token.issue(around.now, around.tokens);
        self.refreshes += 1;
        Ok(json!({
            "access_token": access_token,
            "api_domain": around.url,
            "token_type": "Bearer",
            "expires_in": LIFE.as_secs(),
        }))
    }

    /// Access tokens have ended by other means.
    pub(crate) fn forget_access_tokens(&mut self) {
        for token in &mut self.refresh_tokens {
            token.live.clear();
        }
    }

    /// Ends a token of either kind; a refresh token ends with its access tokens. Whether there was such a token.
    pub(crate) fn revoke(&mut self, token: &str, tokens: &mut Tokens) -> bool {
        match self.refresh_tokens.iter().position(|known| known.token == token) {
            Some(at) => {
                self.refresh_tokens.remove(at).end(tokens);
                true
            }
            None => tokens.revoke(token),
        }
    }
}
