//! What can go wrong when getting a token.

use jiff::Timestamp;

use super::store::StoreError;
use crate::transport::TransportError;

/// Why there is no token. Everyone who waited for it gets a copy.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AuthError {
    /// The grant code or refresh token is not valid: already used, expired, revoked, or issued to another client.
    #[error(
        "the accounts server does not recognise the code or refresh token (invalid_code): sign in again. \
         A grant code is valid for minutes, one of a redirect for a single one, and can be used once; a refresh token stops working when \
         it is revoked, or when the user has created twenty newer ones"
    )]
    InvalidCode,
    /// The client id is not registered in this data centre.
    #[error(
        "the accounts server does not recognise the client (invalid_client): check the client id, and that the client \
         is registered in this data centre"
    )]
    InvalidClient,
    /// The client secret is wrong.
    #[error("the client secret is wrong (invalid_client_secret): each data centre has its own secret")]
    InvalidClientSecret,
    /// Too many access tokens were requested.
    #[error(
        "the accounts server issues no more access tokens for now (Access Denied): it allows ten in ten minutes \
         per refresh token. Share one token through a common store instead of refreshing in each process"
    )]
    Throttled,
    /// Another refresh now would exceed what the API allows.
    #[error("ten access tokens were issued within ten minutes; the next may be requested at {until}")]
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
    /// The accounts server answered with an error that has no variant here.
    #[error("the accounts server refused with {status}: {message}")]
    Refused {
        /// The HTTP status, 200 for most errors of this server.
        status: u16,
        /// Its own message, shortened.
        message: String,
    },
    /// The accounts server could not be reached, or its answer was lost.
    #[error("the accounts server did not answer")]
    Transport(#[source] TransportError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Any other error, such as one from your own token provider.
    #[error("{0}")]
    Other(String),
}
