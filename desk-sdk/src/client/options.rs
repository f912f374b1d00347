//! What a caller may choose for one call.

use std::time::Duration;

use crate::operation::Risk;

/// What a caller may choose for one call.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Options {
    pub(crate) repeatable: bool,
    pub(crate) timeout: Option<Duration>,
    /// Whether documented rules are left to the server.
    pub(crate) unchecked: bool,
    /// The risk of a call that no operation tells.
    pub(crate) risk: Option<Risk>,
    pub(crate) deadline: Option<Duration>,
    /// Whether an attempt before has told in the log which scopes seem to be missing.
    pub(super) told_doubt: bool,
}
