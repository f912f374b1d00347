//! What can go wrong with a call.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

pub use crate::api_error::{ApiError, FieldError};
use crate::auth::{AuthError, AuthorizationRequest, OauthClient};
use crate::invalid_call::InvalidCall;
use crate::operation::{Operation, Risk};
use crate::record::DecodeError;
use crate::scope::{GrantedScopes, Scope};
use crate::shown::line;

/// Why a call failed. Every variant names the operation, but for [`Error::Configuration`], which
/// belongs to none.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The token lacks scopes; no request was made.
    #[error("{}; no request was made. {}", .0.need(), .0.advice())]
    MissingScopes(MissingScopes),

    /// The client was limited to less risk; no request was made.
    #[error("{}", risk_not_allowed(operation, request.as_deref(), *risk, *allowed))]
    RiskNotAllowed {
        /// The operation that was to be called.
        operation: &'static str,
        /// Method and path of a request that is no known operation's.
        request: Option<String>,
        /// What it may do.
        risk: Risk,
        /// What the client may do.
        allowed: Risk,
    },

    /// Values break documented rules, or required ones are missing; no request was made.
    #[error("{0}; no request was made")]
    InvalidCall(InvalidCall),

    /// No enabled operation has the name that was given; no request was made.
    #[cfg(feature = "by-name")]
    #[error(transparent)]
    UnknownOperation(#[from] Box<crate::by_name::UnknownOperation>),

    /// The operation takes no argument of the name that was given; no request was made.
    #[cfg(feature = "by-name")]
    #[error(transparent)]
    UnknownArgument(#[from] Box<crate::by_name::UnknownArgument>),

    /// A file is too large to be given as JSON.
    #[cfg(feature = "by-name")]
    #[error(
        "{operation} answers with a file of more than {limit} bytes, which is too large for JSON; \
             the client's method `{operation}` gives it piece by piece"
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
             The body starts: {excerpt}. `Decoding::Lenient` keeps such values aside instead"
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
        "{operation} answered with more than {limit} bytes, which is the most that the client keeps in memory. \
             Ask for less at once, or build the client with a greater `largest_answer`"
    )]
    AnswerTooLarge {
        /// The operation that was called.
        operation: &'static str,
        /// The largest size in bytes.
        limit: usize,
    },

    /// The call took too long. It may have been carried out all the same.
    #[error(
        "{operation} did not end within {}, and may have been carried out all the same. \
             `Retry::deadline` gives all calls more time, `deadline` gives it to one call", seconds(*deadline)
    )]
    DeadlineExceeded {
        /// The operation that was called.
        operation: &'static str,
        /// How long it was allowed to take, with all its attempts.
        deadline: Duration,
    },

    /// A file came in parts that do not fit together, or not whole.
    #[error("{operation} did not give the whole file: {reason}")]
    IncompleteFile {
        /// The operation that was called.
        operation: &'static str,
        /// What is wrong with what came.
        reason: String,
    },

    /// The request or its answer was lost on the way.
    #[error("{operation} got no answer: {}", line(&chain(source), LONGEST_CHAIN))]
    Transport {
        /// The operation that was called.
        operation: &'static str,
        /// What the HTTP client says.
        source: reqwest::Error,
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
        "{operation} was refused because the day's credits are spent; there will be more at {until}. \
             `wait_for_credits` makes the client wait for them, for a day at most"
    )]
    CreditsSpent {
        /// The operation that was called.
        operation: &'static str,
        /// When calls are possible again.
        until: jiff::Timestamp,
    },

    /// Few credits are left, and the client was told to keep them; no request was made.
    #[error(
        "{operation} was not called: {left} credits are left today, and the client keeps {floor} back; \
             no request was made"
    )]
    CreditFloor {
        /// The operation that was to be called.
        operation: &'static str,
        /// What is left, as the last answer said.
        left: u64,
        /// What is kept back.
        floor: u64,
    },

    /// The operation needs an organization and none could be found.
    #[error(
        "{operation} needs an organization, and {discovery} found none. \
             Give the client one with `organization`, or check that the token's user belongs to one"
    )]
    NoOrganization {
        /// The operation that was to be called.
        operation: &'static str,
        /// The operation that was asked for organizations.
        discovery: &'static str,
    },

    /// The client cannot be built as it was asked for.
    #[error("the client cannot be built: {0}")]
    Configuration(String),
}

impl Error {
    /// The operation that failed.
    pub fn operation(&self) -> Option<&'static str> {
        match self {
            Self::MissingScopes(missing) => Some(missing.operation.id),
            Self::InvalidCall(invalid) => Some(invalid.operation),
            Self::Api(error) => Some(error.operation),
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
            // What was called is no operation, so that its name is in the error alone.
            #[cfg(feature = "by-name")]
            Self::UnknownOperation(_) => None,
            Self::Configuration(_) => None,
        }
    }

    pub(crate) fn auth(operation: &'static Operation, source: AuthError) -> Self {
        Self::Auth { operation: operation.id, source }
    }

    /// What the API said, if it refused the call.
    pub fn api(&self) -> Option<&ApiError> {
        match self {
            Self::Api(error) => Some(error),
            _ => None,
        }
    }
}

