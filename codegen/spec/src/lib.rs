//! What the Zoho Desk API offers, as data: every operation with its parameters, body, answers, scopes and risk, and the
//! types they name.
//!
//! [`Module`] is one file of the project's `spec/upstream`; [`Spec`] is all of it together, local additions and
//! corrections applied.

mod format;
mod operation;
mod schema;
mod whole;
mod written;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

pub use format::{Ordered, to_json};
pub use operation::{
    Answer, Body, Method, Operation, Paging, Parameter, ParameterPlace, Risk, Status, Timeline, route,
};
pub use schema::{Kind, Object, Rules, Scalar, Schema};
pub use whole::{ListedOperation, Spec};

/// One file of `spec/upstream`: a module of the API.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Module {
    /// Its name in snake case; also the file's.
    pub module: String,
    /// Its operations, in the order of the description.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub operations: Vec<Operation>,
    /// Its types by name, `module.typeName`.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub types: IndexMap<String, Schema>,
}
