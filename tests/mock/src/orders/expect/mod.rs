//! The calls that a test expects, and the outcome.

mod condition;
mod list;
mod shown;
mod wanted;

pub(crate) use self::condition::Condition;
pub(crate) use self::list::{Expectations, WantedId};
pub(crate) use self::wanted::{Given, Wanted};
