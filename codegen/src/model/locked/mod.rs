//! Names that stay: which records and enums are those that the lock knows.

mod enums;
mod places;
mod records;
mod votes;

pub(super) use self::enums::{Want, want};
pub(super) use self::records::follow;
