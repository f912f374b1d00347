//! The day's credits, as reported in the headers of an answer.

use http::HeaderMap;

use crate::generated::api::PRICES;

/// What a call cost.
pub(crate) fn spent(headers: &HeaderMap) -> Option<u64> {
    number(headers, PRICES?.spent)
}

/// What is left of the day's credits.
pub(crate) fn left(headers: &HeaderMap) -> Option<u64> {
    number(headers, PRICES?.left)
}

fn number(headers: &HeaderMap, header: &str) -> Option<u64> {
    headers.get(header)?.to_str().ok()?.trim().parse().ok()
}
