//! The part of OpenAPI 3.1 that the API's description uses, read leniently: unknown keys are
//! set aside so that the import can report them.

use std::fmt;

use indexmap::IndexMap;
use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

#[derive(Debug, Deserialize)]
pub(super) struct Document {
    /// The version; a file without it is not an OpenAPI document.
    #[serde(rename = "openapi")]
    pub(super) _version: String,
    #[serde(default)]
    pub(super) paths: IndexMap<String, IndexMap<String, Value>>,
    #[serde(default)]
    pub(super) components: Components,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Components {
    pub(super) schemas: IndexMap<String, Schema>,
    pub(super) parameters: IndexMap<String, Parameter>,
    pub(super) responses: IndexMap<String, Response>,
    pub(super) request_bodies: IndexMap<String, RequestBody>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Operation {
    pub(super) operation_id: String,
    #[serde(default)]
    pub(super) summary: String,
    #[serde(default)]
    pub(super) deprecated: bool,
    #[serde(default)]
    pub(super) parameters: Vec<Parameter>,
    #[serde(default)]
    pub(super) request_body: Option<RequestBody>,
    #[serde(default)]
    pub(super) responses: IndexMap<String, Response>,
    #[serde(default)]
    pub(super) security: Vec<IndexMap<String, Vec<String>>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Parameter {
    #[serde(rename = "$ref")]
    pub(super) reference: Option<String>,
    pub(super) name: String,
    #[serde(rename = "in")]
    pub(super) place: String,
    pub(super) required: bool,
    pub(super) schema: Schema,
    pub(super) description: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Response {
    #[serde(rename = "$ref")]
    pub(super) reference: Option<String>,
    pub(super) content: IndexMap<String, Media>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RequestBody {
    #[serde(rename = "$ref")]
    pub(super) reference: Option<String>,
    pub(super) required: bool,
    pub(super) content: IndexMap<String, Media>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Media {
    pub(super) schema: Schema,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", remote = "Self")]
pub(super) struct Schema {
    #[serde(rename = "$ref")]
    pub(super) reference: Option<String>,
    #[serde(rename = "type")]
    pub(super) types: Types,
    pub(super) format: Option<String>,
    #[serde(rename = "enum")]
    pub(super) values: Vec<Value>,
    #[serde(rename = "const")]
    pub(super) constant: Option<Value>,
    pub(super) default: Option<Value>,
    pub(super) properties: Option<IndexMap<String, Schema>>,
    pub(super) required: Vec<String>,
    pub(super) additional_properties: Option<Additional>,
    pub(super) items: Option<Box<Schema>>,
    pub(super) all_of: Vec<Schema>,
    pub(super) one_of: Vec<Schema>,
    pub(super) any_of: Vec<Schema>,
    pub(super) minimum: Option<f64>,
    pub(super) maximum: Option<f64>,
    pub(super) min_length: Option<u64>,
    pub(super) max_length: Option<u64>,
    pub(super) min_items: Option<u64>,
    pub(super) max_items: Option<u64>,
    pub(super) unique_items: bool,
    pub(super) read_only: bool,
    /// Read but not used: every pattern so far means "digits", and the formats say that too.
    pub(super) pattern: Option<Value>,
    pub(super) description: Option<Value>,
    pub(super) title: Option<Value>,
    pub(super) example: Option<Value>,
    pub(super) examples: Option<Value>,
    #[serde(flatten)]
    pub(super) unknown: IndexMap<String, Value>,
}

/// The JSON entry of a content, or else the first entry.
pub(super) fn document(content: &IndexMap<String, Media>) -> Option<&Media> {
    content.iter().find(|(kind, _)| kind.contains("json")).or(content.first()).map(|(_, media)| media)
}

/// A schema is a record, or `true` for any value (`false` is read the same way, as nobody means it).
impl<'de> Deserialize<'de> for Schema {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct SchemaVisitor;
        impl<'de> Visitor<'de> for SchemaVisitor {
            type Value = Schema;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a schema")
            }

            fn visit_bool<E>(self, _: bool) -> Result<Schema, E> {
                Ok(Schema::default())
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Schema, A::Error> {
                Schema::deserialize(MapAccessDeserializer::new(map))
            }
        }
        deserializer.deserialize_any(SchemaVisitor)
    }
}

/// `additionalProperties`: a flag, or the type of the values.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Additional {
    Allowed(#[allow(dead_code, reason = "records are open whatever the description says")] bool),
    Typed(Box<Schema>),
}

/// `type`: a word or a list of words.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(untagged)]
pub(super) enum Types {
    #[default]
    None,
    One(String),
    Many(Vec<String>),
}

impl Types {
    pub(super) fn has(&self, word: &str) -> bool {
        match self {
            Self::None => false,
            Self::One(one) => one == word,
            Self::Many(many) => many.iter().any(|one| one == word),
        }
    }

    /// Whether `null` is the only word.
    pub(super) fn is_null(&self) -> bool {
        self.has("null") && !matches!(self, Self::Many(many) if many.iter().any(|one| one != "null"))
    }

    /// Whether there is any word other than `null`, and all such words are among `words`.
    pub(super) fn within(&self, words: &[&str]) -> bool {
        let only = |one: &str| one == "null" || words.contains(&one);
        match self {
            Self::None => false,
            Self::One(one) => one != "null" && only(one),
            Self::Many(many) => many.iter().any(|one| one != "null") && many.iter().all(|one| only(one)),
        }
    }
}
