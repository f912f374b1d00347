//! Where the files of a resource lie, and what they are called.
//!
//! ```text
//! <root>/manifest.json
//! <root>/tickets/month=2024-05/tickets-000001.parquet     by the month of creation, in UTC
//! <root>/tickets/month=__HIVE_DEFAULT_PARTITION__/…       records without that time
//! <root>/agents/agents-000001.parquet                     small resources
//! <root>/agents/run=2/agents-000002.parquet               what a later run of the export added
//! ```
//!
//! DuckDB, DataFusion and Spark read `<root>/tickets` as one table with a column `month`, and skip the files of other
//! months where a query asks for some only. Numbers only tell files apart: each is used once in a resource.

mod names;
mod part;

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use desk_sdk::Shape;

use super::columns::Columns;
use super::error::{Result, TableError};
use super::folder::Folder;
use super::manifest::Manifest;
use super::new_file::sync_folder;
use super::writer::{Format, Limits};

pub(crate) use self::names::{
    MONTH, Month, RUN, check_name, is_month, is_part_of, number, run_folder, run_number, run_of,
};
pub use self::part::Part;

/// The files of one resource.
#[derive(Clone, Debug)]
pub struct Dataset {
    root: PathBuf,
    name: String,
    format: Format,
    columns: Columns,
    /// The field with the time of a record.
    time: Option<String>,
    by_month: bool,
    run: Option<u32>,
}

impl Dataset {
    /// The files of a resource, in a folder of its name, with the columns for a shape.
    ///
    /// # Errors
    ///
    /// If the name cannot be a folder's.
    pub fn new(folder: &Folder, name: &str, format: Format, shape: &Shape) -> Result<Self> {
        check_name(name)?;
        let (root, name) = (folder.root().to_owned(), name.to_owned());
        Ok(Self { root, name, format, columns: Columns::new(shape), time: None, by_month: false, run: None })
    }

    /// Tells for each file the first and the last time in a field of its records, such as `createdTime`.
    #[must_use]
    pub fn with_time(self, field: &str) -> Self {
        Self { time: Some(field.to_owned()), ..self }
    }

    /// The same, and puts the records of each month in a folder of their own.
    #[must_use]
    pub fn by_month(self, field: &str) -> Self {
        Self { by_month: true, ..self.with_time(field) }
    }

    /// Puts the next files into a folder for a run of the export: a column `run` tells them from those of other runs.
    #[must_use]
    pub fn in_run(self, run: u32) -> Self {
        Self { run: Some(run), ..self }
    }

    /// The name of the resource.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How its records are written.
    pub fn format(&self) -> Format {
        self.format
    }

    /// Its columns.
    pub fn columns(&self) -> &Columns {
        &self.columns
    }

    /// Whether each month has a folder of its own.
    pub fn is_by_month(&self) -> bool {
        self.by_month
    }

    /// Starts the next files, after those that the manifest names.
    pub fn part(&self, manifest: &Manifest, limits: Limits) -> Part {
        Part::new(self.clone(), manifest.next_number(&self.name), limits)
    }

    /// The folders of a place below the root.
    fn below(&self, month: Option<&Month>) -> Vec<String> {
        let run = self.run.map(run_folder);
        [Some(self.name.clone()), run, month.map(Month::folder)].into_iter().flatten().collect()
    }

    /// Creates the folder of a place, and says where it is.
    fn folder(&self, month: Option<&Month>) -> Result<PathBuf> {
        let mut folder = self.root.clone();
        for part in self.below(month) {
            let inner = folder.join(part);
            own_folder(&folder, &inner)?;
            folder = inner;
        }
        Ok(folder)
    }
}

/// Makes sure that a folder exists. It may not be a link, which could lead anywhere.
fn own_folder(parent: &Path, folder: &Path) -> Result<()> {
    match private_folder(folder) {
        Ok(()) => sync_folder(parent),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let found = fs::symlink_metadata(folder).map_err(TableError::file("look at", folder))?;
            if !found.is_dir() {
                let source = io::Error::new(ErrorKind::NotADirectory, "something else has this name");
                return Err(TableError::File { doing: "create the folder", path: folder.to_owned(), source });
            }
        }
        Err(error) => return Err(TableError::file("create the folder", folder)(error)),
    }
    Ok(())
}

/// A new folder that only its owner can open.
pub(crate) fn private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
