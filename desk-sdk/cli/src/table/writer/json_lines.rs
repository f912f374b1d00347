//! Records as they were received, one a line.

use std::io::{self, Write as _};

use serde_json::Value;

use super::Writer;
use crate::table::error::{Result, TableError};
use crate::table::new_file::{NewFile, Written};

/// Writes JSON lines.
#[derive(Debug)]
pub(super) struct JsonLinesWriter {
    file: NewFile,
    rows: u64,
}

impl JsonLinesWriter {
    pub(super) fn new(file: NewFile) -> Self {
        Self { file, rows: 0 }
    }
}

impl Writer for JsonLinesWriter {
    fn write(&mut self, rows: Vec<Value>) -> Result<()> {
        for row in rows {
            // A line that is written in one piece is hashed in one piece.
            let line = format!("{row}\n");
            let written: io::Result<()> = self.file.write_all(line.as_bytes());
            written.map_err(TableError::file("write", self.file.target()))?;
            self.rows += 1;
        }
        Ok(())
    }

    fn rows(&self) -> u64 {
        self.rows
    }

    fn bytes(&self) -> u64 {
        self.file.bytes()
    }

    fn finish(self: Box<Self>) -> Result<Written> {
        self.file.take_place(self.rows)
    }
}
