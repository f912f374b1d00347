//! The form of the document: OpenAPI 3.1, and the extensions that say what it has no word for.
//!
//! [`super`] writes it and `import` reads it, both by these types, so a key has one name and one meaning. What is read
//! and is neither of the two is kept under `unknown`, to be told.

mod operation;
mod schema;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub(crate) use self::operation::{Known, Media, Operation, Parameter, PathItem, RequestBody, Response};
pub(crate) use self::schema::{Schema, Types};

/// The key that tells a document of ours, and the edition of its extensions.
pub(crate) const MARK: &str = "x-desk-spec";

/// The edition of the extensions that this code writes and reads.
pub(crate) const EDITION: u32 = 1;

/// A whole document.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Document {
    pub(crate) openapi: String,
    #[serde(rename = "x-desk-spec")]
    pub(crate) edition: u32,
    pub(crate) info: Info,
    pub(crate) servers: Vec<Server>,
    pub(crate) tags: Vec<Tag>,
    #[serde(rename = "x-tagGroups")]
    pub(crate) groups: Vec<TagGroup>,
    pub(crate) paths: IndexMap<String, PathItem>,
    pub(crate) components: Components,
    #[serde(flatten)]
    pub(crate) unknown: IndexMap<String, Value>,
}

/// What the document is about.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Info {
    pub(crate) title: String,
    pub(crate) version: String,
    pub(crate) summary: String,
    pub(crate) description: String,
    pub(crate) license: License,
}

/// The licence of the document.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct License {
    pub(crate) name: String,
    pub(crate) identifier: String,
}

/// The server of one data centre.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Server {
    pub(crate) url: String,
    pub(crate) description: String,
    #[serde(rename = "x-desk-data-centre")]
    pub(crate) data_centre: String,
    #[serde(rename = "x-desk-accounts")]
    pub(crate) accounts: String,
}

/// A module.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Tag {
    pub(crate) name: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) description: String,
    /// Its operations, aliases included, in the order of the spec.
    #[serde(rename = "x-desk-operations", skip_serializing_if = "Vec::is_empty")]
    pub(crate) operations: Vec<String>,
}

/// A family, in the form in which the common viewers group tags.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct TagGroup {
    pub(crate) name: String,
    pub(crate) tags: Vec<String>,
}

/// What the operations refer to.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Components {
    pub(crate) security_schemes: IndexMap<String, SecurityScheme>,
    pub(crate) parameters: IndexMap<String, Parameter>,
    pub(crate) responses: IndexMap<String, Response>,
    pub(crate) schemas: IndexMap<String, Schema>,
}

/// How calls are authorized.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct SecurityScheme {
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) description: String,
    pub(crate) flows: Flows,
}

/// The ways to a token.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Flows {
    pub(crate) authorization_code: Flow,
}

/// A way to a token.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Flow {
    pub(crate) authorization_url: String,
    pub(crate) token_url: String,
    pub(crate) refresh_url: String,
    pub(crate) scopes: IndexMap<String, String>,
}

/// Left out where it is false.
pub(crate) fn is_false(flag: &bool) -> bool {
    !flag
}
