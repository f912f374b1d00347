//! Options of a single call.

use std::time::Duration;

use crate::operation::Risk;

/// Options of a single call.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Options {
    pub(crate) repeatable: bool,
    pub(crate) timeout: Option<Duration>,
    /// Whether checking documented rules is left to the server.
    pub(crate) unchecked: bool,
    /// The risk of a call without a known operation.
    pub(crate) risk: Option<Risk>,
    pub(crate) deadline: Option<Duration>,
    /// Whether an earlier attempt has already logged which scopes seem to be missing.
    pub(super) told_doubt: bool,
}
