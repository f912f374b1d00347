//! Paths and operations.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Schema, is_false};
use crate::load::{Evidence, Strength};
use crate::spec::{Ordered, Paging, Risk};

/// The operations of a path.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct PathItem {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) get: Option<Operation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) put: Option<Operation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) post: Option<Operation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) delete: Option<Operation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) patch: Option<Operation>,
    #[serde(flatten)]
    pub(crate) unknown: IndexMap<String, Value>,
}

/// An operation.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Operation {
    pub(crate) operation_id: String,
    #[serde(rename = "x-desk-upstream-id", skip_serializing_if = "Option::is_none")]
    pub(crate) upstream_id: Option<String>,
    /// The module, alone.
    pub(crate) tags: Vec<String>,
    pub(crate) summary: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) description: Option<String>,
    #[serde(skip_serializing_if = "is_false")]
    pub(crate) deprecated: bool,
    /// The path with the operation's own names of parameters, where another operation's stand in `paths`.
    #[serde(rename = "x-desk-path", skip_serializing_if = "Option::is_none")]
    pub(crate) path: Option<String>,
    pub(crate) security: Vec<IndexMap<String, Vec<String>>>,
    #[serde(rename = "x-desk-doubtful-scopes", skip_serializing_if = "is_false")]
    pub(crate) doubtful_scopes: bool,
    #[serde(rename = "x-desk-cookie-only", skip_serializing_if = "is_false")]
    pub(crate) cookie_only: bool,
    #[serde(rename = "x-desk-risk")]
    pub(crate) risk: Option<Risk>,
    /// Whether it takes the organization, where a parameter of its own has that name.
    #[serde(rename = "x-desk-organization", skip_serializing_if = "is_false")]
    pub(crate) organization: bool,
    #[serde(rename = "x-desk-discovers-organization", skip_serializing_if = "is_false")]
    pub(crate) discovers_organization: bool,
    #[serde(rename = "x-desk-undocumented-query", skip_serializing_if = "is_false")]
    pub(crate) undocumented_query: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) parameters: Vec<Parameter>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) request_body: Option<RequestBody>,
    pub(crate) responses: IndexMap<String, Response>,
    #[serde(rename = "x-desk-error-in-success", skip_serializing_if = "is_false")]
    pub(crate) error_in_success: bool,
    #[serde(rename = "x-desk-paging", skip_serializing_if = "Option::is_none")]
    pub(crate) paging: Option<Paging>,
    #[serde(rename = "x-desk-alias-of", skip_serializing_if = "Option::is_none")]
    pub(crate) alias_of: Option<String>,
    #[serde(rename = "x-desk-inferred", skip_serializing_if = "Vec::is_empty")]
    pub(crate) inferred: Vec<String>,
    #[serde(rename = "x-desk-evidence", skip_serializing_if = "Vec::is_empty")]
    pub(crate) evidence: Vec<Known>,
    /// Other operations of the same method and path, each by the keys in which it differs; `null` for one that it lacks.
    #[serde(rename = "x-desk-aliases", skip_serializing_if = "Vec::is_empty")]
    pub(crate) aliases: Vec<IndexMap<String, Ordered>>,
    #[serde(flatten)]
    pub(crate) unknown: IndexMap<String, Value>,
}

/// Where a fact is known from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Known {
    pub(crate) about: String,
    pub(crate) evidence: Evidence,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) strength: Option<Strength>,
    pub(crate) why: String,
}

/// A parameter, or a reference to one.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Parameter {
    #[serde(rename = "$ref", skip_serializing_if = "Option::is_none")]
    pub(crate) reference: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) name: String,
    #[serde(rename = "x-desk-name", skip_serializing_if = "Option::is_none")]
    pub(crate) own_name: Option<String>,
    #[serde(rename = "in", skip_serializing_if = "String::is_empty")]
    pub(crate) place: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) description: Option<String>,
    #[serde(skip_serializing_if = "is_false")]
    pub(crate) required: bool,
    #[serde(rename = "x-desk-expected", skip_serializing_if = "is_false")]
    pub(crate) expected: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) style: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) explode: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) schema: Option<Schema>,
    /// In place of `schema`: the value is a JSON document.
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    pub(crate) content: IndexMap<String, Media>,
    #[serde(flatten)]
    pub(crate) unknown: IndexMap<String, Value>,
}

/// What a request carries.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct RequestBody {
    #[serde(skip_serializing_if = "is_false")]
    pub(crate) required: bool,
    #[serde(rename = "x-desk-partial", skip_serializing_if = "is_false")]
    pub(crate) partial: bool,
    #[serde(rename = "x-desk-needed", skip_serializing_if = "Vec::is_empty")]
    pub(crate) needed: Vec<String>,
    #[serde(rename = "x-desk-document-parameter", skip_serializing_if = "Option::is_none")]
    pub(crate) document_parameter: Option<String>,
    pub(crate) content: IndexMap<String, Media>,
    #[serde(flatten)]
    pub(crate) unknown: IndexMap<String, Value>,
}

/// An answer, or a reference to one.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Response {
    #[serde(rename = "$ref", skip_serializing_if = "Option::is_none")]
    pub(crate) reference: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) description: String,
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    pub(crate) content: IndexMap<String, Media>,
    #[serde(flatten)]
    pub(crate) unknown: IndexMap<String, Value>,
}

/// A document of a media type.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Media {
    pub(crate) schema: Schema,
}
