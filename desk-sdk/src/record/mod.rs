//! Records: what answers are made of, and how they are read.
//!
//! Real answers contradict their description in many ways, so reading is lenient where no doubt
//! is possible (numbers as text, `"true"`, one-element lists for an enum, missing keys), and
//! nothing that was sent is lost: undeclared keys stay in [`Undeclared`], unknown enum values
//! keep their text.

mod decode;
mod encode;
mod leaf;
mod macros;
mod undeclared;

pub(crate) use self::decode::deserialize;
pub use self::decode::{DecodeError, Decoder, Decoding, Mismatch, decode};
pub use self::encode::encode;
pub(crate) use self::encode::{debug, equal, serialize};
pub use self::leaf::{Leaf, Slot};
pub(crate) use self::leaf::{read, word};
pub(crate) use self::macros::{inputs, open_enums, records};
pub use self::undeclared::Undeclared;

/// A record with declared fields.
pub trait Record: Default {
    /// Its Rust name.
    const NAME: &'static str;

    /// The wire names of its fields, in the order of `slots`.
    const FIELDS: &'static [&'static str];

    /// Its fields.
    fn slots(&self) -> Vec<&dyn Slot>;

    /// Its fields, to be filled.
    fn slots_mut(&mut self) -> Vec<&mut dyn Slot>;

    /// What it holds beyond the declared fields.
    fn undeclared(&self) -> &Undeclared;

    /// What it holds beyond the declared fields, to be filled.
    fn undeclared_mut(&mut self) -> &mut Undeclared;
}

#[cfg(test)]
mod tests;
