//! What an export has written so far.
//!
//! `manifest.json` is replaced as a whole, and only after the files that it names are whole and on the disk. A process
//! that ends at any moment therefore leaves a manifest that is true; other files of the export are leftovers.

mod check;
mod read;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::dataset::{Dataset, number};
use super::error::{Result, TableError};
use super::writer::Format;

pub(crate) use self::check::{missing, spoiled};
pub(crate) use self::read::{read, write};

/// The version of the manifest's format that this program writes, and the newest that it reads.
pub const VERSION: u32 = 1;

/// The name of the manifest's file.
pub const MANIFEST: &str = "manifest.json";

/// Whose data an export holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Owner {
    /// The id of the organization.
    pub organization: String,
    /// The address of Desk, such as `https://desk.zoho.eu`, which tells the data centre.
    pub address: String,
}

impl Owner {
    /// An organization at an address.
    pub fn new(organization: impl Into<String>, address: impl Into<String>) -> Self {
        let address: String = address.into();
        Self { organization: organization.into(), address: address.trim_end_matches('/').to_owned() }
    }
}

/// What an export has written so far.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The version of this format.
    version: u32,
    /// Whose data it is.
    owner: Owner,
    /// The resources by name.
    resources: BTreeMap<String, Resource>,
    #[serde(skip)]
    path: PathBuf,
}

/// What was written of one resource.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resource {
    /// The operation that lists it.
    pub operation: String,
    /// How it is walked, such as `windows of createdTime`.
    pub walk: String,
    /// How its files are written.
    pub format: Format,
    /// The columns of its files, each with its type.
    pub columns: String,
    /// Whether each month has a folder of its own.
    pub by_month: bool,
    /// Its files, which are whole.
    pub files: Vec<FileEntry>,
    /// Where the walk continues; null before the first files.
    pub position: Value,
    /// The credits that it has cost.
    pub credits: u64,
    /// Whether everything is there.
    pub finished: bool,
}

/// A whole file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileEntry {
    /// Its path from the manifest's folder, with `/` between the parts.
    pub path: String,
    /// How many records it has.
    pub rows: u64,
    /// How many bytes.
    pub bytes: u64,
    /// The SHA-256 of the bytes, in hexadecimal digits.
    pub sha256: String,
    /// The earliest time of its records, if they have one.
    pub first: Option<String>,
    /// The latest one.
    pub last: Option<String>,
}

impl Manifest {
    pub(crate) fn new(owner: Owner, path: PathBuf) -> Self {
        Self { version: VERSION, owner, resources: BTreeMap::new(), path }
    }

    /// Whose data it is.
    pub fn owner(&self) -> &Owner {
        &self.owner
    }

    /// What was written of each resource.
    pub fn resources(&self) -> &BTreeMap<String, Resource> {
        &self.resources
    }

    /// What was written of a resource: nothing yet if it is new.
    ///
    /// # Errors
    ///
    /// If it was written by another operation or walk, in another format or with other columns: old and new files would
    /// not be one table.
    pub fn resource(&mut self, dataset: &Dataset, operation: &str, walk: &str) -> Result<&mut Resource> {
        let new = Resource {
            operation: operation.to_owned(),
            walk: walk.to_owned(),
            format: dataset.format(),
            columns: dataset.columns().signature(),
            by_month: dataset.is_by_month(),
            files: Vec::new(),
            position: Value::Null,
            credits: 0,
            finished: false,
        };
        match self.resources.entry(dataset.name().to_owned()) {
            Entry::Vacant(place) => Ok(place.insert(new)),
            Entry::Occupied(place) => {
                let known = place.into_mut();
                match known.difference(&new) {
                    None => Ok(known),
                    Some(difference) => Err(TableError::Manifest {
                        path: self.path.clone(),
                        problem: format!("{} was exported {difference}", dataset.name()),
                        help: "export it the same way as before, or choose another folder",
                    }),
                }
            }
        }
    }

    /// A number for the next file of a resource.
    pub(crate) fn next_number(&self, resource: &str) -> u64 {
        let files = self.resources.get(resource).into_iter().flat_map(|known| &known.files);
        let numbers = files.filter_map(|file| number(resource, file.path.rsplit('/').next().unwrap_or_default()));
        numbers.max().map_or(1, |last| last.saturating_add(1))
    }
}

impl Resource {
    /// Adds the files of a part, and where the walk continues after them.
    pub fn add(&mut self, files: Vec<FileEntry>, position: Value) {
        self.files.extend(files);
        self.position = position;
    }

    /// How many records its files have.
    pub fn rows(&self) -> u64 {
        self.files.iter().map(|file| file.rows).sum()
    }

    /// How many bytes its files have.
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|file| file.bytes).sum()
    }

    /// The earliest time of its records, if they have one.
    pub fn first(&self) -> Option<&str> {
        self.files.iter().filter_map(|file| file.first.as_deref()).min()
    }

    /// The latest time of its records, if they have one.
    pub fn last(&self) -> Option<&str> {
        self.files.iter().filter_map(|file| file.last.as_deref()).max()
    }

    /// How it was exported before, if that is not how it is to be exported.
    fn difference(&self, new: &Self) -> Option<String> {
        let months = |by_month: bool| if by_month { "a folder for each month" } else { "one folder" };
        if self.operation != new.operation {
            return Some(format!("with {}, not with {}", self.operation, new.operation));
        }
        if self.walk != new.walk {
            return Some(format!("by {}, not by {}", self.walk, new.walk));
        }
        if self.format != new.format {
            let (known, new) = (self.format.extension(), new.format.extension());
            return Some(format!("as {known}, not as {new}: --format {known} goes on with it"));
        }
        if self.by_month != new.by_month {
            return Some(format!("into {}, not into {}", months(self.by_month), months(new.by_month)));
        }
        // JSON lines have no columns that could differ.
        let same = self.columns == new.columns || self.format == Format::JsonLines;
        (!same).then(|| "by another version of this program, with other columns".to_owned())
    }
}
