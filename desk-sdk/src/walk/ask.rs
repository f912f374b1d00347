//! What to ask for next.

use jiff::Timestamp;
use serde_json::Value;

use crate::call::Call;
use crate::value::TimeRange;

/// The parameter for the index of the first record.
pub(super) const FROM: &str = "from";

/// The parameter for the length of a page.
pub(super) const LIMIT: &str = "limit";

/// The parameter that sorts.
pub(super) const SORT: &str = "sortBy";

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
        let mut set = |name: &str, value: Value| drop(call.parameters.insert(name.to_owned(), value));
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
