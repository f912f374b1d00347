//! Values as they are sent and as they come back.

mod date_time;
mod fields;
mod file;
mod id;
mod input;
mod open_enum;
mod patch;

pub use self::date_time::DateTime;
pub(crate) use self::fields::Fields;
pub use self::file::FilePart;
pub use self::id::Id;
pub use self::input::{Integer, ListOrNull};
pub(crate) use self::input::{ToValue, integer, list};
pub use self::open_enum::OpenEnum;
pub use self::patch::{Null, Patch};
