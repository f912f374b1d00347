//! The operations that programs use most.

use crate::catalogue::operation;
use crate::generated::uses::MOST_USED;
use crate::operation::Operation;

/// The operations that other programs are known to use, the most used first. Those of families that are not enabled are
/// left out, and so are the hundreds that hardly any program uses.
///
/// They are what a tool offers before anybody has chosen: the first ten or thirty are most of what is ever asked for.
///
/// ```
/// use desk_sdk::by_name::most_used;
///
/// assert!(most_used().take(10).any(|operation| operation.id == "get_tickets"));
/// ```
pub fn most_used() -> impl Iterator<Item = &'static Operation> {
    MOST_USED.iter().filter_map(|id| operation(id))
}
