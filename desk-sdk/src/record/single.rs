//! How single values are read, leniently where that leaves no doubt, and written.

use std::borrow::Cow;

use serde_json::Value;

use super::slot::{Open, Single};
use super::{Decoder, Enclosing, Leaf, Shape};
use crate::value::{DateTime, Id, OpenEnum, TimeSpan};

/// Reads a value of an enum, and notes a spelling that is not the usual one.
pub(crate) fn read_word<T: OpenEnum>(single: &Single<'_>, decoder: &mut Decoder) -> Option<T> {
    let text = text(single)?;
    let read = T::from(&text);
    if read.as_str() != text {
        decoder.note_spelling(read.as_str(), &text);
    }
    Some(read)
}

impl Leaf for Value {
    const EXPECTED: &'static str = "JSON";
    const EMPTY_TEXT_IS_NONE: bool = false;
    const EMPTY_LIST_IS_NONE: bool = false;
    const LIST_OF_ONE: bool = false;

    fn read(single: &Single<'_>, _: &mut Decoder) -> Option<Self> {
        Some(single.to_value())
    }

    fn empty() -> Option<Self> {
        Some(Self::Null)
    }

    fn open(&mut self) -> Open<'_> {
        Open::Json(self)
    }

    fn encode(&self) -> Value {
        self.clone()
    }

    fn pick<const N: usize>(&self, keys: [&str; N]) -> [Option<Value>; N] {
        keys.map(|key| self.get(key).cloned())
    }

    fn shape(_: &mut Enclosing) -> Shape {
        Shape::Json
    }
}

/// Text: numbers and booleans are taken as they are written.
impl Leaf for String {
    const EXPECTED: &'static str = "text";
    const EMPTY_TEXT_IS_NONE: bool = false;

    fn read(single: &Single<'_>, _: &mut Decoder) -> Option<Self> {
        text(single).map(Cow::into_owned)
    }

    fn encode(&self) -> Value {
        Value::String(self.clone())
    }

    fn shape(_: &mut Enclosing) -> Shape {
        Shape::Text
    }
}

impl Leaf for Id {
    const EXPECTED: &'static str = "an id";
    const LIST_OF_ONE: bool = false;

    fn read(single: &Single<'_>, _: &mut Decoder) -> Option<Self> {
        match single {
            Single::Text(text) => Some((*text).into()),
            Single::Number(number) if !number.is_f64() => Some(number.to_string().into()),
            _ => None,
        }
    }

    fn encode(&self) -> Value {
        Value::String(self.as_str().to_owned())
    }

    fn shape(_: &mut Enclosing) -> Shape {
        Shape::Id
    }
}

impl Leaf for TimeSpan {
    const EXPECTED: &'static str = "a length of time";
    const LIST_OF_ONE: bool = false;

    fn read(single: &Single<'_>, _: &mut Decoder) -> Option<Self> {
        text_or_number(single).map(|text| (*text).into())
    }

    fn encode(&self) -> Value {
        Value::String(self.as_str().to_owned())
    }

    fn shape(_: &mut Enclosing) -> Shape {
        Shape::Span
    }
}

impl Leaf for DateTime {
    const EXPECTED: &'static str = "a date and time";
    const LIST_OF_ONE: bool = false;

    fn read(single: &Single<'_>, _: &mut Decoder) -> Option<Self> {
        text_or_number(single).map(|text| (*text).into())
    }

    fn encode(&self) -> Value {
        Value::String(self.as_str().to_owned())
    }

    fn shape(_: &mut Enclosing) -> Shape {
        Shape::Time
    }
}

impl Leaf for i64 {
    const EXPECTED: &'static str = "a whole number";
    const LIST_OF_ONE: bool = false;

    fn read(single: &Single<'_>, _: &mut Decoder) -> Option<Self> {
        match single {
            Single::Number(number) => number.as_i64().or_else(|| number.as_f64().and_then(whole)),
            Single::Text(text) => {
                let text = text.trim();
                text.parse().ok().or_else(|| text.parse().ok().and_then(whole))
            }
            Single::Nothing | Single::Flag(_) => None,
        }
    }

    fn encode(&self) -> Value {
        (*self).into()
    }

    fn shape(_: &mut Enclosing) -> Shape {
        Shape::Integer
    }
}

impl Leaf for f64 {
    const EXPECTED: &'static str = "a number";
    const LIST_OF_ONE: bool = false;

    fn read(single: &Single<'_>, _: &mut Decoder) -> Option<Self> {
        match single {
            Single::Number(number) => number.as_f64(),
            Single::Text(text) => text.trim().parse().ok().filter(|number: &f64| number.is_finite()),
            Single::Nothing | Single::Flag(_) => None,
        }
    }

    fn encode(&self) -> Value {
        (*self).into()
    }

    fn shape(_: &mut Enclosing) -> Shape {
        Shape::Number
    }
}

impl Leaf for bool {
    const EXPECTED: &'static str = "true or false";
    const LIST_OF_ONE: bool = false;

    fn read(single: &Single<'_>, _: &mut Decoder) -> Option<Self> {
        match single {
            Single::Flag(flag) => Some(*flag),
            Single::Text(text) if text.eq_ignore_ascii_case("true") => Some(true),
            Single::Text(text) if text.eq_ignore_ascii_case("false") => Some(false),
            Single::Number(number) => match number.as_i64() {
                Some(0) => Some(false),
                Some(1) => Some(true),
                _ => None,
            },
            Single::Nothing | Single::Text(_) => None,
        }
    }

    fn encode(&self) -> Value {
        (*self).into()
    }

    fn shape(_: &mut Enclosing) -> Shape {
        Shape::Boolean
    }
}

/// Text, or what can be written as such.
fn text<'a>(single: &Single<'a>) -> Option<Cow<'a, str>> {
    match single {
        Single::Flag(flag) => Some(if *flag { "true" } else { "false" }.into()),
        single => text_or_number(single),
    }
}

/// Text, or a number as it is written.
fn text_or_number<'a>(single: &Single<'a>) -> Option<Cow<'a, str>> {
    match single {
        Single::Text(text) => Some((*text).into()),
        Single::Number(number) => Some(number.to_string().into()),
        Single::Nothing | Single::Flag(_) => None,
    }
}

/// A float without a fraction, if it lies where floats are exact.
fn whole(number: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    #[expect(clippy::cast_possible_truncation, reason = "checked to be whole and in range")]
    (number.fract() == 0.0 && number.abs() <= EXACT).then_some(number as i64)
}
