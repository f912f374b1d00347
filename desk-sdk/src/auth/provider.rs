//! Where access tokens come from.

use std::fmt;

use futures_util::future::{BoxFuture, FutureExt as _, ready};

use super::{AccessToken, AuthError};
use crate::scope::ScopeSet;
use crate::value::Id;

/// A source of access tokens. The client asks before each call, so answering from memory should be cheap.
///
/// Implement it to use tokens from elsewhere, such as a service that hands them out.
pub trait TokenProvider: fmt::Debug + Send + Sync {
    /// A token to make a call with.
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, AuthError>>;

    /// Another token, after the API refused this one; `None` if there is no other.
    fn replace<'a>(&'a self, refused: &'a AccessToken) -> BoxFuture<'a, Result<Option<AccessToken>, AuthError>>;

    /// The scopes that the token was granted, if known. Each call whose token does not carry its scopes asks for them,
    /// and so does [`Client::check`](crate::Client::check); a provider that knows them without getting a token should
    /// return them here.
    fn scopes(&self) -> BoxFuture<'_, Result<Option<ScopeSet>, AuthError>> {
        async { Ok(self.token().await?.scopes) }.boxed()
    }

    /// The organization that is kept with the token, if any. [`Client::check`](crate::Client::check) asks for it; a
    /// provider that knows it without getting a token should return it here.
    fn organization(&self) -> BoxFuture<'_, Result<Option<Id>, AuthError>> {
        async { Ok(self.token().await?.organization) }.boxed()
    }

    /// Keeps the organization that was found for the token, so that it need not be looked up again.
    fn remember_organization<'a>(&'a self, _organization: &'a Id) -> BoxFuture<'a, Result<(), AuthError>> {
        ready(Ok(())).boxed()
    }
}

/// A single access token, used until it expires.
#[derive(Clone, Debug)]
pub struct FixedToken(AccessToken);

impl FixedToken {
    /// A given token.
    pub fn new(token: AccessToken) -> Self {
        Self(token)
    }
}

impl TokenProvider for FixedToken {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, AuthError>> {
        ready(Ok(self.0.clone())).boxed()
    }

    fn replace<'a>(&'a self, _: &'a AccessToken) -> BoxFuture<'a, Result<Option<AccessToken>, AuthError>> {
        ready(Ok(None)).boxed()
    }

    fn scopes(&self) -> BoxFuture<'_, Result<Option<ScopeSet>, AuthError>> {
        ready(Ok(self.0.scopes.clone())).boxed()
    }

    fn organization(&self) -> BoxFuture<'_, Result<Option<Id>, AuthError>> {
        ready(Ok(self.0.organization.clone())).boxed()
    }
}