// Their texts are the start of the error's own, so that they are no cause to be told once more.
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
            format!("{} is no known operation and counts as {risk}", line(request, LONGEST_REQUEST)),
            "`.risk(…)` on the request says what it does; build the client with `max_risk` to allow more",
        ),
        None => (format!("{operation} is {risk}"), "Build the client with `max_risk` to allow more"),
    };
    format!("{call}, and this client is limited to {allowed} operations; no request was made. {way}")
}

/// So much of a request's method and path is shown.
const LONGEST_REQUEST: usize = 200;

/// So much is shown of why a request was lost: it may repeat what a peer says.
const LONGEST_CHAIN: usize = 500;

/// A time in as few words as will do.
fn seconds(time: Duration) -> String {
    format!("{} s", time.as_secs_f64())
}

/// An error with everything that caused it.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

/// A token that lacks scopes.
#[derive(Clone)]
#[non_exhaustive]
pub struct MissingScopes {
    /// The operation that needs them.
    pub operation: &'static Operation,
    /// The operation that was to be called, where the one that lacks scopes was to find the
    /// organization for it, because none was given.
    pub organization_for: Option<&'static str>,
    /// What the token was granted.
    pub granted: GrantedScopes,
    /// The smallest sets of scopes to add, any one of which would do.
    pub missing: Vec<Vec<Scope>>,
}

impl MissingScopes {
    /// What the next consent should ask for: all that was granted, and the first of the smallest
    /// sets that are missing.
    pub fn to_ask_for(&self) -> Vec<String> {
        let missing = self.missing.first().into_iter().flatten().map(Scope::to_string);
        self.granted.iter().map(str::to_owned).chain(missing).collect()
    }

    /// A request for a consent to exactly that, with the address where it is given. Where the
    /// refresh token may stay, a [`ScopeAddition`](crate::auth::ScopeAddition) asks for what is
    /// missing alone.
    ///
    /// # Errors
    ///
    /// As [`AuthorizationRequest::new`].
    pub fn authorization(&self, client: &OauthClient) -> Result<AuthorizationRequest, AuthError> {
        AuthorizationRequest::new(client, self.to_ask_for())
    }
}

impl MissingScopes {
    pub(crate) fn new(operation: &'static Operation, granted: &GrantedScopes) -> Self {
        Self { operation, organization_for: None, granted: granted.clone(), missing: granted.missing(operation) }
    }

    /// What is missing, in words that hold whether the call was made or not.
    pub(crate) fn need(&self) -> String {
        let set = |set: &[Scope]| set.iter().map(Scope::to_string).collect::<Vec<_>>().join(" and ");
        let sets: Vec<_> = self.missing.iter().map(|missing| set(missing)).collect();
        let need = format!("{} needs {}, which the token lacks", self.operation, sets.join(", or "));
        match self.organization_for {
            Some(operation) => format!("{operation} needs an organization, and to look for one, {need}"),
            None => need,
        }
    }

    /// What was granted, and what can be done.
    fn advice(&self) -> String {
        let granted =
            if self.granted.is_empty() { "no scopes".to_owned() } else { line(&self.granted.to_string(), 2000) };
        let way = match self.organization_for {
            Some(_) => {
                "It was looked for because none was given: `.organization(id)` on the client's builder avoids it. "
            }
            None => "",
        };
        format!(
            "{way}The token was granted {granted}. \
             A new consent with the missing scope adds it; refreshing the token does not"
        )
    }
}

impl fmt::Display for MissingScopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}. {}", self.need(), self.advice())
    }
}

/// Short, because errors and answers are logged so: the operation's id, and scopes.
impl fmt::Debug for MissingScopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("MissingScopes");
        debug.field("operation", &self.operation.id);
        if let Some(operation) = self.organization_for {
            debug.field("organization_for", &operation);
        }
        debug.field("granted", &self.granted).field("missing", &self.missing).finish()
    }
}

impl PartialEq for MissingScopes {
    fn eq(&self, other: &Self) -> bool {
        let whole = |one: &Self| (one.operation.id, one.organization_for);
        whole(self) == whole(other) && self.granted == other.granted && self.missing == other.missing
    }
}

impl std::error::Error for MissingScopes {}

/// So many characters of a value are shown.
#[cfg(feature = "by-name")]
const LONGEST_VALUE: usize = 80;

/// A text that has its place in a line.
#[cfg(feature = "by-name")]
pub(crate) fn shortened(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(LONGEST_VALUE) {
        text.truncate(end);
        text.push('…');
    }
    text
}
