//! Records: the building blocks of answers, and how they are read.
//!
//! Real answers contradict their description in many ways. Reading is therefore lenient wherever the meaning is clear
//! (numbers as text, `"true"`, one-element lists for an enum, missing keys), and nothing is lost: undeclared keys stay
//! in [`Undeclared`], unknown enum values keep their text.

mod custom;
mod decode;
mod decoder;
mod encode;
mod held;
mod leaf;
mod list;
mod listing;
mod macros;
mod mismatch;
mod order;
mod reader;
mod seen;
mod shape;
mod single;
mod slot;
mod spelling;
mod summary;
mod undeclared;

pub use self::custom::CustomFieldError;
pub(crate) use self::custom::{custom, custom_fields};
pub use self::decode::{DecodeError, Decoding, decode};
pub(crate) use self::decode::{decode_into, deserialize};
pub use self::decoder::Decoder;
pub use self::encode::encode;
pub(crate) use self::encode::{debug, equal, serialize};
pub use self::held::Held;
pub use self::leaf::Leaf;
pub use self::list::List;
pub use self::listing::Listing;
pub(crate) use self::listing::listings;
pub(crate) use self::macros::{input, open_enums, records, shown};
pub use self::mismatch::{Mismatch, Mismatches};
pub use self::shape::{Enclosing, Shape};
pub(crate) use self::single::read_word;
pub(crate) use self::slot::Single;
pub use self::slot::Slot;
pub use self::summary::Summary;
pub use self::undeclared::Undeclared;

use self::seen::Seen;
use self::slot::Elements;
use crate::key_field::KeyField;

/// A record with declared fields.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a record of the API",
    note = "answers hold the records of `desk_sdk::types`, lists of them, and `serde_json::Value`; \
            a type of your own with serde's `Deserialize` is read with `answer.parse::<T>()`"
)]
pub trait Record: Default + std::fmt::Debug {
    /// Its Rust name.
    const NAME: &'static str;

    /// The wire names of its fields, in the order of [`Record::parts`]. They are found faster if they are sorted.
    const FIELDS: &'static [&'static str];

    /// The fields by which people recognise it, in the order in which [`Summary::line`] shows them. What lists records
    /// has those of its records.
    const KEY_FIELDS: &'static [KeyField] = &[];

    /// Its fields, and its undeclared keys.
    fn parts(&self) -> (Vec<&dyn Held>, &Undeclared);

    /// Its fields, and its undeclared keys, to be filled.
    fn parts_mut(&mut self) -> (Vec<&mut dyn Slot>, &mut Undeclared);

    /// Where the elements of a list go that came in place of the record.
    #[doc(hidden)]
    fn bare(&mut self) -> Option<&mut dyn Elements> {
        None
    }

    /// Looks among the undeclared keys, when all have come; lists find their records there.
    #[doc(hidden)]
    fn find(&mut self, _seen: &Seen, _decoder: &mut Decoder) {}

    /// The record as it was received.
    #[doc(hidden)]
    fn restore(&self, record: serde_json::Value) -> serde_json::Value {
        record
    }
}

#[cfg(test)]
mod tests;
