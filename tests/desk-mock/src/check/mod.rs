//! Whether what is sent suits the operation.

mod body;
mod form;
mod format;
mod json;
mod limit;
mod parameters;
mod text;

use desk_spec::{Operation, Spec};
use serde_json::Value;

use crate::incoming::Incoming;
use crate::refusal::Refusal;

pub(crate) use form::Part;
pub(crate) use json::{Undeclared, undeclared};

/// A request that matched an operation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Call<'a> {
    pub(crate) spec: &'a Spec,
    pub(crate) operation: &'a Operation,
    pub(crate) incoming: &'a Incoming,
    /// Values of the path parameters, in order.
    pub(crate) values: &'a [String],
    /// What becomes of a body's fields that its type does not declare.
    pub(crate) undeclared: Undeclared,
}

/// What a body that suits holds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Sent {
    /// No body, or bytes that are not looked into.
    Nothing,
    Json(Value),
    Parts(Vec<Part>),
}

impl Sent {
    /// The document, where it is one.
    pub(crate) fn json(&self) -> Option<&Value> {
        if let Self::Json(value) = self { Some(value) } else { None }
    }
}

impl<'a> Call<'a> {
    /// The path parameters with their values.
    pub(crate) fn path(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.operation.path_names().zip(self.values.iter().map(String::as_str))
    }
}

/// Checks the parameters, then the body; gives what the body holds.
pub(crate) fn check(call: Call<'_>) -> Result<Sent, Refusal> {
    parameters::check(call)?;
    body::check(call)
}
