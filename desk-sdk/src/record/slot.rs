//! What the reader fills, without knowing its type: there is one reader for all records, not one for each.
//!
//! These traits only fill. What a program never does is not in the tables of functions that it links, so what fields hold
//! is told by another trait, [`Held`](super::Held), and none of them can be printed.

use serde_json::{Number, Value};

use super::seen::Seen;
use super::{Decoder, Leaf, Undeclared};

/// A field of a record, to be filled.
pub trait Slot {
    /// Takes a single value in place of what it held; tells whether it fits.
    #[doc(hidden)]
    fn take(&mut self, single: &Single<'_>, decoder: &mut Decoder) -> bool;

    /// Starts anew, for what is made of several values.
    #[doc(hidden)]
    fn open(&mut self) -> Open<'_>;

    /// What it makes of values that are none.
    #[doc(hidden)]
    fn accepts(&self) -> Accepts;
}

/// A value that is not made of others.
#[derive(Debug)]
pub enum Single<'a> {
    /// Null, or what stands for it.
    Nothing,
    /// Text.
    Text(&'a str),
    /// A number.
    Number(Number),
    /// True or false.
    Flag(bool),
}

impl Single<'_> {
    /// The value as JSON.
    pub(super) fn to_value(&self) -> Value {
        match self {
            Self::Nothing => Value::Null,
            Self::Text(text) => (*text).into(),
            Self::Number(number) => number.clone().into(),
            Self::Flag(flag) => (*flag).into(),
        }
    }

    /// A JSON value as a single one, if it is one.
    pub(super) fn of(value: &Value) -> Option<Single<'_>> {
        match value {
            Value::Null => Some(Single::Nothing),
            Value::String(text) => Some(Single::Text(text)),
            Value::Number(number) => Some(Single::Number(number.clone())),
            Value::Bool(flag) => Some(Single::Flag(*flag)),
            Value::Array(_) | Value::Object(_) => None,
        }
    }
}

/// What a slot is filled with.
#[expect(missing_debug_implementations, reason = "what only reads would have to link how every field is printed")]
pub enum Open<'a> {
    /// A single value.
    Single,
    /// A list.
    List(&'a mut dyn Elements),
    /// A record.
    Record(&'a mut dyn Fields),
    /// Values under any keys.
    Map(&'a mut dyn Entries),
    /// Any JSON.
    Json(&'a mut Value),
}

/// What a slot makes of values that are none, or other than declared.
#[derive(Clone, Copy, Debug)]
pub struct Accepts {
    /// What is told when something else comes.
    pub expected: &'static str,
    /// Whether blank text means that there is no value.
    pub blank_is_none: bool,
    /// Whether an empty list means that there is no value.
    pub empty_list_is_none: bool,
    /// Whether a list of one value stands for the value.
    pub list_of_one: bool,
}

impl Accepts {
    /// What a slot for this type does.
    pub(super) const fn of<T: Leaf>() -> Self {
        Self {
            expected: T::EXPECTED,
            blank_is_none: T::EMPTY_TEXT_IS_NONE,
            empty_list_is_none: T::EMPTY_LIST_IS_NONE,
            list_of_one: T::LIST_OF_ONE,
        }
    }
}

/// A list to be filled.
pub trait Elements {
    /// Reads one more element, which is left out if its slot stays empty.
    #[doc(hidden)]
    fn add(&mut self, read: &mut dyn FnMut(&mut dyn Slot));
}

/// Values under any keys, to be filled.
pub trait Entries {
    /// Puts what is read under the key, in place of what was there.
    #[doc(hidden)]
    fn add(&mut self, key: String, read: &mut dyn FnMut(&mut dyn Slot));
}

/// A record to be filled.
pub trait Fields {
    /// The wire names of its fields.
    #[doc(hidden)]
    fn names(&self) -> &'static [&'static str];

    /// Its fields, and its undeclared keys.
    #[doc(hidden)]
    fn slots(&mut self) -> (Vec<&mut dyn Slot>, &mut Undeclared);

    /// Where the elements of a list go that came in place of the record, if it accepts one.
    #[doc(hidden)]
    fn bare(&mut self) -> Option<&mut dyn Elements>;

    /// Looks among the keys that are left, when all have come.
    #[doc(hidden)]
    fn find(&mut self, seen: &Seen, decoder: &mut Decoder);
}
