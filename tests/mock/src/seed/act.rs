//! The effects of requests on records, by route.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::given::{Conditions, Given, Values};

/// The kinds of routes. An act that names no records by id concerns the one that the path leads to.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Act {
    /// Lists and searches.
    List {
        /// Of these collections in place of the own one, the newest records first.
        #[serde(default)]
        of: Vec<String>,
        #[serde(default, rename = "where")]
        only: Conditions,
        /// The trashed records in place of the others.
        #[serde(default)]
        trashed: bool,
        /// Whether the newest records are first where the request names no order.
        #[serde(default)]
        newest: bool,
        /// Fields that are added by a record's collection.
        #[serde(default)]
        label: BTreeMap<String, BTreeMap<String, Value>>,
        /// Words of `include` that hold for this route.
        #[serde(default)]
        include: Vec<String>,
        /// A query parameter that chooses collections, and the words for them.
        #[serde(default)]
        choose: BTreeMap<String, BTreeMap<String, String>>,
    },
    /// Reads a record.
    Read {
        /// The field that identifies the record, in place of its id.
        #[serde(default)]
        by: Option<String>,
        /// That field's value; by default the last parameter of the path.
        #[serde(default)]
        value: Option<Given>,
        #[serde(default, rename = "where")]
        only: Conditions,
        /// Which one of those that suit.
        #[serde(default)]
        pick: Option<Pick>,
    },
    /// Adds a record made from the body.
    Create {
        #[serde(default)]
        set: Values,
        /// Fields of the body that are not kept.
        #[serde(default)]
        drop: Vec<String>,
    },
    /// Changes the fields that are in the body.
    Update {
        #[serde(default)]
        set: Values,
        #[serde(default)]
        drop: Vec<String>,
        /// A field's previous values are kept in a list.
        #[serde(default)]
        moves: Option<Moves>,
        /// The answer lists the texts of some fields, in place of the record.
        #[serde(default)]
        rows: Option<Rows>,
    },
    /// Sets fields, whatever else the body holds. A name may come from the body: `$body.fieldName`.
    Set {
        #[serde(default)]
        ids: Option<Given>,
        values: BTreeMap<String, Given>,
    },
    /// Takes records away for good.
    Remove {
        #[serde(default)]
        of: Vec<String>,
        #[serde(default)]
        ids: Option<Given>,
        /// All that suit, in place of single ones.
        #[serde(default)]
        all: bool,
        #[serde(default, rename = "where")]
        only: Conditions,
        #[serde(default)]
        trashed: bool,
    },
    /// Moves records to the recycle bin.
    Trash {
        #[serde(default)]
        ids: Option<Given>,
        #[serde(default)]
        set: Values,
    },
    /// Brings records back from there.
    Restore {
        #[serde(default)]
        of: Vec<String>,
        #[serde(default)]
        ids: Option<Given>,
        #[serde(default)]
        all: bool,
        #[serde(default)]
        set: Values,
    },
    /// Adds ids to a field that holds a list of them, or takes them out.
    Link {
        #[serde(default)]
        ids: Option<Given>,
        field: String,
        values: Given,
        /// Whether to add; else they are taken out.
        add: Given,
        /// The values are not ids, but identify records by a field.
        #[serde(default)]
        named: Option<Named>,
    },
    /// Counts records: the keys of the answer and the records counted for each.
    Count {
        keys: BTreeMap<String, Conditions>,
        #[serde(default, rename = "where")]
        only: Conditions,
    },
    /// Reports whether there is such a record.
    Exists {
        key: String,
        #[serde(rename = "where")]
        only: Conditions,
    },
}

/// One of several records.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Pick {
    First,
    Last,
}

/// A field whose previous value is moved to a list.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Moves {
    pub(crate) field: String,
    pub(crate) to: String,
    /// Not where this is `false`.
    #[serde(rename = "if")]
    pub(crate) wanted: Given,
}

/// Texts of a record's fields, each as a row of a list.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rows {
    /// The fields, in order.
    pub(crate) of: Vec<String>,
    /// The row's field with the text.
    #[serde(rename = "as")]
    pub(crate) text: String,
    /// The row's field that is `true` for the first row.
    pub(crate) first: String,
    /// Fields of the record that every row has.
    pub(crate) also: Vec<String>,
}

/// Records identified by a field; missing ones are created.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Named {
    #[serde(rename = "in")]
    pub(crate) collection: String,
    pub(crate) by: String,
    /// Further fields of a created record.
    #[serde(default)]
    pub(crate) set: Values,
}
