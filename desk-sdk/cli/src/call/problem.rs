//! Why something was not done, with the exit code that tells a script.

use std::{fmt, io};

use desk_sdk::{Error, Risk};

use crate::access::AccessError;

/// Why a call was not made, or failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The exit code.
    pub code: u8,
    /// What is wrong, where, and what to do.
    pub text: String,
    /// Whether nothing listens where the call went.
    pub unreached: bool,
}

impl Problem {
    /// The call failed.
    pub const FAILED: u8 = 1;
    /// It cannot be done as asked.
    pub const USAGE: u8 = 2;
    /// The token is missing, refused, or lacks scopes.
    pub const NOT_ALLOWED: u8 = 3;
    /// The day's credits are spent, or too many calls were made.
    pub const LIMITED: u8 = 4;
    /// Ended by a signal, as shells have it.
    pub const INTERRUPTED: u8 = 130;

    /// The call failed.
    pub fn failed(text: impl Into<String>) -> Self {
        Self { code: Self::FAILED, text: text.into(), unreached: false }
    }

    /// It cannot be done as asked.
    pub fn usage(text: impl Into<String>) -> Self {
        Self { code: Self::USAGE, text: text.into(), unreached: false }
    }

    /// It was ended by a signal.
    pub fn interrupted() -> Self {
        Self { code: Self::INTERRUPTED, text: "interrupted".to_owned(), unreached: false }
    }

    /// A call without the flag that its risk needs.
    pub(crate) fn too_risky(call: &str, risk: Risk, allowed: Risk) -> Self {
        let why = match risk {
            Risk::Safe => "only reads",
            Risk::Write => "changes something",
            Risk::Outbound => "may reach people outside of the organization",
            Risk::Destructive => "may destroy something for good",
        };
        Self::usage(format!(
            "{call} is {risk}: it {why}. Only {allowed} calls are made without --max-risk {risk}; nothing was sent"
        ))
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for Problem {}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let code = match &error {
            Error::InvalidCall(_)
            | Error::UnknownOperation(_)
            | Error::UnknownArgument(_)
            | Error::RiskNotAllowed { .. }
            | Error::Walk(_)
            | Error::Configuration(_) => Self::USAGE,
            error if error.is_rate_limited() => Self::LIMITED,
            error if error.is_unauthorized() || error.is_forbidden() => Self::NOT_ALLOWED,
            Error::Auth { .. } => Self::NOT_ALLOWED,
            _ => Self::FAILED,
        };
        Self { code, text: explained(&error), unreached: is_unreached(&error) }
    }
}

/// What went wrong, and which command adds a scope that is missing.
pub fn explained(error: &Error) -> String {
    match error.operation() {
        // Requests of unknown paths have no operation that a consent could be for.
        Some(id) if error.is_missing_scopes() && desk_sdk::operation(id).is_some() => {
            format!("{error}: `desk login --for {id}` asks for it, with the --profile that is meant")
        }
        _ => error.to_string(),
    }
}

/// Whether nothing listens where the call went.
pub fn is_unreached(error: &Error) -> bool {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = match error {
        Error::Page(page) => return is_unreached(&page.reason),
        error => Some(error),
    };
    while let Some(error) = cause {
        let refused = |error: &io::Error| error.kind() == io::ErrorKind::ConnectionRefused;
        if error.downcast_ref().is_some_and(refused) {
            return true;
        }
        cause = error.source();
    }
    false
}

impl From<AccessError> for Problem {
    fn from(error: AccessError) -> Self {
        let code = if error.is_token_missing() { Self::NOT_ALLOWED } else { Self::USAGE };
        Self { code, text: error.to_string(), unreached: false }
    }
}
