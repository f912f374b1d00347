//! How the contents of a record are read (leniently if the meaning is clear) and written.

use std::any::type_name;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde_json::Value;

use super::seen::Seen;
use super::slot::{Accepts, Elements, Entries, Fields, Open, Single};
use super::{Decoder, Enclosing, Record, Shape, Slot, Undeclared};
use crate::key_field::KeyField;

/// From how many elements on a list grows by a quarter at a time.
const LONG: usize = 256;

/// A value that can occur in answers.
#[diagnostic::on_unimplemented(
    message = "an answer cannot be read into `{Self}`",
    note = "answers hold the records of `desk_sdk::types`, lists of them, and `serde_json::Value`; \
            a type of your own with serde's `Deserialize` is read with `answer.parse::<T>()`"
)]
pub trait Leaf: Sized + fmt::Debug {
    /// What is told when something else comes.
    #[doc(hidden)]
    const EXPECTED: &'static str = "a word";

    /// Reads a single value that is not null, or tells that it does not fit.
    #[doc(hidden)]
    fn read(single: &Single<'_>, decoder: &mut Decoder) -> Option<Self>;

    /// Where to start, if it is made of several values.
    #[doc(hidden)]
    fn empty() -> Option<Self> {
        None
    }

    /// What it is made of.
    #[doc(hidden)]
    fn open(&mut self) -> Open<'_> {
        Open::Single
    }

    /// The value as JSON.
    #[doc(hidden)]
    fn encode(&self) -> Value;

    /// What its values look like. Most types are enums, so what they are goes without saying.
    #[doc(hidden)]
    fn shape(_: &mut Enclosing) -> Shape {
        Shape::Word
    }

    /// Whether empty text means that there is no value.
    #[doc(hidden)]
    const EMPTY_TEXT_IS_NONE: bool = true;

    /// Whether an empty list means that there is no value.
    #[doc(hidden)]
    const EMPTY_LIST_IS_NONE: bool = true;

    /// Whether a list of one value stands for the value, as for enums and text.
    #[doc(hidden)]
    const LIST_OF_ONE: bool = true;

    /// The values of these keys, if it is a record that has them.
    #[doc(hidden)]
    fn pick<const N: usize>(&self, _keys: [&str; N]) -> [Option<Value>; N] {
        [const { None }; N]
    }

    /// The key fields of the records in it.
    #[doc(hidden)]
    const RECORD_KEY_FIELDS: &'static [KeyField] = &[];
}

impl<T: Leaf> Slot for Option<T> {
    fn take(&mut self, single: &Single<'_>, decoder: &mut Decoder) -> bool {
        *self = match single {
            Single::Nothing => None,
            single => T::read(single, decoder),
        };
        self.is_some() || matches!(single, Single::Nothing)
    }

    fn open(&mut self) -> Open<'_> {
        match T::empty() {
            Some(empty) => self.insert(empty).open(),
            None => Open::Single,
        }
    }

    fn accepts(&self) -> Accepts {
        Accepts::of::<T>()
    }
}

impl<T: Leaf> Slot for Vec<T> {
    fn take(&mut self, single: &Single<'_>, _: &mut Decoder) -> bool {
        self.clear();
        matches!(single, Single::Nothing | Single::Text(""))
    }

    fn open(&mut self) -> Open<'_> {
        self.clear();
        Open::List(self)
    }

    fn accepts(&self) -> Accepts {
        Accepts { expected: Self::EXPECTED, blank_is_none: false, empty_list_is_none: false, list_of_one: false }
    }
}

impl<T: Leaf> Elements for Vec<T> {
    fn add(&mut self, read: &mut dyn FnMut(&mut dyn Slot)) {
        let mut element = None::<T>;
        read(&mut element);
        // A long list doubled would have room for as many again, which are large.
        if self.len() == self.capacity() && self.len() >= LONG {
            self.reserve_exact(self.len() / 4);
        }
        self.extend(element);
    }
}

impl<T: Leaf> Leaf for Vec<T> {
    const EXPECTED: &'static str = "a list";
    const LIST_OF_ONE: bool = false;
    const RECORD_KEY_FIELDS: &'static [KeyField] = T::RECORD_KEY_FIELDS;

    fn read(_: &Single<'_>, _: &mut Decoder) -> Option<Self> {
        None
    }

    fn empty() -> Option<Self> {
        Some(Self::new())
    }

