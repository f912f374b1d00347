//! What is logged about a call.

use jiff::SignedDuration;
use tracing::Span;
use tracing::field::Empty;

use super::attempt::Opened;
use super::retry::Failure;
use crate::call::Call;

/// A span for a call, with everything that is known before it is made.
pub(super) fn span(call: &Call) -> Span {
    let operation = call.operation();
    tracing::info_span!(
        "desk_call",
        operation = operation.id,
        method = operation.method.as_str(),
        path = call.path.as_deref().filter(|_| operation.path.is_empty()).unwrap_or(operation.path),
        status = Empty,
        attempts = Empty,
        credits = Empty,
        milliseconds = Empty,
    )
}

/// Records in the call's span how the call went. That is worked out only if somebody listens.
pub(super) fn tell<B>(
    span: &Span,
    result: &Result<Opened<B>, Failure>,
    attempts: u64,
    took: impl FnOnce() -> SignedDuration,
) {
    if span.is_disabled() {
        return;
    }
    span.record("attempts", attempts);
    span.record("milliseconds", took().as_millis_f64());
    match result {
        Ok(opened) => {
            span.record("status", opened.meta.status());
            span.record("credits", opened.meta.credits_spent());
        }
        Err(failure) => {
            span.record("status", failure.error.status());
        }
    }
}
