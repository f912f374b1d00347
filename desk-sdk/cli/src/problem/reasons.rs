//! What becomes a problem, with its exit code.

use std::error::Error as _;

use desk_sdk::Error;
use desk_sdk::auth::AuthError;

use super::told::{in_our_words, told};
use super::{Cause, Problem};
use crate::access::AccessError;
use crate::profile::ProfileError;
use crate::scopes::ScopesError;

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
            Error::Auth { source, .. } => code_of(source),
            _ => Self::FAILED,
        };
        Self { cause: Cause::of(&error), ..Self::new(code, told(&error)) }
    }
}

impl From<AuthError> for Problem {
    fn from(error: AuthError) -> Self {
        let mut text = error.to_string();
        let mut source = error.source();
        while let Some(reason) = source {
            let reason_text = reason.to_string();
            if !text.contains(&reason_text) {
                text = format!("{text}: {reason_text}");
            }
            source = reason.source();
        }
        Self::new(code_of(&error), in_our_words(&text))
    }
}

fn code_of(error: &AuthError) -> u8 {
    match error {
        AuthError::InvalidCode
        | AuthError::InvalidClient
        | AuthError::InvalidClientSecret
        | AuthError::NoConsent { .. }
        | AuthError::NotSignedIn => Problem::NOT_ALLOWED,
        AuthError::Refused { status, .. } if *status < 500 => Problem::NOT_ALLOWED,
        AuthError::Throttled | AuthError::BudgetSpent { .. } => Problem::LIMITED,
        _ => Problem::FAILED,
    }
}

impl From<AccessError> for Problem {
    fn from(error: AccessError) -> Self {
        let code = if error.is_token_missing() { Self::NOT_ALLOWED } else { Self::USAGE };
        match error {
            AccessError::Profile(error) => error.into(),
            AccessError::Client(error) => Self::new(code, told(&error)),
            other => Self::new(code, other.to_string()),
        }
    }
}

impl From<ProfileError> for Problem {
    fn from(error: ProfileError) -> Self {
        let asked_wrong =
            matches!(error, ProfileError::Unknown { .. } | ProfileError::Name(_) | ProfileError::File { .. });
        let code = if asked_wrong { Self::USAGE } else { Self::FAILED };
        Self::new(code, in_our_words(&error.to_string()))
    }
}

impl From<ScopesError> for Problem {
    fn from(error: ScopesError) -> Self {
        Self::usage(error.to_string())
    }
}
