//! Types: JSON Schema 2020-12, as OpenAPI 3.1 has it.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::is_false;
use super::operation::Known;

/// A type. Keys of JSON Schema first, and then what it has no word for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Schema {
    #[serde(rename = "$ref", skip_serializing_if = "Option::is_none")]
    pub(crate) reference: Option<String>,
    #[serde(rename = "type", skip_serializing_if = "Types::is_empty")]
    pub(crate) types: Types,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) format: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) description: Option<String>,
    #[serde(rename = "enum", skip_serializing_if = "Vec::is_empty")]
    pub(crate) values: Vec<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) pattern: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) minimum: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) maximum: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) min_length: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) max_length: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) min_items: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) max_items: Option<u64>,
    #[serde(skip_serializing_if = "is_false")]
    pub(crate) unique_items: bool,
    #[serde(skip_serializing_if = "is_false")]
    pub(crate) read_only: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) default: Option<Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) examples: Vec<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) items: Option<Box<Schema>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) properties: Option<IndexMap<String, Schema>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) required: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) additional_properties: Option<Box<Schema>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) any_of: Vec<Schema>,
    /// The type's word in the spec, where the keys above do not say it.
    #[serde(rename = "x-desk-type", skip_serializing_if = "Option::is_none")]
    pub(crate) word: Option<String>,
    /// The values, where `enum` does not have exactly these.
    #[serde(rename = "x-desk-values", skip_serializing_if = "Vec::is_empty")]
    pub(crate) own_values: Vec<String>,
    #[serde(rename = "x-desk-words", skip_serializing_if = "Vec::is_empty")]
    pub(crate) words: Vec<String>,
    #[serde(rename = "x-desk-descending", skip_serializing_if = "is_false")]
    pub(crate) descending: bool,
    #[serde(rename = "x-desk-open", skip_serializing_if = "is_false")]
    pub(crate) open: bool,
    #[serde(rename = "x-desk-time-range", skip_serializing_if = "is_false")]
    pub(crate) time_range: bool,
    #[serde(rename = "x-desk-prefix", skip_serializing_if = "Option::is_none")]
    pub(crate) prefix: Option<String>,
    /// The required fields, where `required` does not have exactly these: what only changes need not be whole.
    #[serde(rename = "x-desk-required", skip_serializing_if = "Option::is_none")]
    pub(crate) own_required: Option<Vec<String>>,
    #[serde(rename = "x-desk-expected", skip_serializing_if = "Vec::is_empty")]
    pub(crate) expected: Vec<String>,
    #[serde(rename = "x-desk-unless", skip_serializing_if = "IndexMap::is_empty")]
    pub(crate) unless: IndexMap<String, String>,
    #[serde(rename = "x-desk-name", skip_serializing_if = "Option::is_none")]
    pub(crate) name: Option<String>,
    #[serde(rename = "x-desk-evidence", skip_serializing_if = "Vec::is_empty")]
    pub(crate) evidence: Vec<Known>,
    #[serde(flatten)]
    pub(crate) unknown: IndexMap<String, Value>,
}

/// `type`: a word, or a list of them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum Types {
    /// Any value.
    #[default]
    Any,
    /// Values of one type.
    One(String),
    /// Values of several types.
    Many(Vec<String>),
}

impl Types {
    /// One type; with `null`, where that is allowed.
    pub(crate) fn of(words: &[&str], nullable: bool) -> Self {
        let words: Vec<String> = words.iter().copied().chain(nullable.then_some("null")).map(str::to_owned).collect();
        match <[String; 1]>::try_from(words) {
            Ok([one]) => Self::One(one),
            Err(words) if words.is_empty() => Self::Any,
            Err(words) => Self::Many(words),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        matches!(self, Self::Any)
    }

    /// Whether `null` is among the words.
    pub(crate) fn has_null(&self) -> bool {
        self.words().any(|word| word == "null")
    }

    /// The words.
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        let words = match self {
            Self::Any => &[][..],
            Self::One(one) => std::slice::from_ref(one),
            Self::Many(many) => many,
        };
        words.iter().map(String::as_str)
    }
}
