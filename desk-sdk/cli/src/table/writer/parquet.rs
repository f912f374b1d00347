//! Records as columns, in row groups.

use std::io;

use arrow_schema::ArrowError;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::ArrowWriterOptions;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use serde_json::Value;

use super::{Limits, Writer};
use crate::table::columns::{Columns, Rows};
use crate::table::error::{Result, TableError};
use crate::table::new_file::{NewFile, Written};

/// Records and bytes that are encoded together. Fewer would take longer, more would take memory besides the row group.
const BATCH_ROWS: usize = 1024;
const BATCH_BYTES: usize = 4 * 1024 * 1024;

/// Writes Parquet.
#[derive(Debug)]
pub(super) struct ParquetWriter {
    rows: Rows,
    /// `None` after a failure, when the file cannot be continued.
    file: Option<ArrowWriter<NewFile>>,
    target: std::path::PathBuf,
    encoded: u64,
    group_rows: usize,
    group_bytes: usize,
}

impl ParquetWriter {
    pub(super) fn new(file: NewFile, columns: Columns, limits: &Limits) -> Result<Self> {
        let rows = Rows::new(columns);
        let target = file.target().to_owned();
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_created_by(concat!("desk ", env!("CARGO_PKG_VERSION")).to_owned())
            .set_max_row_group_row_count(Some(limits.group_rows.max(1)))
            .build();
        let options = ArrowWriterOptions::new().with_properties(properties);
        let file = ArrowWriter::try_new_with_options(file, rows.schema(), options);
        let file = Some(file.map_err(|error| failed(&target, error))?);
        let (group_rows, group_bytes) = (limits.group_rows.max(1), limits.group_bytes);
        Ok(Self { rows, file, target, encoded: 0, group_rows, group_bytes })
    }

    /// Encodes the collected rows, and writes the row group if it is complete.
    fn encode(&mut self) -> Result<()> {
        let count = u64::try_from(self.rows.len()).unwrap_or_default();
        let mut file = self.open()?;
        let done = self.rows.batch().map_err(ParquetError::from).and_then(|batch| {
            file.write(&batch)?;
            // The estimates of memory and of encoded bytes each leave something out.
            let memory = file.memory_size().max(file.in_progress_size());
            if memory >= self.group_bytes { file.flush() } else { Ok(()) }
        });
        done.map_err(|error| failed(&self.target, error))?;
        self.file = Some(file);
        self.encoded += count;
        Ok(())
    }

    /// The file, taken out so that it is gone if something fails.
    fn open(&mut self) -> Result<ArrowWriter<NewFile>> {
        let reason = || "an earlier failure ended the file".to_owned();
        self.file.take().ok_or_else(|| TableError::Encode { path: self.target.clone(), reason: reason() })
    }
}

impl Writer for ParquetWriter {
    fn write(&mut self, rows: Vec<Value>) -> Result<()> {
        let most = BATCH_ROWS.min(self.group_rows);
        for row in rows {
            self.rows.push(row);
            if self.rows.len() >= most || self.rows.bytes() >= BATCH_BYTES.min(self.group_bytes) {
                self.encode()?;
            }
        }
        Ok(())
    }

    fn rows(&self) -> u64 {
        self.encoded + u64::try_from(self.rows.len()).unwrap_or_default()
    }

    fn bytes(&self) -> u64 {
        let file = self.file.as_ref().map_or(0, |file| file.bytes_written() + file.in_progress_size());
        u64::try_from(file + self.rows.bytes()).unwrap_or(u64::MAX)
    }

    fn finish(mut self: Box<Self>) -> Result<Written> {
        if self.rows.len() > 0 {
            self.encode()?;
        }
        let file = self.open()?;
        let file = file.into_inner().map_err(|error| failed(&self.target, error))?;
        file.take_place(self.encoded)
    }
}

/// An error of the library, which may wrap one of the operating system.
fn failed(path: &std::path::Path, error: ParquetError) -> TableError {
    let reason = error.to_string();
    let source = match error {
        ParquetError::External(error) => match error.downcast::<io::Error>() {
            Ok(source) => Some(*source),
            Err(error) => match error.downcast::<ArrowError>().map(|error| *error) {
                Ok(ArrowError::IoError(_, source)) => Some(source),
                _ => None,
            },
        },
        _ => None,
    };
    match source {
        Some(source) => TableError::File { doing: "write", path: path.to_owned(), source },
        None => TableError::Encode { path: path.to_owned(), reason },
    }
}
