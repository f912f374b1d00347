//! Answers as a table, JSON, JSON lines or CSV.
//!
//! | modules | responsibility |
//! | --- | --- |
//! | `columns` | which fields of records are shown, and what a record has there |
//! | `records` | where an answer has its records |
//! | `table` | a table that fits a terminal, and a record as lines |

mod columns;
mod records;
mod table;

pub(crate) use self::table::table;

use std::io::{self, Write};

use desk_sdk::Operation;
use serde_json::Value;

use self::columns::Columns;
use self::table::Grid;
use super::Format;
use crate::table::harmless;

/// Where an answer is printed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Target {
    /// How wide it is, in characters, if that matters.
    pub width: Option<u16>,
}

/// Prints an answer, or records one by one, as they come. Only a table keeps its first ones, since its columns are as wide
/// as what is in them.
#[derive(Debug)]
pub struct Output<W: Write> {
    format: Format,
    operation: Option<&'static Operation>,
    columns: Columns,
    /// The key under which JSON has the records of a list, as in the operation's own answer.
    key: Option<&'static str>,
    grid: Grid,
    out: W,
    count: u64,
}

impl<W: Write> Output<W> {
    /// Prints the answers of an operation. Without columns, they are those that the operation's records are known by.
    pub fn new(
        format: Format,
        operation: Option<&'static Operation>,
        columns: &[String],
        target: Target,
        out: W,
    ) -> Self {
        let columns = Columns::new(operation, columns);
        Self { format, operation, columns, key: records::key(operation), grid: Grid::new(target.width), out, count: 0 }
    }

    /// Prints one answer. Returns how many records it had, if it was a list.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub fn answer(&mut self, answer: Value) -> io::Result<Option<u64>> {
        let answer = match answer {
            Value::Null => records::none_of(self.operation).unwrap_or_default(),
            answer => answer,
        };
        if self.format == Format::Json && !self.columns.chosen {
            writeln!(self.out, "{answer:#}")?;
            self.out.flush()?;
            return Ok(records::of(self.operation, &answer).map(count));
        }
        if let Some(records) = records::of(self.operation, &answer) {
            let number = count(records);
            self.key = self.key.filter(|_| !answer.is_array());
            records.iter().try_for_each(|record| self.record(record))?;
            self.end()?;
            return Ok(Some(number));
        }
        if !answer.is_null() {
            self.columns.settle(&answer);
        }
        match (self.format, answer) {
            // Nothing was answered.
            (Format::Table | Format::Csv | Format::Jsonl, Value::Null) => {}
            (Format::Table, answer) => self.out.write_all(table::lines(&self.columns, &answer).as_bytes())?,
            (Format::Json, answer) => {
                writeln!(self.out, "{}", serde_json::to_string_pretty(&self.columns.chosen_of(&answer))?)?;
            }
            (_, answer) => {
                self.record(&answer)?;
                self.end()?;
            }
        }
        self.out.flush()?;
        Ok(None)
    }

    /// Prints one record of a list. JSON has the shape that the answer has.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub fn record(&mut self, record: &Value) -> io::Result<()> {
        self.columns.settle(record);
        let is_first = self.count == 0;
        self.count += 1;
        match self.format {
            Format::Table => {
                let text = self.grid.row(|| self.columns.headings(), self.columns.texts(record));
                self.out.write_all(text.as_bytes())?;
            }
            Format::Jsonl => writeln!(self.out, "{}", serde_json::to_string(&self.columns.chosen_of(record))?)?,
            Format::Json => {
                let indent = if self.key.is_some() { "    " } else { "  " };
                let record = serde_json::to_string_pretty(&self.columns.chosen_of(record))?;
                let record = record.replace('\n', &format!("\n{indent}"));
                match (is_first, self.key) {
                    (true, Some(key)) => write!(self.out, "{{\n  {}: [\n", Value::from(key))?,
                    (true, None) => self.out.write_all(b"[\n")?,
                    (false, _) => self.out.write_all(b",\n")?,
                }
                write!(self.out, "{indent}{record}")?;
            }
            Format::Csv => {
                if is_first {
                    let names = self.columns.names();
                    self.line(names)?;
                }
                let cells = self.columns.cells(record).into_iter().map(harmless).collect();
                self.line(cells)?;
            }
        }
        Ok(())
    }

    /// Ends the list.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub fn end(&mut self) -> io::Result<()> {
        match self.format {
            Format::Table => {
                let text = self.grid.end(|| self.columns.headings());
                self.out.write_all(text.as_bytes())?;
            }
            Format::Json => match (self.count, self.key) {
                (0, Some(key)) => writeln!(self.out, "{{\n  {}: []\n}}", Value::from(key))?,
                (0, None) => self.out.write_all(b"[]\n")?,
                (_, Some(_)) => self.out.write_all(b"\n  ]\n}\n")?,
                (_, None) => self.out.write_all(b"\n]\n")?,
            },
            Format::Csv if self.count == 0 => {
                let names = self.columns.names();
                if !names.is_empty() {
                    self.line(names)?;
                }
            }
            Format::Jsonl | Format::Csv => {}
        }
        self.out.flush()
    }

    /// Ends a list that could not be read to its end. If nothing was read, nothing is printed.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub fn break_off(&mut self) -> io::Result<()> {
        if self.count == 0 { Ok(()) } else { self.end() }
    }

    /// Chosen columns that no record had, although records are described to have them.
    pub fn empty_columns(&self) -> Vec<String> {
        self.columns.never_seen(true)
    }

    /// Chosen columns that no record had, and that nothing describes, with those that were probably meant.
    pub fn unknown_columns(&self) -> Vec<String> {
        self.columns.never_seen(false)
    }

    fn line(&mut self, cells: Vec<String>) -> io::Result<()> {
        let mut line = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        line.write_record(cells).map_err(io::Error::other)?;
        self.out.write_all(&line.into_inner().map_err(|error| error.into_error())?)
    }
}

