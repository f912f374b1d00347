//! What people ask of an error.

use http::StatusCode;

use super::Error;
use crate::api_error::{ApiError, SCOPE_MISMATCH};
use crate::auth::AuthError;

/// The questions that a program decides by.
///
/// | question | asked in order to |
/// | --- | --- |
/// | [`is_not_found`](Error::is_not_found) | take a record for gone |
/// | [`is_unauthorized`](Error::is_unauthorized) | let the person sign in again |
/// | [`is_missing_scopes`](Error::is_missing_scopes), [`is_forbidden`](Error::is_forbidden) | tell what is not allowed |
/// | [`is_rate_limited`](Error::is_rate_limited) | do less, or go on later |
/// | [`is_timeout`](Error::is_timeout), [`is_transient`](Error::is_transient) | try again later |
/// | [`may_have_been_made`](Error::may_have_been_made) | look first whether a change was made |
impl Error {
    /// The HTTP status of Desk's last answer, where one is known. What the accounts server answered does not count, nor
    /// does what an answer of which no more than its size is wrong began with.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Api(refused) => Some(refused.status),
            Self::Decode { status, .. } => Some(*status),
            Self::CreditsSpent { .. } => Some(StatusCode::TOO_MANY_REQUESTS.as_u16()),
            _ => None,
        }
    }

    /// Whether what was asked for is not there: a refusal with 404.
    pub fn is_not_found(&self) -> bool {
        self.refused_with(StatusCode::NOT_FOUND)
    }

    /// Whether the token was refused, or there is none any more: a refusal with 401, a refresh token that has ended, or
    /// none at all. A new sign-in helps.
    pub fn is_unauthorized(&self) -> bool {
        let ended = matches!(self, Self::Auth { source: AuthError::InvalidCode | AuthError::NotSignedIn, .. });
        ended || self.refused_with(StatusCode::UNAUTHORIZED)
    }

    /// Whether the token lacks scopes, as the client found before the call or the API said. A new consent helps.
    pub fn is_missing_scopes(&self) -> bool {
        matches!(self, Self::MissingScopes(_)) || self.api().is_some_and(|refused| refused.code == SCOPE_MISMATCH)
    }

    /// Whether the token or its user may not do this: scopes that are missing, and any refusal with 403. What this
    /// client was limited to ([`Error::RiskNotAllowed`]) is no refusal of Desk's.
    pub fn is_forbidden(&self) -> bool {
        self.is_missing_scopes() || self.refused_with(StatusCode::FORBIDDEN)
    }

    /// Whether too much was asked for, so that less or later would do: any refusal with 429, be it too many calls at
    /// once or the day's credits; the credits that the client [keeps](crate::ClientBuilder::credit_floor); and too many
    /// access tokens.
    pub fn is_rate_limited(&self) -> bool {
        match self {
            Self::CreditsSpent { .. } | Self::CreditFloor { .. } => true,
            Self::Auth { source, .. } => matches!(source, AuthError::Throttled | AuthError::BudgetSpent { .. }),
            _ => self.refused_with(StatusCode::TOO_MANY_REQUESTS),
        }
    }

    /// Whether it took too long: the call with all its attempts, or the last one, or the way to a token.
    pub fn is_timeout(&self) -> bool {
        match self {
            Self::DeadlineExceeded { .. } => true,
            Self::Transport { source, .. } | Self::Auth { source: AuthError::Transport(source), .. } => {
                source.is_timeout()
            }
            _ => false,
        }
    }

    /// Whether the cause may pass by itself, so that the same call may succeed later: what is
    /// [rate limited](Self::is_rate_limited) or [took too long](Self::is_timeout), a lost connection, a file that came
    /// in part, a 5xx. The client has made its [own attempts](crate::Retry) by then. For a call that changes something,
    /// [`may_have_been_made`](Self::may_have_been_made) counts as well.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Transport { source, .. } | Self::Auth { source: AuthError::Transport(source), .. } => {
                !source.is_permanent()
            }
            Self::Auth { source: AuthError::Refused { status, .. }, .. } => *status >= 500,
            Self::Api(refused) if refused.status >= 500 => true,
            Self::IncompleteFile { .. } => true,
            _ => self.is_rate_limited() || self.is_timeout(),
        }
    }

    /// Whether the call may have been carried out all the same. It is false only where that is certain: no request was
    /// made, or none arrived, or the API refused it.
    ///
    /// It is about the last attempt. A call that was said to be [repeatable](crate::Pending::repeatable) may have been
    /// carried out by one before.
    pub fn may_have_been_made(&self) -> bool {
        match self {
            Self::MissingScopes(_)
            | Self::RiskNotAllowed { .. }
            | Self::InvalidCall(_)
            | Self::Auth { .. }
            | Self::CreditsSpent { .. }
            | Self::CreditFloor { .. }
            | Self::NoOrganization { .. }
            | Self::Configuration(_) => false,
            #[cfg(feature = "by-name")]
            Self::UnknownOperation(_) | Self::UnknownArgument(_) => false,
            #[cfg(feature = "by-name")]
            Self::FileTooLarge { .. } => true,
            Self::Api(refused) => !(300..500).contains(&refused.status) && refused.organization_for.is_none(),
            Self::Transport { source, .. } => !source.is_connect() && !source.is_permanent(),
            Self::Decode { .. }
            | Self::AnswerTooLarge { .. }
            | Self::DeadlineExceeded { .. }
            | Self::IncompleteFile { .. }
            | Self::File { .. } => true,
        }
    }

    fn refused_with(&self, status: StatusCode) -> bool {
        self.api().is_some_and(|refused: &ApiError| refused.status == status)
    }
}
