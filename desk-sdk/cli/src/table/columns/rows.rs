//! Records → batches of columns.

use std::fmt;

use arrow_array::RecordBatch;
use arrow_schema::{ArrowError, SchemaRef};
use serde_json::Value;

use super::builder::Builder;
use super::cell::Cell;
use super::kind::Columns;

/// Records that are collected column by column.
pub(crate) struct Rows {
    columns: Columns,
    schema: SchemaRef,
    builders: Vec<Builder>,
    undeclared: Builder,
    rows: usize,
    bytes: usize,
}

impl Rows {
    pub(crate) fn new(columns: Columns) -> Self {
        let builders = columns.fields().iter().map(|(_, kind)| Builder::new(kind)).collect();
        let schema = columns.schema();
        Self { columns, schema, builders, undeclared: Builder::text(), rows: 0, bytes: 0 }
    }

    /// Adds a record.
    pub(crate) fn push(&mut self, record: Value) {
        let row = self.columns.row(record);
        let taken: usize = self.builders.iter_mut().zip(row.cells).map(|(builder, cell)| builder.append(cell)).sum();
        self.bytes += taken + self.undeclared.append(row.undeclared.map(Cell::Json));
        self.rows += 1;
    }

    /// How many records were collected since the last batch.
    pub(crate) fn len(&self) -> usize {
        self.rows
    }

    /// How many bytes they take, about.
    pub(crate) fn bytes(&self) -> usize {
        self.bytes
    }

    pub(crate) fn schema(&self) -> SchemaRef {
        SchemaRef::clone(&self.schema)
    }

    /// Takes the collected records.
    pub(crate) fn batch(&mut self) -> Result<RecordBatch, ArrowError> {
        (self.rows, self.bytes) = (0, 0);
        let columns = self.builders.iter_mut().chain([&mut self.undeclared]);
        let arrays = columns.map(Builder::finish).collect::<Result<_, _>>()?;
        RecordBatch::try_new(self.schema(), arrays)
    }
}

impl fmt::Debug for Rows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rows").field("rows", &self.rows).field("bytes", &self.bytes).finish_non_exhaustive()
    }
}
