//! Reads answers, keeping track of where values do not fit.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error};
use serde_json::Value;

use super::decoder::Step;
use super::reader::Reader;
use super::slot::{Accepts, Open, Single};
use super::{Decoder, Leaf, Mismatch, Mismatches, Slot};

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
    let mut value = T::default();
    let mismatches = decode_into(&mut value, body, decoding)?;
    Ok((value, mismatches))
}

/// As [`decode`], in place of a default value.
pub(crate) fn decode_into<T: Leaf + Default>(
    value: &mut T,
    body: &[u8],
    decoding: Decoding,
) -> Result<Mismatches, DecodeError> {
    read(body, &mut Whole(value), decoding)
}

/// Reads a body, whatever is in it.
fn read(body: &[u8], slot: &mut dyn Slot, decoding: Decoding) -> Result<Mismatches, DecodeError> {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    if body.iter().all(u8::is_ascii_whitespace) {
        return Ok(Mismatches::default());
    }
    // To look at the whole text once takes a fraction of the time that looking at each of its strings does.
    let text = std::str::from_utf8(body).map_err(|_| DecodeError::Syntax(no_text(body)))?;
    let mut decoder = Decoder::start();
    let mut json = serde_json::Deserializer::from_str(text);
    let read = Reader { slot, decoder: &mut decoder, step: Step::Whole }.deserialize(&mut json);
    read.and_then(|_| json.end()).map_err(|error| DecodeError::Syntax(error.to_string()))?;
    let mismatches = decoder.finish();
    match mismatches.first() {
        Some(first) if decoding == Decoding::Strict => Err(DecodeError::Mismatch(first.clone())),
        _ => Ok(mismatches),
    }
}

/// What is wrong, and where, with a body that is no text.
fn no_text(body: &[u8]) -> String {
    let read = serde_json::from_slice::<Value>(body);
    read.map_or_else(|error| error.to_string(), |_| "invalid UTF-8".to_owned())
}

/// A whole answer, as a slot.
struct Whole<'a, T>(&'a mut T);

impl<T: Leaf + Default> Slot for Whole<'_, T> {
    fn take(&mut self, single: &Single<'_>, decoder: &mut Decoder) -> bool {
        let read = match single {
            Single::Nothing => Some(T::default()),
            single => T::read(single, decoder),
        };
        let fits = read.is_some();
        *self.0 = read.unwrap_or_default();
        fits
    }

    fn open(&mut self) -> Open<'_> {
        self.0.open()
    }

    fn accepts(&self) -> Accepts {
        Accepts::of::<T>()
    }
}

/// Reads a record with any deserializer, as leniently as an answer.
pub(crate) fn deserialize<'de, T: Leaf, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let (mut value, mut decoder) = (None::<T>, Decoder::start());
    Reader { slot: &mut value, decoder: &mut decoder, step: Step::Whole }.deserialize(deserializer)?;
    match (value, decoder.finish().first()) {
        (_, Some(mismatch)) => Err(D::Error::custom(mismatch)),
        (Some(value), None) => Ok(value),
        (None, None) => Err(D::Error::custom(format_args!("expected {}, found null", T::EXPECTED))),
    }
}
