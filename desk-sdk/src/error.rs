//! What can go wrong with a call.

mod failed_page;
mod questions;
#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::time::Duration;

use crate::api_error::ApiError;
use crate::auth::AuthError;
use crate::invalid_call::InvalidCall;
use crate::operation::{Operation, Risk};
use crate::record::DecodeError;
use crate::scope_check::{MissingScopes, ScopeReport};
use crate::shown::{chain, line};
use crate::transport::TransportError;
use crate::walk_error::WalkError;

pub use self::failed_page::FailedPage;

/// Why a call failed. Every variant names the operation, except [`Error::Configuration`], which does not belong to one.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The token lacks scopes; no request was made.
    #[error("{}; no request was made. {}", .0.need(), .0.advice())]
    MissingScopes(MissingScopes),

    /// The token lacks scopes for some of the operations that the program [requires](crate::Client::require); no
    /// request was made.
    #[error("{0}; no request was made")]
    RequiredScopes(Box<ScopeReport>),

    /// The call is riskier than the client allows; no request was made.
    #[error("{}", risk_not_allowed(operation, request.as_deref(), *risk, *allowed))]
    RiskNotAllowed {
        /// The operation that was to be called.
        operation: &'static str,
        /// Method and path of a request that does not match a known operation.
        request: Option<String>,
        /// The risk of the call.
        risk: Risk,
        /// The highest risk that the client allows.
        allowed: Risk,
    },

    /// Values break documented rules, or required ones are missing; no request was made.
    #[error("{0}; no request was made")]
    InvalidCall(InvalidCall),

    /// No enabled operation has the given name; no request was made.
    #[cfg(feature = "by-name")]
    #[error(transparent)]
    UnknownOperation(#[from] Box<crate::unknown_name::UnknownOperation>),

    /// The operation has no argument with the given name; no request was made.
    #[cfg(feature = "by-name")]
    #[error(transparent)]
    UnknownArgument(#[from] Box<crate::unknown_name::UnknownArgument>),

    /// A file is too large to be given as JSON.
    #[cfg(feature = "by-name")]
    #[error(
        "{operation} answers with a file of more than {limit} bytes, which is too large for JSON; \
         use the client's method `{operation}`, which delivers it piece by piece"
    )]
    FileTooLarge {
        /// The operation that was called.
        operation: &'static str,
        /// The largest size in bytes.
        limit: u64,
    },

    /// The API refused the call.
    #[error(transparent)]
    Api(#[from] Box<ApiError>),

    /// The API answered with something that cannot be read.
    #[error(
        "{operation} answered {status} with a body that cannot be read: {reason}. \
         The body starts with: {excerpt}. `Decoding::Lenient` sets such values aside instead of failing"
    )]
    Decode {
        /// The operation that was called.
        operation: &'static str,
        /// The HTTP status.
        status: u16,
        /// What is wrong, and where in the body.
        reason: DecodeError,
        /// The start of the body.
        excerpt: String,
    },

    /// The API answered with more than the client keeps in memory.
    #[error(
        "{operation} answered with more than {limit} bytes, the most that the client keeps in memory. \
         Request less at once, or build the client with a larger `largest_answer`"
    )]
    AnswerTooLarge {
        /// The operation that was called.
        operation: &'static str,
        /// The largest size in bytes.
        limit: usize,
    },

    /// The call took too long. It may still have been carried out.
    #[error(
        "{operation} did not finish within {}, but may have been carried out. \
         `Retry::deadline` sets the limit for all calls, `deadline` for a single call", seconds(*deadline)
    )]
    DeadlineExceeded {
        /// The operation that was called.
        operation: &'static str,
        /// How long it was allowed to take, including all attempts.
        deadline: Duration,
    },

    /// A file arrived incomplete, or in parts that do not fit together.
    #[error("{operation} did not deliver the whole file: {reason}")]
    IncompleteFile {
        /// The operation that was called.
        operation: &'static str,
        /// What is wrong with the parts that arrived.
        reason: String,
    },

    /// The request or its answer was lost in transit.
    #[error("{operation} got no answer: {}", line(&chain(source), LONGEST_CHAIN))]
    Transport {
        /// The operation that was called.
        operation: &'static str,
        /// What the HTTP client says.
        source: TransportError,
    },

    /// A file could not be written.
    #[error("{operation} could not save to {}: {source}", path.display())]
    File {
        /// The operation that was called.
        operation: &'static str,
        /// The file.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },

    /// There is no token to make the call with.
    #[error("{operation} got no token: {source}")]
    Auth {
        /// The operation that was to be called.
        operation: &'static str,
        /// Why not.
        source: AuthError,
    },

    /// The day's credits are spent.
    #[error(
        "{operation} was refused because the day's credits are spent; more will be available at {until}. \
         With `wait_for_credits` the client waits for them, for a day at most"
    )]
    CreditsSpent {
        /// The operation that was called.
        operation: &'static str,
        /// When calls are possible again.
        until: jiff::Timestamp,
    },

    /// Calling would use credits that the client keeps in reserve; no request was made.
    #[error(
        "{operation} was not called: {left} credits are left today, and the client keeps {floor} in reserve; \
         no request was made"
    )]
    CreditFloor {
        /// The operation that was to be called.
        operation: &'static str,
        /// How many credits are left, according to the last answer.
        left: u64,
        /// How many credits are kept in reserve.
        floor: u64,
    },

    /// The operation needs an organization, but none was found.
    #[error(
        "{operation} needs an organization, and {discovery} found none. \
         Set one with `organization`, or check that the token's user belongs to one"
    )]
    NoOrganization {
        /// The operation that was to be called.
        operation: &'static str,
        /// The operation that was asked for organizations.
        discovery: &'static str,
    },

    /// A page of a list could not be read; those before it were.
    #[error("{0}")]
    Page(Box<FailedPage>),

    /// A list cannot be read any further, or not in this way.
    #[error("{0}")]
    Walk(WalkError),

    /// The client cannot be built as configured.
    #[error("the client cannot be built: {0}")]
    Configuration(String),
}