fn count(records: &[Value]) -> u64 {
    u64::try_from(records.len()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn printed(format: Format, columns: &[&str], width: Option<u16>, answer: Value) -> String {
        let columns: Vec<String> = columns.iter().map(|name| (*name).to_owned()).collect();
        let mut output =
            Output::new(format, desk_sdk::operation("get_tickets"), &columns, Target { width }, Vec::new());
        output.answer(answer).unwrap();
        String::from_utf8(output.out).unwrap()
    }

    fn tickets() -> Value {
        json!({ "data": [
            { "subject": "日本語", "contact": { "lastName": "Ray" }, "tags": ["a", "b"] },
            { "subject": "=1+1\u{1b}[2J\nnext", "contact": null, "more": { "a": 1 } },
        ] })
    }

    #[test]
    fn tables_are_aligned_and_harmless() {
        let text = printed(Format::Table, &["subject", "contact.lastName", "tags"], None, tickets());
        let expected = "subject             contact.lastName  tags\n\
                        日本語              Ray               a, b\n\
                        =1+1\\u{1b}[2J next\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn a_table_fits_its_terminal() {
        let long = json!({ "data": [{ "id": "7", "subject": "日本語 and more ".repeat(50) }] });
        for width in [20, 40, 80, 200] {
            let text = printed(Format::Table, &["id", "subject"], Some(width), long.clone());
            assert_eq!(text.lines().count(), 2, "{text}");
            let widest = text.lines().map(console::measure_text_width).max().unwrap();
            assert!(widest <= usize::from(width), "{widest} > {width}: {text}");
        }
    }

    #[test]
    fn spreadsheets_get_text_that_runs_nothing_and_programs_get_what_it_is() {
        let text = printed(Format::Csv, &["subject", "more"], None, tickets());
        assert_eq!(text, "subject,more\r\n日本語,\r\n\"'=1+1\u{1b}[2J\nnext\",\"{\"\"a\"\":1}\"\r\n");
        let text = printed(Format::Jsonl, &["contact.lastName"], None, tickets());
        assert_eq!(text, "{\"contact.lastName\":\"Ray\"}\n{\"contact.lastName\":null}\n");
    }

    #[test]
    fn whatever_is_answered_is_printed() {
        for answer in [
            json!(null),
            json!([]),
            json!({}),
            json!("text"),
            json!(7),
            json!([1, "a", null, [2]]),
            json!({ "a": { "b": [] } }),
        ] {
            for format in [Format::Table, Format::Json, Format::Jsonl, Format::Csv] {
                printed(format, &[], Some(80), answer.clone());
                printed(format, &["a.b", ""], None, answer.clone());
            }
        }
        assert_eq!(
            printed(Format::Table, &[], None, json!([1, "a\nb"])),
            "ticketNumber  subject  status  priority  assignee  id\n1\na b\n"
        );
    }
}
