//! The columns of a resource: what a file's schema is, and how a record is laid out in it.
//!
//! | a field that is declared as | is a column of |
//! | --- | --- |
//! | text, enum value, id, duration, date, time of day | text |
//! | whole number | integers of 64 bits |
//! | number | floats of 64 bits |
//! | true or false | booleans |
//! | point in time | timestamps with milliseconds, in UTC |
//! | list | lists |
//! | record | structs |
//! | any JSON, map | JSON text |
//!
//! Every column may be null, and so may its elements and fields. The columns depend on the declared shape alone, so all
//! files of a resource have the same ones, whatever records they hold.
//!
//! # What does not fit
//!
//! Values are read as leniently as the SDK reads them: numbers as text and the other way round, `"true"`, `""` for no
//! value, a list of one for a single value, milliseconds since 1970 for a time. No record is refused and nothing is
//! dropped: keys that are not declared, and values that do not fit their column, are in the column `undeclared`, as
//! JSON text. Its value is an object with what is left of the record, in the places where it was:
//!
//! ```text
//! sent        {"id": 7, "isSpam": "perhaps", "cf_shelf": "B", "contact": {"id": "8", "x": 1}, "tags": [{"id": 1}, "odd"]}
//! columns     id "7", isSpam null, contact {id "8"}, tags [{id "1"}, null]
//! undeclared  {"isSpam": "perhaps", "cf_shelf": "B", "contact": {"x": 1}, "tags": {"1": "odd"}}
//! ```
//!
//! The elements of a list that is in its column are under their index. To put a record together again, lay `undeclared`
//! over the columns: an object adds to a record or a list, and anything takes the place of null. If a record is not an
//! object at all, the value of `undeclared` is the record.
//!
//! Three things are read as the same and cannot be told apart afterwards: a key with null and a missing key; notations
//! of one value, such as `7` and `"7"`; and one value alone or in a list of one. JSON lines keep those, too.

mod builder;
mod cell;
mod kind;
mod rows;
mod schema;
mod single;

pub(crate) use self::cell::{Cell, time, written};
pub use self::kind::Columns;
pub(crate) use self::kind::{Kind, UNDECLARED};
pub(crate) use self::rows::Rows;