/// The result of a call.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// The operation that failed.
    pub fn operation(&self) -> Option<&'static str> {
        match self {
            Self::MissingScopes(missing) => Some(missing.operation.id),
            Self::RequiredScopes(report) => report.missing.first().map(|missing| missing.operation.id),
            Self::InvalidCall(invalid) => Some(invalid.operation),
            Self::Api(error) => Some(error.operation),
            Self::Page(page) => Some(page.operation),
            Self::Walk(error) => Some(error.operation()),
            Self::RiskNotAllowed { operation, .. }
            | Self::Decode { operation, .. }
            | Self::AnswerTooLarge { operation, .. }
            | Self::DeadlineExceeded { operation, .. }
            | Self::IncompleteFile { operation, .. }
            | Self::Transport { operation, .. }
            | Self::File { operation, .. }
            | Self::Auth { operation, .. }
            | Self::CreditsSpent { operation, .. }
            | Self::CreditFloor { operation, .. }
            | Self::NoOrganization { operation, .. } => Some(operation),
            #[cfg(feature = "by-name")]
            Self::UnknownArgument(unknown) => Some(unknown.operation),
            #[cfg(feature = "by-name")]
            Self::FileTooLarge { operation, .. } => Some(operation),
            // There is no such operation; its name is in the error itself.
            #[cfg(feature = "by-name")]
            Self::UnknownOperation(_) => None,
            Self::Configuration(_) => None,
        }
    }

    pub(crate) fn transport(operation: &'static Operation, source: impl Into<TransportError>) -> Self {
        Self::Transport { operation: operation.id, source: source.into() }
    }

    pub(crate) fn auth(operation: &'static Operation, source: AuthError) -> Self {
        Self::Auth { operation: operation.id, source }
    }

    /// What the API said, if it refused the call.
    pub fn api(&self) -> Option<&ApiError> {
        match self {
            Self::Api(error) => Some(error),
            Self::Page(page) => page.reason.api(),
            _ => None,
        }
    }
}

impl From<ApiError> for Error {
    fn from(refused: ApiError) -> Self {
        Self::Api(Box::new(refused))
    }
}

// Their messages begin the error's own message, so they are not a source that would be reported again.
impl From<MissingScopes> for Error {
    fn from(missing: MissingScopes) -> Self {
        Self::MissingScopes(missing)
    }
}

impl From<InvalidCall> for Error {
    fn from(invalid: InvalidCall) -> Self {
        Self::InvalidCall(invalid)
    }
}

fn risk_not_allowed(operation: &str, request: Option<&str>, risk: Risk, allowed: Risk) -> String {
    let (call, way) = match request {
        Some(request) => (
            format!("{} is not a known operation and counts as {risk}", line(request, LONGEST_REQUEST)),
            "Declare its risk with `.risk(…)` on the request, or build the client with `max_risk` to allow more",
        ),
        None => (format!("{operation} is {risk}"), "Build the client with `max_risk` to allow more"),
    };
    format!("{call}, but this client is limited to {allowed} operations; no request was made. {way}")
}

/// How many characters of a request's method and path are shown.
const LONGEST_REQUEST: usize = 200;

/// How many characters of the reason for a lost request are shown: it may repeat what a peer said.
const LONGEST_CHAIN: usize = 500;

/// A duration, written as briefly as possible.
fn seconds(time: Duration) -> String {
    format!("{} s", time.as_secs_f64())
}
