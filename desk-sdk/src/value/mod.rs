//! Values in answers and for setters.
//!
//! A setter's signature says what it accepts:
//!
//! | it accepts | for | `None` | [`Null`] |
//! | --- | --- | --- | --- |
//! | `Into<T>` | a required value | – | – |
//! | `Into<`[`Optional<T>`](Optional)`>` | an optional value | leaves it as it is | – |
//! | `Into<`[`Patch<T>`](Patch)`>` | a field that can be cleared | leaves it as it is | clears it |
//! | [`RequiredList<T, _>`](RequiredList) | a required list | – | – |
//! | [`OptionalList<T, _>`](OptionalList) | an optional list | leaves it as it is | – |
//! | [`ListOrNull<T, _>`](ListOrNull) | a list that can be cleared | leaves it as it is | clears it |
//!
//! A `T` is made from anything that converts to it: an [`Id`] from text or a number, a [`DateTime`] from text or a
//! `jiff::Timestamp`, an enum from text, an [`Integer`] from a number of any width.

mod custom;
mod date_time;
mod fields;
mod file;
mod given;
mod id;
mod integer;
mod list;
mod open_enum;
mod optional;
mod patch;
mod text;
mod time_range;
mod time_span;
mod to_value;
mod values;

pub(crate) use self::custom::custom;
pub use self::date_time::DateTime;
pub(crate) use self::fields::{Fields, set};
pub use self::file::FilePart;
pub(crate) use self::given::{Given, Setting};
pub use self::id::Id;
pub use self::integer::Integer;
pub use self::list::{ListOrNull, OptionalList, RequiredList};
pub use self::open_enum::{OpenEnum, OrTimeRange};
pub(crate) use self::open_enum::{deserialize as deserialize_word, is_spelling, open_enum};
pub use self::optional::{FromText, Optional};
pub use self::patch::{Null, Patch};
pub use self::time_range::TimeRange;
pub use self::time_span::TimeSpan;
pub use self::to_value::Sendable;
pub(crate) use self::to_value::{ToValue, Written};
pub(crate) use self::values::Values;
