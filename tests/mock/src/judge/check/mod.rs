//! Checks whether a request suits its operation.

mod body;
mod depth;
mod forgive;
mod form;
mod format;
mod json;
mod limit;
mod parameters;
mod text;

use desk_spec::{Kind, Operation, Parameter, ParameterPlace, Spec};
use serde_json::Value;

use crate::common::calendar::Shift;
use crate::exchange::incoming::Incoming;
use crate::exchange::refusal::Refusal;
use crate::spec::shape::follow;

pub(crate) use depth::HIGHEST_FROM;
pub(crate) use form::Part;
pub(crate) use json::{CUSTOM, Undeclared, undeclared};

/// The query parameter that chooses fields.
const FIELDS: &str = "fields";

/// A request that matched an operation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Call<'a> {
    pub(crate) spec: &'a Spec,
    pub(crate) operation: &'a Operation,
    pub(crate) incoming: &'a Incoming,
    /// Values of the path parameters, in order.
    pub(crate) values: &'a [String],
    /// Whether values must be of exactly the declared kinds.
    pub(crate) strict: bool,
    /// How to treat body fields that the type does not declare.
    pub(crate) undeclared: Undeclared,
    /// The highest `from` of a list or search whose own description has no maximum.
    pub(crate) highest_from: u64,
    /// How the times of made-up values are moved, so that they are of the last days.
    pub(crate) shift: Shift,
}

/// The contents of a valid body.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Sent {
    /// No body, or bytes that are not looked into.
    Nothing,
    Json(Value),
    Parts(Vec<Part>),
}

impl Sent {
    /// The document, if it is one.
    pub(crate) fn json(&self) -> Option<&Value> {
        if let Self::Json(value) = self { Some(value) } else { None }
    }
}

impl<'a> Call<'a> {
    /// The path parameters with their values.
    pub(crate) fn path(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.operation.path_names().zip(self.values.iter().map(String::as_str))
    }

    /// The fields that a list's records are to be shown with; empty: all.
    pub(crate) fn fields(self) -> Vec<&'a str> {
        let chooses = |parameter: &Parameter| {
            let kind = &follow(self.spec, &parameter.schema).kind;
            parameter.place == ParameterPlace::Query && parameter.name == FIELDS && matches!(kind, Kind::List(_))
        };
        let chooses = self.operation.parameters.iter().any(chooses);
        let sent = self.incoming.query(FIELDS).filter(|_| chooses).unwrap_or_default();
        sent.split(',').map(str::trim).filter(|name| !name.is_empty()).collect()
    }
}

/// Checks the parameters, then the body, and returns the body's contents.
pub(crate) fn check(call: Call<'_>) -> Result<Sent, Refusal> {
    parameters::check(call)?;
    body::check(call)
}
