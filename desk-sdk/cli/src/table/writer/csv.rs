//! Records for spreadsheets: a line of names, then a line for each record.
//!
//! Lines end with CR and LF and the text is UTF-8, as RFC 4180 has it. Null and empty text are both an empty cell; times
//! are text in UTC; lists and records are JSON text.
//!
//! # Formulas
//!
//! A spreadsheet runs a cell that starts with `=`, `+`, `-` or `@`, or with a tab or a line break before such a
//! character, and customers write what they like. Text that starts this way therefore gets an apostrophe in front, which
//! makes it text. So that nothing is lost, text that already has apostrophes before such a character gets one more: who
//! needs the exact text removes one apostrophe wherever the pattern `^'+[=+\-@\t\r\n]` matches. A number in text, such as
//! `-1`, runs nothing and stays as it is.

use csv::{Terminator, WriterBuilder};
use serde_json::Value;

use super::Writer;
use crate::table::columns::{Cell, Columns, Kind, UNDECLARED, written};
use crate::table::error::{Result, TableError};
use crate::table::new_file::{NewFile, Written};

/// Writes CSV.
pub(super) struct CsvWriter {
    columns: Columns,
    lines: csv::Writer<NewFile>,
    rows: u64,
}

impl CsvWriter {
    pub(super) fn new(file: NewFile, columns: Columns) -> Result<Self> {
        let lines = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(file);
        let mut new = Self { columns, lines, rows: 0 };
        let names: Vec<&str> = new.columns.fields().iter().map(|(name, _)| *name).chain([UNDECLARED]).collect();
        let written = new.lines.write_record(names);
        written.map_err(|error| new.failed(error))?;
        Ok(new)
    }

    fn failed(&self, error: csv::Error) -> TableError {
        let path = self.lines.get_ref().target();
        let reason = error.to_string();
        match error.into_kind() {
            csv::ErrorKind::Io(source) => TableError::file("write", path)(source),
            _ => TableError::Encode { path: path.to_owned(), reason },
        }
    }
}

impl Writer for CsvWriter {
    fn write(&mut self, rows: Vec<Value>) -> Result<()> {
        for row in rows {
            let row = self.columns.row(row);
            let cells = self.columns.fields().iter().zip(row.cells);
            let mut texts: Vec<String> = cells.map(|((_, kind), cell)| text(kind, cell)).collect();
            texts.push(row.undeclared.map(|left| left.to_string()).unwrap_or_default());
            let written = self.lines.write_record(texts);
            written.map_err(|error| self.failed(error))?;
            self.rows += 1;
        }
        Ok(())
    }

    fn rows(&self) -> u64 {
        self.rows
    }

    fn bytes(&self) -> u64 {
        self.lines.get_ref().bytes()
    }

    fn finish(self: Box<Self>) -> Result<Written> {
        let path = self.lines.get_ref().target().to_owned();
        let file = self.lines.into_inner();
        let file = file.map_err(|error| TableError::file("write", &path)(error.into_error()))?;
        file.take_place(self.rows)
    }
}

impl std::fmt::Debug for CsvWriter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CsvWriter").field("rows", &self.rows).field("file", self.lines.get_ref()).finish()
    }
}

/// A cell's text.
fn text(kind: &Kind, cell: Option<Cell>) -> String {
    match cell {
        None => String::new(),
        Some(Cell::Text(text)) => harmless(text),
        Some(Cell::Integer(number)) => number.to_string(),
        Some(Cell::Number(number)) => number.to_string(),
        Some(Cell::Boolean(flag)) => flag.to_string(),
        Some(Cell::Time(time)) => written(time),
        // JSON starts with a quotation mark, a bracket, a digit or a letter; a number may start with a minus.
        Some(cell @ (Cell::Json(_) | Cell::List(_) | Cell::Record(_))) => cell.into_json(kind).to_string(),
    }
}

/// Text that no spreadsheet takes for a formula.
pub(crate) fn harmless(text: String) -> String {
    let first = text.trim_start_matches('\'').chars().next();
    let may_run = matches!(first, Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n'));
    if may_run && !is_number(&text) { format!("'{text}") } else { text }
}

/// Whether text is digits with a sign, and a fraction perhaps.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let is_digits = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    match digits.split_once('.') {
        Some((whole, fraction)) => is_digits(whole) && is_digits(fraction),
        None => is_digits(digits),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_stay_text_and_can_be_told_from_apostrophes() {
        for (sent, cell) in [
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
            ("\t=1", "'\t=1"),
            ("'=1+1", "''=1+1"),
            ("-1", "-1"),
            ("+491234", "+491234"),
            ("-1.5", "-1.5"),
            ("-1+1", "'-1+1"),
            ("-", "'-"),
            ("'tis", "'tis"),
            ("a=1", "a=1"),
            ("", ""),
        ] {
            assert_eq!(harmless(sent.to_owned()), cell);
        }
    }
}
