//! The day's credits, as reported in the headers of an answer.

use std::sync::LazyLock;

use http::{HeaderMap, HeaderName};

use crate::generated::api::PRICES;

static SPENT: LazyLock<Option<HeaderName>> = LazyLock::new(|| PRICES?.spent.parse().ok());
static LEFT: LazyLock<Option<HeaderName>> = LazyLock::new(|| PRICES?.left.parse().ok());

/// What a call cost.
pub(crate) fn spent(headers: &HeaderMap) -> Option<u64> {
    number(headers, SPENT.as_ref()?)
}

/// What is left of the day's credits.
pub(crate) fn left(headers: &HeaderMap) -> Option<u64> {
    number(headers, LEFT.as_ref()?)
}

fn number(headers: &HeaderMap, header: &HeaderName) -> Option<u64> {
    headers.get(header)?.to_str().ok()?.trim().parse().ok()
}
