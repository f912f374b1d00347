//! Which columns there are, by the declared shape of the records.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use desk_sdk::Shape;
use serde_json::Value;

use super::cell::{self, Cell};

/// The column of whatever has no other.
pub(crate) const UNDECLARED: &str = "undeclared";

/// Names of columns that are not fields: the above, and what folders are named by.
const RESERVED: [&str; 3] = [UNDECLARED, crate::table::dataset::MONTH, crate::table::dataset::RUN];

/// The columns of a resource.
///
/// Field names that differ only in case would be the same column for a database, and a field may have the name of a
/// column of ours (`undeclared`, `month`, `run`). Only the first of each name is a column; the others are in `undeclared`.
#[derive(Clone, Debug, PartialEq)]
pub struct Columns {
    fields: Vec<(&'static str, Kind)>,
}

/// What a column holds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    Single(Single),
    Json,
    List(Box<Kind>),
    Record(Vec<(&'static str, Kind)>),
}

/// A value without parts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Single {
    Text,
    /// Text that is no value if it is blank.
    Word,
    Id,
    Span,
    Integer,
    Number,
    Boolean,
    Time,
}

/// A record, laid out in columns.
pub(crate) struct Row {
    /// One for each column but the last.
    pub(crate) cells: Vec<Option<Cell>>,
    /// What the columns do not hold.
    pub(crate) undeclared: Option<Value>,
}

impl Columns {
    /// The columns for records of a shape. If the shape is not a record, `undeclared` is the only one.
    pub fn new(shape: &Shape) -> Self {
        let Shape::Record { fields, .. } = shape else { return Self { fields: Vec::new() } };
        Self { fields: kinds(fields, &RESERVED) }
    }

    /// The columns but the last, which is `undeclared`.
    pub(crate) fn fields(&self) -> &[(&'static str, Kind)] {
        &self.fields
    }

    /// Lays out a record.
    pub(crate) fn row(&self, record: Value) -> Row {
        match record {
            Value::Object(map) => {
                let (cells, left) = cell::fields(&self.fields, map);
                Row { cells, undeclared: left }
            }
            other => Row { cells: self.fields.iter().map(|_| None).collect(), undeclared: Some(other) },
        }
    }

    /// The columns and their types as text. Files with the same text have the same schema.
    pub fn signature(&self) -> String {
        let mut text = String::new();
        sign(&mut text, &self.fields);
        text
    }
}

/// The fields that have a column of their own.
fn kinds(fields: &[(&'static str, Shape)], reserved: &[&str]) -> Vec<(&'static str, Kind)> {
    let mut taken: BTreeSet<String> = reserved.iter().map(|name| (*name).to_owned()).collect();
    let mut kinds = Vec::with_capacity(fields.len());
    for (name, shape) in fields {
        if taken.insert(name.to_lowercase()) {
            kinds.push((*name, kind(shape)));
        }
    }
    kinds
}

fn kind(shape: &Shape) -> Kind {
    Kind::Single(match shape {
        Shape::Text => Single::Text,
        Shape::Word => Single::Word,
        Shape::Id => Single::Id,
        Shape::Span => Single::Span,
        Shape::Integer => Single::Integer,
        Shape::Number => Single::Number,
        Shape::Boolean => Single::Boolean,
        Shape::Time => Single::Time,
        Shape::Json | Shape::Map(_) => return Kind::Json,
        Shape::List(of) => return Kind::List(Box::new(kind(of))),
        // A struct must have a field.
        Shape::Record { fields, .. } if fields.is_empty() => return Kind::Json,
        Shape::Record { fields, .. } => return Kind::Record(kinds(fields, &[])),
    })
}

fn sign(text: &mut String, fields: &[(&'static str, Kind)]) {
    for (name, kind) in fields {
        // Names are quoted, so that none can be taken for a type.
        let _ = write!(text, "{name:?}:");
        sign_kind(text, kind);
        text.push(',');
    }
}

fn sign_kind(text: &mut String, kind: &Kind) {
    match kind {
        Kind::Json | Kind::Single(Single::Text | Single::Word | Single::Id | Single::Span) => text.push_str("text"),
        Kind::Single(Single::Integer) => text.push_str("integer"),
        Kind::Single(Single::Number) => text.push_str("number"),
        Kind::Single(Single::Boolean) => text.push_str("boolean"),
        Kind::Single(Single::Time) => text.push_str("time"),
        Kind::List(of) => {
            text.push('[');
            sign_kind(text, of);
            text.push(']');
        }
        Kind::Record(fields) => {
            text.push('{');
            sign(text, fields);
            text.push('}');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_taken_have_no_column() {
        let inner = Shape::Record { name: "Inner", fields: vec![("month", Shape::Text), ("Month", Shape::Text)] };
        let fields = vec![
            ("id", Shape::Id),
            ("ID", Shape::Id),
            ("Undeclared", Shape::Text),
            ("month", Shape::Text),
            ("inner", inner),
            ("nothing", Shape::Record { name: "Nothing", fields: vec![] }),
        ];
        let columns = Columns::new(&Shape::Record { name: "Sample", fields });
        assert_eq!(columns.signature(), r#""id":text,"inner":{"month":text,},"nothing":text,"#);
        let row =
            columns.row(serde_json::json!({ "id": "1", "ID": "2", "month": "May", "inner": { "Month": "June" } }));
        let left = serde_json::json!({ "ID": "2", "month": "May", "inner": { "Month": "June" } });
        assert_eq!(row.undeclared, Some(left));
    }

    #[test]
    fn what_is_not_a_record_is_undeclared() {
        let columns = Columns::new(&Shape::Text);
        assert_eq!(columns.row("odd".into()).undeclared, Some("odd".into()));
    }
}
