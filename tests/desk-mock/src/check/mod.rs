//! Whether what is sent suits the operation.

mod body;
mod json;
mod parameters;
mod text;

use desk_spec::Operation;
use desk_spec::Spec;
use serde_json::Value;

use crate::incoming::Incoming;
use crate::refusal::Refusal;

/// A request that matched an operation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Call<'a> {
    pub(crate) spec: &'a Spec,
    pub(crate) operation: &'a Operation,
    pub(crate) incoming: &'a Incoming,
    /// Values of the path parameters, in order.
    pub(crate) values: &'a [String],
}

impl<'a> Call<'a> {
    /// The path parameters with their values.
    pub(crate) fn path(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.operation.path_names().zip(self.values.iter().map(String::as_str))
    }
}

/// Checks the parameters, then the body; gives the body's JSON, where it has any.
pub(crate) fn check(call: Call<'_>) -> Result<Option<Value>, Refusal> {
    parameters::check(call)?;
    body::check(call)
}
