//! Reads JSON straight into the fields of records.
//!
//! One visitor serves all types: it knows what came, and the slot what it takes. A tree is made only of what has no field
//! or does not fit its field.

use std::collections::HashSet;
use std::fmt;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer, SeqDeserializer};
use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::decoder::Step;
use super::order::Order;
use super::seen::Seen;
use super::slot::{Elements, Entries, Fields, Open, Single};
use super::spelling::Spelling;
use super::{Decoder, Slot, Undeclared};

/// The key under which serde_json hands over numbers if a program has it keep them as text.
const NUMBER: &str = "$serde_json::private::Number";

/// Reads a value into a slot, and tells whether it fits. One that does not is reported, and is the decoder's
/// [misfit](Decoder::misfit).
pub(super) struct Reader<'a> {
    pub(super) slot: &'a mut dyn Slot,
    pub(super) decoder: &'a mut Decoder,
    /// Where it is.
    pub(super) step: Step<'a>,
}

impl Reader<'_> {
    /// Whether blank text and empty lists may stand for no value, as they do in the fields of records.
    fn is_field(&self) -> bool {
        matches!(self.step, Step::Field(_))
    }
}

impl<'de> DeserializeSeed<'de> for Reader<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reader<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(self.single(&Single::Nothing))
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(self.single(&Single::Nothing))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Self::Value, E> {
        Ok(self.single(&Single::Flag(flag)))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(self.single(&Single::Number(number.into())))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(self.single(&Single::Number(number.into())))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(self.single(&Number::from_f64(number).map_or(Single::Nothing, Single::Number)))
    }

    #[inline]
    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        if self.is_field() && is_blank(text) && self.slot.accepts().blank_is_none {
            return Ok(self.single(&Single::Nothing));
        }
        Ok(self.single(&Single::Text(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
        let elements = match self.slot.open() {
            Open::List(elements) => Some(elements),
            // In a field, a list may stand for no value, which is seen when all of it has come.
            Open::Record(fields) if !matches!(self.step, Step::Field(_)) => fields.bare(),
            _ => None,
        };
        match elements {
            Some(elements) => {
                self.decoder.within(self.step, |decoder| fill_list(elements, list, decoder)).map(|()| true)
            }
            None => Vec::deserialize(SeqAccessDeserializer::new(list)).map(|values| self.list(values)),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        let number = match self.slot.open() {
            Open::Record(fields) => self.decoder.within(self.step, |decoder| fill_record(fields, map, decoder))?,
            Open::Map(entries) => self.decoder.within(self.step, |decoder| fill_map(entries, map, decoder))?,
            Open::Json(value) => {
                *value = Value::deserialize(MapAccessDeserializer::new(map))?;
                None
            }
            Open::Single | Open::List(_) => match Value::deserialize(MapAccessDeserializer::new(map))? {
                Value::Number(number) => Some(number),
                value => return Ok(self.misfit(value)),
            },
        };
        Ok(number.is_none_or(|number| self.single(&Single::Number(number))))
    }
}

impl Reader<'_> {
    #[inline]
    fn single(self, single: &Single<'_>) -> bool {
        self.slot.take(single, self.decoder) || self.other_single(single)
    }

    /// A single value for what takes none.
    #[cold]
    fn other_single(self, single: &Single<'_>) -> bool {
        match (self.slot.open(), single) {
            // A list of one element is sometimes written as just that element.
            (Open::List(elements), Single::Text(_) | Single::Number(_)) => {
                self.decoder.within(self.step, |decoder| refill_list(elements, vec![single.to_value()], decoder));
                true
            }
            _ => self.misfit(single.to_value()),
        }
    }

    /// A list for what is none.
    fn list(self, mut values: Vec<Value>) -> bool {
        let accepts = self.slot.accepts();
        let nothing = match values.as_slice() {
            [] => accepts.empty_list_is_none,
            [Value::String(text)] => accepts.blank_is_none && is_blank(text),
            _ => false,
        };
        if nothing && self.is_field() {
            return self.single(&Single::Nothing);
        }
        if let [value] = values.as_slice()
            && accepts.list_of_one
            && !value.is_null()
            && let Some(single) = Single::of(value)
            && self.slot.take(&single, self.decoder)
        {
            return true;
        }
        match self.slot.open() {
            Open::Json(value) => *value = Value::Array(std::mem::take(&mut values)),
            Open::Record(fields) => match fields.bare() {
                Some(elements) => self.decoder.within(self.step, |decoder| refill_list(elements, values, decoder)),
                None => *fields.slots().1 = Undeclared::new(Value::Array(values)),
            },
            _ => return self.misfit(Value::Array(values)),
        }
        true
    }

    /// Reports a value that does not fit.
    #[cold]
    fn misfit(self, value: Value) -> bool {
        let expected = self.slot.accepts().expected;
        self.decoder.mismatch(self.step, expected, &value);
        // Nothing fits everything.
        self.slot.take(&Single::Nothing, self.decoder);
        self.decoder.misfit = Some(value);
        false
    }
}

/// Reads a list's elements. Nulls are left out, and so are elements that do not fit, which are reported.
fn fill_list<'de, A: SeqAccess<'de>>(
    elements: &mut dyn Elements,
    mut list: A,
    decoder: &mut Decoder,
) -> Result<(), A::Error> {
    let (mut index, mut read) = (0, Ok(Some(())));
    while let Ok(Some(())) = read {
        elements.add(&mut |slot| {
            let reader = Reader { slot, decoder: &mut *decoder, step: Step::Index(index) };
            read = list.next_element_seed(reader).map(|element| element.map(drop));
        });
        decoder.place_spellings(index);
        index += 1;
    }
    read.map(drop)
}

/// Reads elements that were set aside.
pub(super) fn refill_list(elements: &mut dyn Elements, values: Vec<Value>, decoder: &mut Decoder) {
    let list = SeqDeserializer::<_, serde_json::Error>::new(values.into_iter());
    // A tree is JSON already: nothing can be wrong with it.
    let _ = fill_list(elements, list, decoder);
}

/// Reads a record's fields, or a number in its place.
fn fill_record<'de, A: MapAccess<'de>>(
    fields: &mut dyn Fields,
    mut map: A,
    decoder: &mut Decoder,
) -> Result<Option<Number>, A::Error> {
    let names = fields.names();
    let mut order = decoder.orders.take(names);
    let (mut slots, undeclared) = fields.slots();
    let (mut seen, mut kept, mut spellings) = (Seen::default(), Map::new(), Vec::new());
    while let Some(key) = map.next_key_seed(KeyReader(&mut order))? {
        let Some((place, (name, slot))) =
            key.and_then(|place| Some((place, names.get(place).zip(slots.get_mut(place))?)))
        else {
            let (name, value) = (std::mem::take(&mut order.other), map.next_value()?);
            if let Some(number) = number(&name, &value).filter(|_| kept.is_empty()) {
                return Ok(Some(number));
            }
            kept.insert(name, value);
            continue;
        };
        let step = Step::Field(name);
        if seen.add(place) {
            // The last one counts.
            decoder.forget(step);
            kept.remove(*name);
            spellings.retain(|spelling: &Spelling| !spelling.is_of(name));
        }
        if !map.next_value_seed(Reader { slot: &mut **slot, decoder, step })? {
            kept.insert((*name).to_owned(), decoder.misfit.take().unwrap_or_default());
        }
        decoder.take_spellings(name, &mut spellings);
    }
    *undeclared = Undeclared::new(Value::Object(kept)).spelt(spellings);
    decoder.orders.put(order);
    fields.find(&seen, decoder);
    Ok(None)
}

/// Reads values under any keys, or a number in their place.
fn fill_map<'de, A: MapAccess<'de>>(
    entries: &mut dyn Entries,
    mut map: A,
    decoder: &mut Decoder,
) -> Result<Option<Number>, A::Error> {
    let (mut first, mut misfits) = (true, HashSet::new());
    while let Some(key) = map.next_key::<String>()? {
        if std::mem::take(&mut first) && key == NUMBER {
            let value: Value = map.next_value()?;
            if let Some(number) = number(&key, &value) {
                return Ok(Some(number));
            }
            entries.add(key.clone(), &mut |slot| {
                let reader = Reader { slot, decoder: &mut *decoder, step: Step::Key(&key) };
                // A tree is JSON already: nothing can be wrong with it.
                let _ = reader.deserialize(&value);
            });
            continue;
        }
        if misfits.contains(&key) {
            decoder.forget(Step::Key(&key));
        }
        let before = decoder.mismatches.total();
        let mut read = Ok(true);
        entries.add(key.clone(), &mut |slot| {
            read = map.next_value_seed(Reader { slot, decoder: &mut *decoder, step: Step::Key(&key) });
        });
        read?;
        if decoder.mismatches.total() > before {
            misfits.insert(key);
        }
    }
    Ok(None)
}

/// Most text is told by its first letter.
#[inline]
fn is_blank(text: &str) -> bool {
    !text.as_bytes().first().is_some_and(u8::is_ascii_graphic) && text.trim().is_empty()
}

/// A number that was handed over as text under a key of its own.
fn number(key: &str, value: &Value) -> Option<Number> {
    serde_json::from_str(value.as_str().filter(|_| key == NUMBER)?).ok()
}

/// Finds out which field a key is; that of none is the order's [other](Order::other).
struct KeyReader<'a>(&'a mut Order);

impl<'de> DeserializeSeed<'de> for KeyReader<'_> {
    type Value = Option<usize>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for KeyReader<'_> {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    #[inline]
    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        let place = self.0.place(key);
        if place.is_none() {
            key.clone_into(&mut self.0.other);
        }
        Ok(place)
    }
}
