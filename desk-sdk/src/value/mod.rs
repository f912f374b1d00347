//! Values as they are sent and as they come back.

mod date_time;
mod fields;
mod file;
mod id;
mod input;
mod open_enum;
mod patch;
mod text;
mod time_range;
mod time_span;

pub use self::date_time::DateTime;
pub(crate) use self::fields::Fields;
pub use self::file::FilePart;
pub use self::id::Id;
pub use self::input::{Integer, ListOrNull};
pub(crate) use self::input::{ToValue, integer, list};
pub use self::open_enum::OpenEnum;
pub use self::patch::{Null, Patch};
pub use self::time_range::TimeRange;
pub use self::time_span::TimeSpan;
