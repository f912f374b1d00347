//! A table that fits a terminal, and a record as lines.

use std::fmt::Write as _;

use comfy_table::{ColumnConstraint, ContentArrangement, Row, Table, presets};
use serde_json::Value;

use super::columns::{Columns, at, exact, flat};

/// A column that is no wider is never broken into lines.
const NARROW: u16 = 24;

/// Rows of texts under headings. Each is one line; if that is to be no wider than this, long texts are cut.
pub(crate) fn table(headings: &[String], rows: Vec<Vec<String>>, width: Option<u16>) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_truncation_indicator("…").set_header(headings.to_vec());
    for row in rows {
        let mut row = Row::from(row);
        row.max_height(1);
        table.add_row(row);
    }
    let widths = table.column_max_content_widths();
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    if let Some(width) = width {
        table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
        for (column, content) in table.column_iter_mut().zip(widths) {
            if content <= NARROW {
                column.set_constraint(ColumnConstraint::ContentWidth);
            }
        }
    }
    // Without borders, cells end in spaces.
    table.lines().fold(String::new(), |text, line| text + line.trim_end() + "\n")
}

/// A record as lines of `field: value`, the fields of records within it included.
pub(super) fn lines(columns: &Columns, record: &Value) -> String {
    let mut text = String::new();
    if columns.chosen {
        for name in columns.names() {
            let found = at(record, &name).unwrap_or_default();
            let line = format!("{}: {}", flat(&name), flat(&exact(&found)));
            let _ = writeln!(text, "{}", line.trim_end());
        }
        return text;
    }
    write(&mut text, "", record);
    text
}

fn write(text: &mut String, name: &str, value: &Value) {
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            for (field, value) in fields {
                let name = if name.is_empty() { field.clone() } else { format!("{name}.{field}") };
                write(text, &name, value);
            }
        }
        value => {
            let name = if name.is_empty() { String::new() } else { format!("{}: ", flat(name)) };
            let line = format!("{name}{}", flat(&exact(value)));
            text.push_str(line.trim_end());
            text.push('\n');
        }
    }
}
