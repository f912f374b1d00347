//! The files that people write: `spec/local/*.json`.

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::Value;

/// One file of `spec/local`; each may hold any of these parts.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct LocalFile {
    /// Operations that the OpenAPI files lack.
    pub(super) operations: Vec<AddedOperation>,
    /// Types that the OpenAPI files lack.
    pub(super) types: Vec<AddedType>,
    /// Single facts that the OpenAPI files have wrong or leave out.
    pub(super) corrections: Vec<Correction>,
    /// Rust names of types that would otherwise be made from the names in the OpenAPI files.
    pub(super) names: Vec<Naming>,
    /// Groups of modules that share a cargo feature.
    pub(super) families: Vec<Family>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AddedOperation {
    pub(super) why: String,
    pub(super) module: String,
    /// As in `spec/upstream`; read like one of those.
    pub(super) operation: Value,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AddedType {
    pub(super) why: String,
    pub(super) name: String,
    #[serde(rename = "type")]
    pub(super) schema: Value,
}

/// A change to an operation or one of its parameters, or to a type or one of its fields.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Correction {
    pub(super) why: String,
    #[serde(default)]
    pub(super) operation: Option<String>,
    #[serde(default)]
    pub(super) parameter: Option<String>,
    #[serde(rename = "type", default)]
    pub(super) type_name: Option<String>,
    #[serde(default)]
    pub(super) field: Option<String>,
    /// The keys that get another value; `null` takes a key away.
    pub(super) change: IndexMap<String, Value>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Naming {
    pub(super) why: String,
    #[serde(rename = "type")]
    pub(super) type_name: String,
    pub(super) name: String,
}

/// A group of modules that share a cargo feature.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Family {
    /// The feature's name, and the name of the Rust module.
    pub name: String,
    /// What it is about, in a sentence.
    pub about: String,
    /// Whether it is on when nothing is chosen.
    #[serde(default)]
    pub default: bool,
    /// The modules of the spec in it.
    pub modules: Vec<String>,
}
