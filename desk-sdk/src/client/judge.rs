//! What a failed attempt may have done, which determines whether it may be repeated.

use std::time::Duration;

use http::StatusCode;
use tokio::sync::OwnedSemaphorePermit;

use super::Shared;
use super::retry::{Effect, Failure};
use crate::api_error::ApiError;
use crate::error::Error;
use crate::http_body::BodyError;
use crate::operation::Operation;
use crate::transport::TransportError;

/// How long to wait if the API does not say when credits will be available again.
const UNTOLD: Duration = Duration::from_secs(3600);

/// What a refusal means for another attempt.
pub(super) fn refusal(
    shared: &Shared,
    status: StatusCode,
    refused: ApiError,
    retry_after: Option<Duration>,
    place: Option<OwnedSemaphorePermit>,
) -> Failure {
    let spent = refused.is_out_of_credits();
    if status == StatusCode::TOO_MANY_REQUESTS && (spent || (refused.code.is_empty() && retry_after.is_some())) {
        let rest = retry_after.unwrap_or(UNTOLD);
        let until = shared.clock.now().saturating_add(rest).unwrap_or(jiff::Timestamp::MAX);
        let error = Error::CreditsSpent { operation: refused.operation, until };
        return Failure { error, effect: Effect::OutOfCredits(rest), retry_after };
    }
    let effect = if status == StatusCode::TOO_MANY_REQUESTS {
        shared.limiter.crowded(place);
        Effect::None
    } else if status.is_server_error() {
        Effect::Perhaps
    } else {
        Effect::Judged
    };
    Failure { error: Error::Api(Box::new(refused)), effect, retry_after }
}

/// A body that could not be read to its end.
pub(super) fn unread(operation: &'static Operation, limit: usize, error: BodyError) -> Failure {
    match error {
        BodyError::Lost(source) => lost(operation, source),
        BodyError::TooLarge => Failure::judged(Error::AnswerTooLarge { operation: operation.id, limit }),
    }
}

/// A request or an answer that was lost in transit.
pub(super) fn lost(operation: &'static Operation, source: impl Into<TransportError>) -> Failure {
    let source = source.into();
    let effect = if source.is_connect() {
        Effect::None
    } else if source.is_permanent() {
        Effect::Judged
    } else {
        Effect::Perhaps
    };
    Failure { error: Error::transport(operation, source), effect, retry_after: None }
}
