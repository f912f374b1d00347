//! The built-in records and the routes that serve them: the form of `seed.json`.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value};

/// A record.
pub(crate) type Record = Map<String, Value>;

/// The whole file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Seed {
    pub(crate) collections: Vec<Collection>,
}

/// Records of one kind, with their routes. A route is a path with `{}` for each parameter.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Collection {
    pub(crate) name: String,
    /// The field that holds a record's id.
    pub(crate) key: String,
    /// GET lists the records, POST adds one.
    pub(crate) list: String,
    /// GET reads a record, PATCH changes it.
    pub(crate) item: String,
    /// Further lists of the same records.
    #[serde(default)]
    pub(crate) also: Vec<Further>,
    /// Query parameters that narrow a list by a field of another name; those of a field's own name do so anyway.
    #[serde(default)]
    pub(crate) filters: BTreeMap<String, String>,
    /// What the words of the query parameter `include` add to a record.
    #[serde(default)]
    pub(crate) include: BTreeMap<String, Include>,
    /// The field that counts up with every new record.
    #[serde(default)]
    pub(crate) numbered: Option<String>,
    /// What a new record has unless it is sent.
    #[serde(default)]
    pub(crate) defaults: Record,
    pub(crate) records: Vec<Record>,
}

/// A further list of a collection's records.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Further {
    pub(crate) list: String,
    /// The field that holds the path's parameter, alone or in a list; none: all records.
    #[serde(default)]
    pub(crate) by: Option<String>,
}

/// A related record, shown inside another.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Include {
    /// The field that is added.
    #[serde(rename = "as")]
    pub(crate) field: String,
    /// The related collection.
    pub(crate) from: String,
    /// The field that holds the related record's id.
    pub(crate) by: String,
    /// The fields shown, by their names in the related record.
    pub(crate) fields: BTreeMap<String, String>,
}

/// Reads the file that is built in.
pub(crate) fn read() -> Result<Seed, serde_json::Error> {
    serde_json::from_str(include_str!("seed.json"))
}
