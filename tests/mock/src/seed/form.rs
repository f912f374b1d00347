//! The form of a collection's file.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::act::Act;
use super::given::{Conditions, Values};
use super::tells::{Events, Tells};

/// A record.
pub(crate) type Record = Map<String, Value>;

/// Records of one kind, with their routes. A route is a path with `{}` for each parameter.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Collection {
    pub(crate) name: String,
    /// Whether all organizations have these records together.
    #[serde(default)]
    pub(crate) shared: bool,
    /// The id of the first new record, if it does not have the usual form.
    #[serde(default)]
    pub(crate) first_new_id: Option<u64>,
    /// The name that other records use for its records: `AGENT`.
    #[serde(default)]
    pub(crate) kind: Option<String>,
    /// Paths that end with a record's id, and the values that record must hold. They and all paths below them lead to
    /// the record, so it must exist. If the path's last parameter is a condition's value, it identifies the record
    /// instead of an id. A parameter is `{}`; with its name it leads to the records of operations that use that name.
    #[serde(default)]
    pub(crate) at: BTreeMap<String, Conditions>,
    /// Fields that hold ids of these records, in other records and in bodies, and the paths of the bodies in which they
    /// do; empty: all.
    #[serde(default)]
    pub(crate) named: BTreeMap<String, String>,
    /// The field with the time of a record's creation.
    #[serde(default)]
    pub(crate) created: Option<String>,
    /// The field with the time of a record's last change.
    #[serde(default)]
    pub(crate) modified: Option<String>,
    /// The field by which lists are ordered where the request names none; without it they have the order of creation.
    #[serde(default)]
    pub(crate) ordered: Option<String>,
    /// The field that counts up with every new record.
    #[serde(default)]
    pub(crate) numbered: Option<String>,
    /// Fields with ids of records without which these go as well. Records are found fast by them.
    #[serde(default)]
    pub(crate) within: Vec<String>,
    /// Further fields with ids by which records are found fast.
    #[serde(default)]
    pub(crate) indexed: Vec<String>,
    /// Fields that are shown only where the answer's type declares them.
    #[serde(default)]
    pub(crate) internal: Vec<String>,
    /// Fields that count other records.
    #[serde(default)]
    pub(crate) counts: BTreeMap<String, Count>,
    /// Fields made from others: `{firstName} {lastName}`. A record's own value takes precedence.
    #[serde(default)]
    pub(crate) made: BTreeMap<String, String>,
    /// The consequences of setting a field, by the field and its new value, `*` for any other value.
    #[serde(default)]
    pub(crate) follows: BTreeMap<String, BTreeMap<String, Values>>,
    /// Lists of ids whose other ends are lists too: the field, the other collection and its field.
    #[serde(default)]
    pub(crate) mirrors: BTreeMap<String, (String, String)>,
    /// How changes to the records are recorded in another collection.
    #[serde(default)]
    pub(crate) tells: Option<Tells>,
    /// How changes to other collections are recorded here.
    #[serde(default)]
    pub(crate) events: Option<Events>,
    /// Fields shown with a value held elsewhere instead of their own; a dot leads through an id.
    #[serde(default)]
    pub(crate) shows: BTreeMap<String, String>,
    /// Records of other collections that come with each of these, by their collection.
    #[serde(default)]
    pub(crate) companions: BTreeMap<String, Companion>,
    /// The data that each word of the query parameter `include` adds to a record.
    #[serde(default)]
    pub(crate) include: BTreeMap<String, Include>,
    /// Words of `include` that hold for every answer.
    #[serde(default)]
    pub(crate) always: Vec<String>,
    /// How query parameters narrow lists and searches; one with a field's own name does so anyway.
    #[serde(default)]
    pub(crate) parameters: BTreeMap<String, Test>,
    /// The meaning of words such as `${open}`, by the parameter and the word: a field and its value.
    #[serde(default)]
    pub(crate) meanings: BTreeMap<String, BTreeMap<String, (String, String)>>,
    /// The query parameter that has the place of `sortBy`.
    #[serde(default)]
    pub(crate) sorted_by: Option<String>,
    /// Words of `sortBy` that are not the field's name.
    #[serde(default)]
    pub(crate) sorts: BTreeMap<String, String>,
    /// Text fields that differ between records made by filling up.
    #[serde(default)]
    pub(crate) varied: Vec<String>,
    /// A record's default values.
    #[serde(default)]
    pub(crate) defaults: Record,
    /// By method and path: `GET /api/v1/tickets/{}`.
    #[serde(default)]
    pub(crate) routes: BTreeMap<String, Act>,
    pub(crate) records: Vec<Record>,
}

/// A number of other records.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Count {
    pub(crate) of: String,
    /// Their field that holds the record's id; else the record's own field that holds theirs.
    #[serde(default)]
    pub(crate) by: Option<String>,
    #[serde(default)]
    pub(crate) own: Option<String>,
}

/// A record that comes with another one, and changes with it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Companion {
    /// Its field that holds the other's id.
    pub(crate) by: String,
    /// Fields that tell which of the records with that id it is: those with the other's own values.
    pub(crate) same: Vec<String>,
    /// Fields that it has from the other.
    pub(crate) fields: Vec<String>,
}

/// A related record, shown inside another.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Include {
    /// The added field.
    #[serde(rename = "as")]
    pub(crate) field: String,
    /// The related collections; the record is in one of them.
    pub(crate) from: Vec<String>,
    /// The field that holds the related record's id, or several.
    pub(crate) by: String,
    /// The fields shown, by their names in the related record: `email|emailId` where collections differ, `@kind` for
    /// the name of the collection's records, `=Agent` for a literal text.
    pub(crate) fields: BTreeMap<String, String>,
}

/// How a query parameter narrows. A dot leads through an id to another record's field.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Test {
    /// The field holds one of the values.
    Is(String),
    /// One of the fields contains the words; `*` stands for any rest of a word.
    Words(Vec<String>),
    /// One of the fields begins with the text.
    Starts(Vec<String>),
    /// The field is a time from one to another: `from,to`.
    Range(String),
    /// The field is a time in the last given number of days; a negative number means any time.
    Days(String),
    /// A custom field in this map has the words: `cf_name:words`.
    Custom(String),
    /// `true`: the field holds this value; `false`: it does not.
    Flag(String, Value),
}