    fn open(&mut self) -> Open<'_> {
        Open::List(self)
    }

    fn encode(&self) -> Value {
        self.iter().map(T::encode).collect()
    }

    fn shape(enclosing: &mut Enclosing) -> Shape {
        Shape::List(Box::new(T::shape(enclosing)))
    }
}

/// Records inside records. `Arc` makes copies of the outer one cheap.
impl<T: Leaf> Leaf for Arc<T> {
    const EXPECTED: &'static str = T::EXPECTED;
    const EMPTY_TEXT_IS_NONE: bool = T::EMPTY_TEXT_IS_NONE;
    const EMPTY_LIST_IS_NONE: bool = T::EMPTY_LIST_IS_NONE;
    const LIST_OF_ONE: bool = T::LIST_OF_ONE;
    const RECORD_KEY_FIELDS: &'static [KeyField] = T::RECORD_KEY_FIELDS;

    fn read(single: &Single<'_>, decoder: &mut Decoder) -> Option<Self> {
        T::read(single, decoder).map(Self::new)
    }

    fn empty() -> Option<Self> {
        T::empty().map(Self::new)
    }

    fn open(&mut self) -> Open<'_> {
        // Nobody else has it before it is read.
        Self::get_mut(self).map_or(Open::Single, T::open)
    }

    fn encode(&self) -> Value {
        T::encode(self)
    }

    fn pick<const N: usize>(&self, keys: [&str; N]) -> [Option<Value>; N] {
        T::pick(self, keys)
    }

    fn shape(enclosing: &mut Enclosing) -> Shape {
        T::shape(enclosing)
    }
}

/// Values that do not fit are left out, and so are nulls.
impl<T: Leaf> Entries for BTreeMap<String, T> {
    fn add(&mut self, key: String, read: &mut dyn FnMut(&mut dyn Slot)) {
        let mut value = None::<T>;
        read(&mut value);
        match value {
            Some(value) => drop(self.insert(key, value)),
            None => drop(self.remove(&key)),
        }
    }
}

impl<T: Leaf> Leaf for BTreeMap<String, T> {
    const EXPECTED: &'static str = "a record";
    const LIST_OF_ONE: bool = false;

    fn read(_: &Single<'_>, _: &mut Decoder) -> Option<Self> {
        None
    }

    fn empty() -> Option<Self> {
        Some(Self::new())
    }

    fn open(&mut self) -> Open<'_> {
        Open::Map(self)
    }

    fn encode(&self) -> Value {
        Value::Object(self.iter().map(|(key, value)| (key.clone(), value.encode())).collect())
    }

    fn shape(enclosing: &mut Enclosing) -> Shape {
        Shape::Map(Box::new(T::shape(enclosing)))
    }
}

/// Reads a record with any keys. A bare list or text in its place is kept as it is.
impl<T: Record> Leaf for T {
    const EXPECTED: &'static str = "a record";
    const EMPTY_LIST_IS_NONE: bool = false;
    const LIST_OF_ONE: bool = false;
    const RECORD_KEY_FIELDS: &'static [KeyField] = T::KEY_FIELDS;

    fn read(single: &Single<'_>, _: &mut Decoder) -> Option<Self> {
        let Single::Text(text) = single else { return None };
        let mut record = T::default();
        *record.parts_mut().1 = Undeclared::new((*text).into());
        Some(record)
    }

    fn empty() -> Option<Self> {
        Some(T::default())
    }

    fn open(&mut self) -> Open<'_> {
        Open::Record(self)
    }

    fn encode(&self) -> Value {
        super::encode(self)
    }

    fn pick<const N: usize>(&self, keys: [&str; N]) -> [Option<Value>; N] {
        let (slots, undeclared) = self.parts();
        keys.map(|key| {
            let declared = T::FIELDS.iter().position(|name| *name == key).and_then(|place| slots.get(place)?.get());
            declared.or_else(|| undeclared.get(key).cloned())
        })
    }

    fn shape(enclosing: &mut Enclosing) -> Shape {
        let record = T::default();
        enclosing.record((type_name::<T>(), T::NAME), T::FIELDS, record.parts().0)
    }
}

impl<T: Record> Fields for T {
    fn names(&self) -> &'static [&'static str] {
        T::FIELDS
    }

    fn slots(&mut self) -> (Vec<&mut dyn Slot>, &mut Undeclared) {
        self.parts_mut()
    }

    fn bare(&mut self) -> Option<&mut dyn Elements> {
        T::bare(self)
    }

    fn find(&mut self, seen: &Seen, decoder: &mut Decoder) {
        T::find(self, seen, decoder);
    }
}
