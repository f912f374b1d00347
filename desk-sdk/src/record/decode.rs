//! Reads answers, keeping track of where values do not fit.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error};

use super::decoder::{Step, excerpt};
use super::reader::Reader;
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
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    if body.iter().all(u8::is_ascii_whitespace) {
        return Ok((T::default(), Mismatches::default()));
    }
    let mut value = None::<T>;
    let mismatches = read(body, &mut value).map_err(|error| DecodeError::Syntax(error.to_string()))?;
    match mismatches.first() {
        Some(first) if decoding == Decoding::Strict => Err(DecodeError::Mismatch(first.clone())),
        _ => Ok((value.unwrap_or_default(), mismatches)),
    }
}

/// Reads a whole body.
fn read(body: &[u8], slot: &mut dyn Slot) -> Result<Mismatches, serde_json::Error> {
    let mut decoder = Decoder::start();
    let mut json = serde_json::Deserializer::from_slice(body);
    Reader { slot, decoder: &mut decoder, step: Step::Whole }.deserialize(&mut json)?;
    json.end()?;
    Ok(decoder.finish())
}

/// Reads a record with any deserializer, as leniently as an answer.
pub(crate) fn deserialize<'de, T: Leaf, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let (mut value, mut decoder) = (None::<T>, Decoder::start());
    let misfit = Reader { slot: &mut value, decoder: &mut decoder, step: Step::Whole }.deserialize(deserializer)?;
    match (value, decoder.finish().first()) {
        (_, Some(mismatch)) => Err(D::Error::custom(mismatch)),
        (Some(value), None) => Ok(value),
        (None, None) => Err(D::Error::custom(format_args!("unexpected {}", excerpt(&misfit.unwrap_or_default())))),
    }
}
