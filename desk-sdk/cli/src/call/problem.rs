//! Why something was not done, with the exit code that tells a script.

use std::fmt;

use desk_sdk::{Error, Risk};

use crate::access::AccessError;

/// Why a call was not made, or failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The exit code.
    pub code: u8,
    /// What is wrong, where, and what to do.
    pub text: String,
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
        Self { code: Self::FAILED, text: text.into() }
    }

    /// It cannot be done as asked.
    pub fn usage(text: impl Into<String>) -> Self {
        Self { code: Self::USAGE, text: text.into() }
    }

    /// It was ended by a signal.
    pub fn interrupted() -> Self {
        Self { code: Self::INTERRUPTED, text: "interrupted".to_owned() }
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
        Self { code, text: error.to_string() }
    }
}

impl From<AccessError> for Problem {
    fn from(error: AccessError) -> Self {
        let code = if error.is_token_missing() { Self::NOT_ALLOWED } else { Self::USAGE };
        Self { code, text: error.to_string() }
    }
}
