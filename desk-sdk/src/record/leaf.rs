//! How the contents of a record are read (leniently if the meaning is clear) and written.

use std::any::type_name;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::{Decoder, Enclosing, Record, Shape, Undeclared};
use crate::key_field::KeyField;

/// A value that can occur in answers.
#[diagnostic::on_unimplemented(
    message = "an answer cannot be read into `{Self}`",
    note = "answers hold the records of `desk_sdk::types`, lists of them, and `serde_json::Value`; \
            a type of your own with serde's `Deserialize` is read with `answer.parse::<T>()`"
)]
pub trait Leaf: Sized + fmt::Debug {
    /// Reads a value that is not null. One that does not fit is reported and returned.
    #[doc(hidden)]
    fn decode(value: Value, decoder: &mut Decoder) -> Result<Self, Value>;

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

    /// The values of these keys, if it is a record that has them.
    #[doc(hidden)]
    fn pick<const N: usize>(&self, _keys: [&str; N]) -> [Option<Value>; N] {
        [const { None }; N]
    }

    /// The key fields of the records in it.
    #[doc(hidden)]
    const RECORD_KEY_FIELDS: &'static [KeyField] = &[];
}

/// A field of a record.
pub trait Slot: fmt::Debug {
    /// Reads the field's value; one that does not fit is returned.
    #[doc(hidden)]
    fn fill(&mut self, value: Value, decoder: &mut Decoder) -> Result<(), Value>;

    /// The value as JSON; `None` if the field is empty.
    #[doc(hidden)]
    fn get(&self) -> Option<Value>;

    /// Whether the field is empty.
    #[doc(hidden)]
    fn is_empty(&self) -> bool;

    /// What its values look like, whether it has one or not.
    #[doc(hidden)]
    fn shape(&self, enclosing: &mut Enclosing) -> Shape;
}

impl<T: Leaf> Slot for Option<T> {
    fn fill(&mut self, value: Value, decoder: &mut Decoder) -> Result<(), Value> {
        let empty_list = T::EMPTY_LIST_IS_NONE && value.as_array().is_some_and(Vec::is_empty);
        let nothing = value.is_null() || empty_list || (T::EMPTY_TEXT_IS_NONE && is_empty_text(&value));
        if !nothing {
            *self = Some(T::decode(value, decoder)?);
        }
        Ok(())
    }

    fn get(&self) -> Option<Value> {
        self.as_ref().map(T::encode)
    }

    fn is_empty(&self) -> bool {
        self.is_none()
    }

    fn shape(&self, enclosing: &mut Enclosing) -> Shape {
        T::shape(enclosing)
    }
}

/// Whether it is blank text, alone or as the only element of a list.
fn is_empty_text(value: &Value) -> bool {
    match value {
        Value::String(text) => text.trim().is_empty(),
        Value::Array(list) => matches!(list.as_slice(), [Value::String(text)] if text.trim().is_empty()),
        _ => false,
    }
}

impl<T: Leaf> Slot for Vec<T> {
    fn fill(&mut self, value: Value, decoder: &mut Decoder) -> Result<(), Value> {
        match value {
            Value::Null => Ok(()),
            Value::String(text) if text.is_empty() => Ok(()),
            value => {
                *self = Self::decode(value, decoder)?;
                Ok(())
            }
        }
    }

    fn get(&self) -> Option<Value> {
        if self.is_empty() { None } else { Some(self.encode()) }
    }

    fn is_empty(&self) -> bool {
        self.is_empty()
    }

    fn shape(&self, enclosing: &mut Enclosing) -> Shape {
        <Self as Leaf>::shape(enclosing)
    }
}

/// Nulls are left out, and so are elements that do not fit, which are reported.
impl<T: Leaf> Leaf for Vec<T> {
    const RECORD_KEY_FIELDS: &'static [KeyField] = T::RECORD_KEY_FIELDS;

    fn decode(value: Value, decoder: &mut Decoder) -> Result<Self, Value> {
        let elements = match value {
            Value::Array(elements) => elements,
            // A list of one element is sometimes written as just that element.
            single @ (Value::String(_) | Value::Number(_)) => vec![single],
            other => return Err(decoder.mismatch("a list", other)),
        };
        let mut list = Self::new();
        for (index, element) in elements.into_iter().enumerate().filter(|(_, element)| !element.is_null()) {
            if let Ok(element) = decoder.index(index, |decoder| T::decode(element, decoder)) {
                list.push(element);
            }
            if decoder.is_done() {
                break;
            }
        }
        Ok(list)
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
    const EMPTY_TEXT_IS_NONE: bool = T::EMPTY_TEXT_IS_NONE;
    const EMPTY_LIST_IS_NONE: bool = T::EMPTY_LIST_IS_NONE;
    const RECORD_KEY_FIELDS: &'static [KeyField] = T::RECORD_KEY_FIELDS;

    fn decode(value: Value, decoder: &mut Decoder) -> Result<Self, Value> {
        T::decode(value, decoder).map(Self::new)
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

impl<T: Leaf> Leaf for BTreeMap<String, T> {
    fn decode(value: Value, decoder: &mut Decoder) -> Result<Self, Value> {
        let Value::Object(entries) = value else { return Err(decoder.mismatch("a record", value)) };
        let mut map = Self::new();
        for (key, value) in entries.into_iter().filter(|(_, value)| !value.is_null()) {
            if let Ok(value) = decoder.key(&key, |decoder| T::decode(value, decoder)) {
                map.insert(key, value);
            }
            if decoder.is_done() {
                break;
            }
        }
        Ok(map)
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
    const EMPTY_LIST_IS_NONE: bool = false;
    const RECORD_KEY_FIELDS: &'static [KeyField] = T::KEY_FIELDS;

    fn decode(value: Value, decoder: &mut Decoder) -> Result<Self, Value> {
        let mut record = T::default();
        let value = record.adapt(value);
        let (slots, undeclared) = record.parts_mut();
        *undeclared = fill(T::FIELDS, slots, value, decoder)?;
        Ok(record)
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

/// Fills a record's fields from a value and returns what is left.
fn fill(
    names: &[&'static str],
    slots: Vec<&mut dyn Slot>,
    value: Value,
    decoder: &mut Decoder,
) -> Result<Undeclared, Value> {
    let mut map = match value {
        Value::Object(map) => map,
        bare @ (Value::Array(_) | Value::String(_)) => return Ok(Undeclared::new(bare)),
        other => return Err(decoder.mismatch("a record", other)),
    };
    let mut kept = Map::new();
    let mut spellings = Vec::new();
    for (name, slot) in names.iter().zip(slots) {
        let Some(value) = map.remove(*name) else { continue };
        if let Err(value) = decoder.key(name, |decoder| slot.fill(value, decoder)) {
            kept.insert((*name).to_owned(), value);
        }
        spellings.extend(decoder.take_spellings(name));
        if decoder.is_done() {
            break;
        }
    }
    map.append(&mut kept);
    Ok(Undeclared::new(Value::Object(map)).spelt(spellings))
}
