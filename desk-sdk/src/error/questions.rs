//! Questions that programs ask about an error.

use http::StatusCode;

use super::Error;
use crate::api_error::ApiError;
use crate::auth::AuthError;

/// Questions that decide what a program does next.
///
/// | question | ask it to |
/// | --- | --- |
/// | [`is_not_found`](Error::is_not_found) | treat a record as gone |
/// | [`is_unauthorized`](Error::is_unauthorized) | have the user sign in again |
/// | [`is_missing_scopes`](Error::is_missing_scopes), [`is_forbidden`](Error::is_forbidden) | explain what is not allowed |
/// | [`is_rate_limited`](Error::is_rate_limited) | slow down, or continue later |
/// | [`is_timeout`](Error::is_timeout), [`is_transient`](Error::is_transient) | try again later |
/// | [`may_have_been_made`](Error::may_have_been_made) | check whether a change was made before repeating it |
impl Error {
    /// The HTTP status of Desk's last answer, if known. Answers of the accounts server do not count, nor do answers
    /// that were only too large.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Api(refused) => Some(refused.status),
            Self::Decode { status, .. } => Some(*status),
            Self::CreditsSpent { .. } => Some(StatusCode::TOO_MANY_REQUESTS.as_u16()),
            Self::Page(page) => page.reason.status(),
            _ => None,
        }
    }

    /// Whether the requested resource does not exist: a refusal with 404.
    pub fn is_not_found(&self) -> bool {
        self.refused_with(StatusCode::NOT_FOUND)
    }

    /// Whether the token was refused or there is none: a refusal with 401, or a refresh token that is missing or no
    /// longer valid. Signing in again helps.
    pub fn is_unauthorized(&self) -> bool {
        if let Self::Page(page) = self {
            return page.reason.is_unauthorized();
        }
        let ended = matches!(self, Self::Auth { source: AuthError::InvalidCode | AuthError::NotSignedIn, .. });
        ended || self.refused_with(StatusCode::UNAUTHORIZED)
    }

    /// Whether the token lacks scopes, as found by the client before the call or reported by the API. A new consent
    /// helps.
    pub fn is_missing_scopes(&self) -> bool {
        if let Self::Page(page) = self {
            return page.reason.is_missing_scopes();
        }
        matches!(self, Self::MissingScopes(_) | Self::RequiredScopes(_))
            || self.api().is_some_and(ApiError::lacks_scope)
    }

    /// Whether the token or its user may not do this: missing scopes, and any refusal with 403. A limit set on this
    /// client ([`Error::RiskNotAllowed`]) is not a refusal by Desk.
    pub fn is_forbidden(&self) -> bool {
        self.is_missing_scopes() || self.refused_with(StatusCode::FORBIDDEN)
    }

    /// Whether too much was requested, so that slowing down or waiting helps: any refusal with 429, whether for too
    /// many calls at once or because the day's credits are spent; credits that the client [keeps in
    /// reserve](crate::ClientBuilder::credit_floor); and too many access tokens.
    pub fn is_rate_limited(&self) -> bool {
        match self {
            Self::CreditsSpent { .. } | Self::CreditFloor { .. } => true,
            Self::Page(page) => page.reason.is_rate_limited(),
            Self::Auth { source, .. } => matches!(source, AuthError::Throttled | AuthError::BudgetSpent { .. }),
            _ => self.refused_with(StatusCode::TOO_MANY_REQUESTS),
        }
    }

    /// Whether something took too long: the call with all its attempts, the last attempt, or getting a token.
    pub fn is_timeout(&self) -> bool {
        match self {
            Self::DeadlineExceeded { .. } => true,
            Self::Page(page) => page.reason.is_timeout(),
            Self::Transport { source, .. } | Self::Auth { source: AuthError::Transport(source), .. } => {
                source.is_timeout()
            }
            _ => false,
        }
    }

    /// Whether the cause may go away by itself, so that the same call may succeed later: anything [rate
    /// limited](Self::is_rate_limited) or [timed out](Self::is_timeout), a lost connection, a file that arrived in
    /// part, a 5xx. By then, the client has made its [own retries](crate::Retry). For a call that changes something,
    /// also ask [`may_have_been_made`](Self::may_have_been_made).
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Transport { source, .. } | Self::Auth { source: AuthError::Transport(source), .. } => {
                !source.is_permanent()
            }
            Self::Auth { source: AuthError::Refused { status, .. }, .. } => *status >= 500,
            Self::Api(refused) if refused.status >= 500 => true,
            Self::IncompleteFile { .. } => true,
            Self::Page(page) => page.reason.is_transient(),
            _ => self.is_rate_limited() || self.is_timeout(),
        }
    }

    /// Whether the call may have been carried out despite the error. This is false only if it certainly was not: no
    /// request was made, none arrived, or the API refused it.
    ///
    /// This is about the last attempt. A call marked as [repeatable](crate::Pending::repeatable) may have been carried
    /// out by an earlier one.
    pub fn may_have_been_made(&self) -> bool {
        match self {
            Self::MissingScopes(_)
            | Self::RequiredScopes(_)
            | Self::RiskNotAllowed { .. }
            | Self::InvalidCall(_)
            | Self::Auth { .. }
            | Self::CreditsSpent { .. }
            | Self::CreditFloor { .. }
            | Self::NoOrganization { .. }
            | Self::Walk(_)
            | Self::Configuration(_) => false,
            Self::Page(page) => page.reason.may_have_been_made(),
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
