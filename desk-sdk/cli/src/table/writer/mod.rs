//! The formats that records are written in.

mod csv;
mod json_lines;
mod parquet;

use std::fmt;
use std::path::Path;

use serde_json::Value;

use self::csv::CsvWriter;
pub(crate) use self::csv::harmless;
use self::json_lines::JsonLinesWriter;
use self::parquet::ParquetWriter;
use super::columns::Columns;
use super::error::Result;
use super::new_file::{NewFile, Written};

/// How records are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Columns with types, compressed; the best choice for databases.
    Parquet,
    /// A line for each record, for spreadsheets; lists and records in cells are JSON text.
    ///
    /// Null and empty text are both an empty cell. Text that a spreadsheet would run (it starts with `=`, `+`, `-` or
    /// `@`, a tab or a line break, and is not just a number) gets an apostrophe in front, which makes it text, and so
    /// does such text that has apostrophes in front already. For the exact text, remove one apostrophe wherever
    /// `^'+[=+\-@\t\r\n]` matches.
    Csv,
    /// The records as they were received, one JSON value a line.
    JsonLines,
}

impl Format {
    /// What the names of its files end with, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Parquet => "parquet",
            Self::Csv => "csv",
            Self::JsonLines => "jsonl",
        }
    }
}

/// How large files, and what is kept in memory, may become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The rows after which a file is full.
    pub file_rows: u64,
    /// The bytes after which a file is full.
    pub file_bytes: u64,
    /// The rows of a Parquet row group, which is kept in memory until it is complete.
    pub group_rows: usize,
    /// The bytes of memory, by the library's own count, after which a row group is complete. A single record may exceed
    /// it, and the process takes up to three times as much while it encodes.
    pub group_bytes: usize,
    /// How many files may be open at once, each with its row group.
    pub open_files: usize,
}

/// A million rows or 256 MiB a file; 100,000 rows or 32 MiB a row group; four files at once.
impl Default for Limits {
    fn default() -> Self {
        Self {
            file_rows: 1_000_000,
            file_bytes: 256 * 1024 * 1024,
            group_rows: 100_000,
            group_bytes: 32 * 1024 * 1024,
            open_files: 4,
        }
    }
}

/// A file being written. If it is dropped, or if something fails, nothing remains of it.
pub trait Writer: fmt::Debug + Send {
    /// Adds records.
    ///
    /// # Errors
    ///
    /// If the disk is full, for example. The file cannot be continued then.
    fn write(&mut self, rows: Vec<Value>) -> Result<()>;

    /// How many records were added.
    fn rows(&self) -> u64;

    /// How many bytes the file has, including those that are not on the disk yet.
    fn bytes(&self) -> u64;

    /// Completes the file and gives it its name.
    ///
    /// # Errors
    ///
    /// If the disk is full, for example. Nothing remains of the file then.
    fn finish(self: Box<Self>) -> Result<Written>;

    /// Whether the file should be finished.
    fn is_full(&self, limits: &Limits) -> bool {
        self.rows() >= limits.file_rows || self.bytes() >= limits.file_bytes
    }
}

impl Format {
    /// A new file of this format, in a folder that exists.
    ///
    /// # Errors
    ///
    /// If the folder cannot be written to, or the target is a folder.
    pub fn create(self, target: &Path, columns: &Columns, limits: &Limits) -> Result<Box<dyn Writer>> {
        let file = NewFile::beside(target)?;
        Ok(match self {
            Self::Parquet => Box::new(ParquetWriter::new(file, columns.clone(), limits)?),
            Self::Csv => Box::new(CsvWriter::new(file, columns.clone())?),
            Self::JsonLines => Box::new(JsonLinesWriter::new(file)),
        })
    }
}
