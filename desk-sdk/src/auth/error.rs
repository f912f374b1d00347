//! What can go wrong on the way to a token.

use jiff::Timestamp;

use super::store::StoreError;
use crate::transport::TransportError;

/// Why there is no token. A copy goes to everyone who waited for it.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AuthError {
    /// The grant code or refresh token is not valid: used, ended, revoked, or of another client.
    #[error(
        "the accounts server knows no such code or refresh token (invalid_code): sign in again. \
             A grant code lives a minute and is used once; a refresh token ends when it is revoked, \
             or when the user has made twenty newer ones"
    )]
    InvalidCode,
    /// The client id is not registered in this data centre.
    #[error(
        "the accounts server knows no such client (invalid_client): check the client id, and that the client \
             is registered in this data centre"
    )]
    InvalidClient,
    /// The client secret is wrong.
    #[error("the client secret is wrong (invalid_client_secret): each data centre has a secret of its own")]
    InvalidClientSecret,
    /// Too many access tokens were asked for.
    #[error(
        "the accounts server makes no more access tokens for now (Access Denied): ten in ten minutes are allowed \
             for a refresh token. Share one token by a common store instead of refreshing in each process"
    )]
    Throttled,
    /// Another refresh now would go beyond what the API allows.
    #[error("ten access tokens were made within ten minutes; the next may be made at {until}")]
    BudgetSpent {
        /// When the next refresh is allowed.
        until: Timestamp,
    },
    /// The person did not consent.
    #[error("no consent was given: {reason}")]
    NoConsent {
        /// What came back instead, such as `access_denied`.
        reason: String,
    },
    /// There is neither an access token nor a refresh token.
    #[error("no refresh token was given and none is stored: sign in first")]
    NotSignedIn,
    /// The accounts server answered with an error that has no name here.
    #[error("the accounts server refused with {status}: {message}")]
    Refused {
        /// The HTTP status, 200 for most errors of this server.
        status: u16,
        /// Its own words, shortened.
        message: String,
    },
    /// The accounts server could not be reached, or its answer was lost.
    #[error("the accounts server gave no answer")]
    Transport(#[source] TransportError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Whatever a provider of one's own reports.
    #[error("{0}")]
    Other(String),
}
