//! One typed call for each operation, and a record of its answer.

use desk_sdk::{
    Answer, Client, Content, DecodeError, Decoding, Downloading, Leaf, Mismatches, Pending, Result, decode,
};
use futures_util::future::{BoxFuture, FutureExt as _};
use serde_json::Value;

use crate::samples::Samples;

/// A typed call of an operation.
#[derive(Clone, Copy)]
pub(crate) struct Case {
    pub(crate) operation: &'static str,
    /// Whether there are any optional values to set.
    pub(crate) optional: bool,
    /// Makes the call, with required values only or with all values.
    pub(crate) call: for<'a> fn(&'a Client, &Samples, bool) -> Made<'a>,
    /// Reads an answer and writes it again, if the operation returns JSON.
    pub(crate) reread: Option<Reread>,
}

/// Reads a body leniently, and returns it as it would be written again, along with the parts that did not fit.
pub type Reread = fn(&[u8]) -> Result<(Value, Mismatches), DecodeError>;

fn reread<T: Leaf + Default>(body: &[u8]) -> Result<(Value, Mismatches), DecodeError> {
    decode::<T>(body, Decoding::Lenient).map(|(read, mismatches)| (read.encode(), mismatches))
}

/// A call that is made when awaited; returns the answer's JSON, or null if it has none.
pub(crate) type Made<'a> = BoxFuture<'a, Result<Value>>;

fn answer<'a, T: Content>(call: Pending<T>) -> Made<'a> {
    call.map(|answer| answer.map(|answer| json(&answer))).boxed()
}

fn json<T>(answer: &Answer<T>) -> Value {
    answer.json()
}

fn nothing<'a>(call: Pending<()>) -> Made<'a> {
    answer(call)
}

fn file<'a>(call: Downloading) -> Made<'a> {
    async {
        call.await?.bytes().await?;
        Ok(Value::Null)
    }
    .boxed()
}

/// The nesting depth up to which optional fields are filled: records may contain one another.
const DEPTH: u8 = 3;

/// The cases generated from the spec.
#[allow(
    deprecated,
    unused_variables,
    clippy::all,
    reason = "every operation is called, discouraged ones too; nobody reads it"
)]
mod made {
    use desk_sdk::Client;

    use super::{Case, DEPTH, Made, answer, file, nothing, reread};
    use crate::samples::Samples;

    include!(concat!(env!("OUT_DIR"), "/cases.rs"));
}

pub(crate) use made::CASES;
