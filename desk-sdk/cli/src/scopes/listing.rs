//! Operations as a table for a terminal, JSON, CSV or Markdown.

use desk_sdk::Scope;
use serde_json::{Value, json};

use super::ScopesError;
use super::entry::Entry;
use super::text::{line, markdown};
use super::words::requirement;

/// How operations are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Aligned columns.
    #[default]
    Table,
    /// A list of records.
    Json,
    /// A line of names, then a line for each operation.
    Csv,
    /// A table.
    Markdown,
}

const COLUMNS: [&str; 8] = ["operation", "method", "path", "risk", "family", "scopes", "remark", "evidence"];

/// The operations as text.
///
/// # Errors
///
/// If they cannot be written as CSV, which would be a bug.
pub fn listing(entries: &[&Entry], format: Format) -> Result<String, ScopesError> {
    match format {
        Format::Table => Ok(table(entries)),
        Format::Json => Ok(json_text(&Value::Array(entries.iter().map(|entry| record(entry)).collect()))),
        Format::Csv => csv(entries),
        Format::Markdown => Ok(markdown_table(entries)),
    }
}

/// JSON over several lines, with a line feed at its end.
pub(super) fn json_text(value: &Value) -> String {
    format!("{value:#}\n")
}

fn cells(entry: &Entry) -> [String; 8] {
    let operation = entry.operation;
    [
        operation.id.to_owned(),
        operation.method.to_string(),
        operation.path.to_owned(),
        operation.risk.to_string(),
        entry.family().to_owned(),
        requirement(operation),
        entry.remark().to_owned(),
        entry.evidence().to_string(),
    ]
}

/// Without the evidence, unless it is weaker than that of most: it would only take space.
fn table(entries: &[&Entry]) -> String {
    let row = |entry: &&Entry| {
        let [operation, method, path, risk, family, scopes, remark, _] = cells(entry);
        let scopes =
            if remark.is_empty() || entry.operation.cookie_only { scopes } else { format!("{scopes} ({remark})") };
        [operation, method, path, risk, family, scopes].map(|cell| line(&cell))
    };
    let head = ["OPERATION", "METHOD", "PATH", "RISK", "FAMILY", "SCOPES"].map(str::to_owned);
    aligned(&std::iter::once(head).chain(entries.iter().map(row)).collect::<Vec<_>>())
}

/// Columns that are as wide as their widest cell; the last one ends where it ends.
pub(super) fn aligned<const N: usize>(rows: &[[String; N]]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
    let widths: [usize; N] = std::array::from_fn(width);
    let mut text = String::new();
    for row in rows {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
        text.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
        text.push('\n');
    }
    text
}

/// An operation as a JSON record.
pub(super) fn record(entry: &Entry) -> Value {
    let operation = entry.operation;
    let set = |set: &&[Scope]| set.iter().map(Scope::to_string).collect::<Vec<_>>();
    json!({
        "operation": operation.id,
        "method": operation.method.as_str(),
        "path": operation.path,
        "summary": operation.summary,
        "risk": operation.risk.to_string(),
        "family": entry.family(),
        "scopes": operation.scopes.iter().map(set).collect::<Vec<_>>(),
        "cookie_only": operation.cookie_only,
        "in_doubt": operation.doubtful_scopes,
        "evidence": entry.evidence().to_string(),
        "aliases": operation.aliases,
    })
}

/// Nothing in it starts like a formula: ids, paths and scopes are letters.
fn csv(entries: &[&Entry]) -> Result<String, ScopesError> {
    let failed = |error: &dyn std::fmt::Display| ScopesError::new(format!("the table cannot be written: {error}"));
    let mut lines = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    lines.write_record(COLUMNS).map_err(|error| failed(&error))?;
    for entry in entries {
        lines.write_record(cells(entry).map(|cell| line(&cell))).map_err(|error| failed(&error))?;
    }
    let bytes = lines.into_inner().map_err(|error| failed(&error))?;
    String::from_utf8(bytes).map_err(|error| failed(&error))
}

fn markdown_table(entries: &[&Entry]) -> String {
    let row = |cells: [String; 8]| format!("| {} |\n", cells.join(" | "));
    let mut text = row(COLUMNS.map(str::to_owned));
    text.push_str(&row(COLUMNS.map(|_| "---".to_owned())));
    text.extend(entries.iter().map(|entry| row(cells(entry).map(|cell| markdown(&cell)))));
    text
}
