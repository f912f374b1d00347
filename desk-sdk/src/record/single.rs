//! How single values are read, leniently where that leaves no doubt, and written.

use serde_json::Value;

use super::{Decoder, Enclosing, Leaf, Shape};
use crate::value::{DateTime, Id, OpenEnum, TimeSpan};

/// Reads a value of an enum, and notes a spelling that is not the usual one.
pub(crate) fn decode_word<T: OpenEnum>(value: Value, decoder: &mut Decoder) -> Result<T, Value> {
    let text = text(value).map_err(|value| decoder.mismatch("a word", value))?;
    let read = T::from(text.as_str());
    if read.as_str() != text {
        decoder.note_spelling(read.as_str(), &text);
    }
    Ok(read)
}

impl Leaf for Value {
    const EMPTY_TEXT_IS_NONE: bool = false;
    const EMPTY_LIST_IS_NONE: bool = false;

    fn decode(value: Value, _: &mut Decoder) -> Result<Self, Value> {
        Ok(value)
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
    const EMPTY_TEXT_IS_NONE: bool = false;

    fn decode(value: Value, decoder: &mut Decoder) -> Result<Self, Value> {
        text(value).map_err(|value| decoder.mismatch("text", value))
    }

    fn encode(&self) -> Value {
        Value::String(self.clone())
    }

    fn shape(_: &mut Enclosing) -> Shape {
        Shape::Text
    }
}

impl Leaf for Id {
    fn decode(value: Value, decoder: &mut Decoder) -> Result<Self, Value> {
        match value {
            Value::String(text) => Ok(text.into()),
            Value::Number(number) if !number.is_f64() => Ok(number.to_string().into()),
            value => Err(decoder.mismatch("an id", value)),
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
    fn decode(value: Value, decoder: &mut Decoder) -> Result<Self, Value> {
        match value {
            Value::String(text) => Ok(text.into()),
            Value::Number(number) => Ok(number.to_string().into()),
            value => Err(decoder.mismatch("a length of time", value)),
        }
    }

    fn encode(&self) -> Value {
        Value::String(self.as_str().to_owned())
    }

    fn shape(_: &mut Enclosing) -> Shape {
        Shape::Span
    }
}

impl Leaf for DateTime {
    fn decode(value: Value, decoder: &mut Decoder) -> Result<Self, Value> {
        match value {
            Value::String(text) => Ok(text.into()),
            Value::Number(number) => Ok(number.to_string().into()),
            value => Err(decoder.mismatch("a date and time", value)),
        }
    }

    fn encode(&self) -> Value {
        Value::String(self.as_str().to_owned())
    }

    fn shape(_: &mut Enclosing) -> Shape {
        Shape::Time
    }
}

impl Leaf for i64 {
    fn decode(value: Value, decoder: &mut Decoder) -> Result<Self, Value> {
        let read = match &value {
            Value::Number(number) => number.as_i64().or_else(|| number.as_f64().and_then(whole)),
            Value::String(text) => {
                let text = text.trim();
                text.parse().ok().or_else(|| text.parse().ok().and_then(whole))
            }
            _ => None,
        };
        read.ok_or_else(|| decoder.mismatch("a whole number", value))
    }

    fn encode(&self) -> Value {
        (*self).into()
    }

    fn shape(_: &mut Enclosing) -> Shape {
        Shape::Integer
    }
}

impl Leaf for f64 {
    fn decode(value: Value, decoder: &mut Decoder) -> Result<Self, Value> {
        let read = match &value {
            Value::Number(number) => number.as_f64(),
            Value::String(text) => text.trim().parse().ok().filter(|number: &f64| number.is_finite()),
            _ => None,
        };
        read.ok_or_else(|| decoder.mismatch("a number", value))
    }

    fn encode(&self) -> Value {
        (*self).into()
    }

    fn shape(_: &mut Enclosing) -> Shape {
        Shape::Number
    }
}

impl Leaf for bool {
    fn decode(value: Value, decoder: &mut Decoder) -> Result<Self, Value> {
        let read = match &value {
            Value::Bool(flag) => Some(*flag),
            Value::String(text) if text.eq_ignore_ascii_case("true") => Some(true),
            Value::String(text) if text.eq_ignore_ascii_case("false") => Some(false),
            Value::Number(number) => match number.as_i64() {
                Some(0) => Some(false),
                Some(1) => Some(true),
                _ => None,
            },
            _ => None,
        };
        read.ok_or_else(|| decoder.mismatch("true or false", value))
    }

    fn encode(&self) -> Value {
        (*self).into()
    }

    fn shape(_: &mut Enclosing) -> Shape {
        Shape::Boolean
    }
}

/// Text, or what can be written as such. A list of one text stands for the text, as it does for
/// values of enums.
fn text(value: Value) -> Result<String, Value> {
    match value {
        Value::String(text) => Ok(text),
        Value::Array(list) if list.len() == 1 => single(&list[0]).ok_or(Value::Array(list)),
        other => single(&other).ok_or(other),
    }
}

/// A single value as it is written.
fn single(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// A float without a fraction, if it lies where floats are exact.
fn whole(number: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    #[expect(clippy::cast_possible_truncation, reason = "checked to be whole and in range")]
    (number.fract() == 0.0 && number.abs() <= EXACT).then_some(number as i64)
}
