//! What is asked of an export.

use std::path::PathBuf;

use desk_sdk::jiff::Timestamp;
use serde_json::{Map, Value};

use crate::table::Format;

/// What is asked of an export.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The folder that it writes to.
    pub to: PathBuf,
    /// What is exported.
    pub wanted: Wanted,
    /// How records are written.
    pub format: Format,
    /// The lists of each record that are exported as well, by their names.
    pub children: Vec<String>,
    /// Whether attachments are downloaded.
    pub files: bool,
    /// Which changes are added to what is there.
    pub since: Option<Changes>,
    /// Whether what is not finished is continued.
    pub resume: bool,
    /// Whether resources that the token does not allow are skipped.
    pub where_known: bool,
    /// How many calls for lists of records' own are made at once.
    pub parallel: usize,
    /// The most records that are read of each resource.
    pub limit: Option<u64>,
    /// The records after which files are finished and the manifest is saved.
    pub file_rows: u64,
    /// Whether it only tells what it would do.
    pub dry_run: bool,
}

/// What is exported.
#[derive(Clone, Debug, PartialEq)]
pub enum Wanted {
    /// All resources.
    Everything,
    /// These resources.
    Resources(Vec<String>),
    /// The list of an operation.
    Operation {
        /// Its name.
        name: String,
        /// Its arguments.
        arguments: Map<String, Value>,
    },
}

/// Which changes are added to what is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changes {
    /// Those since the last run.
    Last,
    /// Those since a time.
    Since(Timestamp),
}
