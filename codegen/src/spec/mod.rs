//! The spec's own model: what stands in `spec/`, as types.

mod format;
mod operation;
mod schema;
mod written;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

pub use format::to_json;
pub use operation::{Answer, Body, Method, Operation, Paging, Parameter, Place, Risk, Status};
pub use schema::{Kind, Object, Rules, Scalar, Schema};

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
