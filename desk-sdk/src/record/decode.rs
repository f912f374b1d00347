//! Reads answers, keeping track of where values do not fit.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error};
use serde_json::Value;

use super::spelling::Spelling;
use super::{Leaf, Mismatch, Mismatches};
use crate::shown::{cut, line};

/// How to handle a value that does not fit its declared type, even when read leniently.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Decoding {
    /// The call fails with [`Error::Decode`](crate::Error::Decode), which names the place.
    #[default]
    Strict,
    /// The field stays empty, the value is kept among the record's undeclared keys, and
    /// [`Answer::mismatches`](crate::Answer::mismatches) names the place.
    Lenient,
}

/// Why a body could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DecodeError {
    /// It is not JSON.
    Syntax(String),
    /// A value does not fit.
    Mismatch(Mismatch),
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax(reason) => write!(f, "not JSON: {reason}"),
            Self::Mismatch(mismatch) => mismatch.fmt(f),
        }
    }
}

impl std::error::Error for DecodeError {}

/// Reads a JSON body; an empty body gives the type's default.
///
/// The second part of the result lists what did not fit, a thousand values at most; it is empty if `decoding` is
/// strict.
///
/// # Errors
///
/// If the body is not JSON, and, with [`Decoding::Strict`], if a value does not fit.
pub fn decode<T: Leaf + Default>(body: &[u8], decoding: Decoding) -> Result<(T, Mismatches), DecodeError> {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    if body.iter().all(u8::is_ascii_whitespace) {
        return Ok((T::default(), Mismatches::default()));
    }
    let value: Value = serde_json::from_slice(body).map_err(|error| DecodeError::Syntax(error.to_string()))?;
    let mut decoder = if decoding == Decoding::Strict { Decoder::strict() } else { Decoder::default() };
    let decoded = match value {
        Value::Null => T::default(),
        value => T::decode(value, &mut decoder).unwrap_or_default(),
    };
    match decoder.mismatches.first() {
        Some(first) if decoder.strict => Err(DecodeError::Mismatch(first.clone())),
        _ => Ok((decoded, decoder.mismatches)),
    }
}

/// Reads a record with any deserializer, as leniently as an answer.
pub(crate) fn deserialize<'de, T: Leaf, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut decoder = Decoder::strict();
    let read = T::decode(Value::deserialize(deserializer)?, &mut decoder);
    match (read, decoder.mismatches.first()) {
        (Ok(read), None) => Ok(read),
        (_, Some(mismatch)) => Err(D::Error::custom(mismatch)),
        (Err(value), None) => Err(D::Error::custom(format_args!("unexpected {}", excerpt(&value)))),
    }
}

/// Keeps track of the current position, and of what did not fit.
#[derive(Debug, Default)]
pub struct Decoder {
    path: Vec<Step>,
    pub(super) mismatches: Mismatches,
    /// Values of the current field that are spelt in an unusual way.
    spellings: Vec<Spelling>,
    /// Whether to stop at the first value that does not fit.
    strict: bool,
}

#[derive(Debug)]
enum Step {
    Key(String),
    Index(usize),
}

impl Decoder {
    pub(super) fn strict() -> Self {
        Self { strict: true, ..Self::default() }
    }

    pub(super) fn key<R>(&mut self, key: &str, read: impl FnOnce(&mut Self) -> R) -> R {
        self.path.push(Step::Key(key.to_owned()));
        let result = read(self);
        self.path.pop();
        result
    }

    pub(super) fn index<R>(&mut self, index: usize, read: impl FnOnce(&mut Self) -> R) -> R {
        self.path.push(Step::Index(index));
        let result = read(self);
        self.path.pop();
        result
    }

    /// Reports that a value does not fit, and returns it so that it can be set aside.
    pub(crate) fn mismatch(&mut self, expected: &'static str, value: Value) -> Value {
        let Self { path, mismatches, .. } = self;
        mismatches.note(|| Mismatch { path: shown(path), expected, found: excerpt(&value) });
        value
    }

    /// Notes that a value of an enum was spelt in an unusual way.
    pub(super) fn note_spelling(&mut self, usual: &str, read: &str) {
        let index = match self.path.last() {
            Some(Step::Index(index)) => Some(*index),
            _ => None,
        };
        self.spellings.push(Spelling::new(index, usual, read));
    }

    /// What was noted about a record's field.
    #[inline]
    pub(super) fn take_spellings(&mut self, field: &'static str) -> impl Iterator<Item = Spelling> + use<> {
        std::mem::take(&mut self.spellings).into_iter().map(move |spelling| spelling.of(field))
    }

    /// Whether to stop reading.
    #[inline]
    pub(super) fn is_done(&self) -> bool {
        self.mismatches.total() > 0 && self.strict
    }
}

/// A place, as shown to people.
fn shown(steps: &[Step]) -> String {
    let mut path = String::new();
    for step in steps {
        match step {
            Step::Key(key) => {
                if !path.is_empty() {
                    path.push('.');
                }
                // Keys of maps come from elsewhere and may be of any length.
                path.push_str(&line(key, 100));
            }
            Step::Index(index) => path.push_str(&format!("[{index}]")),
        }
    }
    path
}

/// A short description of a value.
fn excerpt(value: &Value) -> String {
    const LONGEST: usize = 60;
    match value {
        Value::Object(map) => format!("a record of {} keys", map.len()),
        Value::Array(list) => format!("a list of {}", list.len()),
        other => cut(&other.to_string(), LONGEST),
    }
}
