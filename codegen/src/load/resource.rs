//! Resources: the lists of records that are worth keeping a copy of, and how each is read as a whole.

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::Value;

use super::evidence::{Evidence, Strength};

/// A list of records, and what belongs to them.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resource {
    /// The reason.
    pub why: String,
    /// Where it comes from.
    pub evidence: Evidence,
    /// Who has observed it.
    #[serde(default)]
    pub strength: Option<Strength>,
    /// Its name.
    pub name: String,
    /// The operation that lists it.
    pub operation: String,
    /// Another operation that gives the same records and can be filtered by a time, so that it reads any number.
    #[serde(default)]
    pub by_time: Option<String>,
    /// Arguments of every call.
    #[serde(default)]
    pub arguments: IndexMap<String, Value>,
    /// What it has to be called for, one by one.
    #[serde(default)]
    pub each: Option<Each>,
    /// Lists that each of its records has.
    #[serde(default)]
    pub children: Vec<Child>,
}

/// What a list has to be called for, one by one: these values, or those of a field of another list's records.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Each {
    /// The parameter that takes the value.
    pub parameter: String,
    /// The values.
    #[serde(default)]
    pub values: Vec<String>,
    /// The operation that lists the records with the values.
    #[serde(default)]
    pub operation: Option<String>,
    /// Their field.
    #[serde(default)]
    pub field: Option<String>,
}

/// A list that each record of a resource has.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Child {
    /// Its name.
    pub name: String,
    /// The operation that lists it.
    pub operation: String,
    /// The path parameter that takes the id of the record that it belongs to.
    pub parent: String,
    /// The field that holds this id in an export; the name of the parameter if none is given.
    #[serde(default)]
    pub key: Option<String>,
    /// How the files that its records stand for are downloaded.
    #[serde(default)]
    pub files: Option<FilesOf>,
}

/// How the files of a list of attachments are downloaded.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FilesOf {
    /// The operation that answers with the file.
    pub operation: String,
    /// The path parameter that takes the id of the record that the attachment belongs to.
    pub parent: String,
    /// The path parameter that takes the attachment's id.
    pub id: String,
}
