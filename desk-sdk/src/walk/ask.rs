//! What to ask for next.

use jiff::Timestamp;
use serde_json::Value;

use crate::call::Call;
use crate::generated::api::LISTS;
use crate::value::TimeRange;

/// The parameter that says where a page starts.
pub(super) const FROM: &str = LISTS.index;

/// The parameter for the length of a page.
pub(super) const LIMIT: &str = LISTS.size;

/// The parameter that sorts.
pub(super) const SORT: &str = LISTS.sort;

/// How many records lie before a page with this index, counted from 0.
pub(super) fn records_before(index: u64, size: Option<u64>) -> u64 {
    if LISTS.by_page { index.saturating_mul(size.unwrap_or(1)) } else { index }
}

/// The values that determine which page is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Ask {
    /// None: a list without pages.
    pub(super) from: Option<u64>,
    pub(super) limit: Option<u64>,
    /// The parameter for a range of times, and the range.
    pub(super) range: Option<(&'static str, Timestamp, Timestamp)>,
    pub(super) sort: Option<String>,
}

impl Ask {
    /// The call for this page.
    pub(super) fn call(&self, call: &Call) -> Call {
        let mut call = call.clone();
        let mut set = |name: &'static str, value: Value| call.parameters.insert(name, value);
        if let Some(from) = self.from {
            set(FROM, from.into());
        }
        if let Some(limit) = self.limit {
            set(LIMIT, limit.into());
        }
        if let Some((name, from, to)) = self.range {
            set(name, TimeRange::new(from, to).as_str().into());
        }
        if let Some(sort) = &self.sort {
            set(SORT, sort.as_str().into());
        }
        call
    }
}
