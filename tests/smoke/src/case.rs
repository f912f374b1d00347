//! One typed call of each operation, and what is seen of its answer.

use desk_sdk::{Answer, Client, Content, Downloading, Pending, Result};
use futures_util::future::{BoxFuture, FutureExt as _};
use serde_json::Value;

use crate::samples::Samples;

/// A typed call of an operation.
#[derive(Clone, Copy)]
pub(crate) struct Case {
    pub(crate) operation: &'static str,
    /// Whether anything can be set beyond what is needed.
    pub(crate) optional: bool,
    /// Makes the call, with what is needed only or with everything.
    pub(crate) call: for<'a> fn(&'a Client, &Samples, bool) -> Made<'a>,
}

/// A call that is made when it is awaited; its answer's JSON, null where it has none.
pub(crate) type Made<'a> = BoxFuture<'a, Result<Value>>;

fn answer<'a, T: Content + 'a>(call: Pending<'a, T>) -> Made<'a> {
    call.into_future().map(|answer| answer.map(|answer| json(&answer))).boxed()
}

fn json<T>(answer: &Answer<T>) -> Value {
    answer.json()
}

fn nothing(call: Pending<'_, ()>) -> Made<'_> {
    answer(call)
}

fn file(call: Downloading<'_>) -> Made<'_> {
    async {
        call.await?.bytes().await?;
        Ok(Value::Null)
    }
    .boxed()
}

/// How many records deep optional fields go: records may hold one another.
const DEPTH: u8 = 3;

/// The cases that are made from the spec.
#[allow(
    deprecated,
    unused_variables,
    clippy::all,
    reason = "every operation is called, discouraged ones too; nobody reads it"
)]
mod made {
    use desk_sdk::Client;

    use super::{Case, DEPTH, Made, answer, file, nothing};
    use crate::samples::Samples;

    include!(concat!(env!("OUT_DIR"), "/cases.rs"));
}

pub(crate) use made::CASES;
