//! Which fields of records are shown, and what a record has there.

use desk_sdk::{KeyField, Operation, Shape, by_name};
use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::scopes::{likely, line};

/// How many columns there are if nothing says which.
const MOST: usize = 8;

/// The columns of a table.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    /// Whether a person chose them.
    pub(super) chosen: bool,
    columns: Vec<Column>,
    /// The fields of the first record; none before there was one.
    fields: Option<Vec<String>>,
    /// What records are described to have.
    shape: Option<Shape>,
}

/// What is shown of a record: all of it, or the chosen fields in the order in which they were chosen.
#[derive(Debug)]
pub(super) enum Part<'r> {
    All(&'r Value),
    Fields(Vec<(&'r str, Value)>),
}

impl Serialize for Part<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::All(value) => value.serialize(serializer),
            Self::Fields(fields) => serializer.collect_map(fields.iter().map(|(name, value)| (name, value))),
        }
    }
}

#[derive(Clone, Debug)]
struct Column {
    /// Its heading, and for a chosen one its path.
    name: String,
    /// Where the operation's own table says that it lies, as one or more paths.
    key: Option<KeyField>,
    /// Whether any record had something there.
    seen: bool,
}

impl Columns {
    pub(super) fn new(operation: Option<&Operation>, chosen: &[String]) -> Self {
        let column = |name: &str, key: Option<KeyField>| Column { name: name.to_owned(), key, seen: false };
        let columns: Vec<Column> = match chosen.is_empty() {
            false => {
                let mut names: Vec<String> = Vec::new();
                for name in chosen.iter().map(|name| field(name.trim())) {
                    // JSON has each name once.
                    if !names.contains(&name) {
                        names.push(name);
                    }
                }
                names.iter().map(|name| column(name, None)).collect()
            }
            true => {
                let keys = operation.and_then(|operation| by_name::key_fields(operation.id)).unwrap_or_default();
                let mut keys: Vec<Column> = keys.iter().map(|key| column(key.as_str(), Some(*key))).collect();
                // Whoever reads a table wants to call something with it.
                if !keys.is_empty() && !keys.iter().any(|known| known.name == "id") {
                    keys.insert(0, column("id", None));
                }
                keys
            }
        };
        let shape = operation.filter(|_| !chosen.is_empty()).and_then(|operation| by_name::record_shape(operation.id));
        Self { chosen: !chosen.is_empty(), columns, fields: None, shape }
    }

    /// Takes the columns of a record if nothing says which there are.
    pub(super) fn settle(&mut self, record: &Value) {
        if self.chosen && self.fields.is_none() {
            self.fields = Some(record.as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect());
        }
        if self.columns.is_empty() {
            let fields = record.as_object().into_iter().flatten();
            let plain = fields.filter(|(_, value)| !value.is_object() && !value.is_array()).map(|(name, _)| name);
            let columns = plain.take(MOST).map(|name| Column { name: name.clone(), key: None, seen: true });
            self.columns = columns.collect();
        }
        if self.columns.is_empty() {
            self.columns.push(Column { name: "value".to_owned(), key: None, seen: true });
        }
        for column in self.columns.iter_mut().filter(|column| !column.seen) {
            column.seen = column.key.is_some() || at(record, &column.name).is_some();
        }
    }

    /// Chosen columns that no record had: those that records are described to have, or else not.
    pub(super) fn never_seen(&self, described: bool) -> Vec<String> {
        let Some(fields) = &self.fields else { return Vec::new() };
        let is_described = |column: &Column| self.shape.as_ref().is_some_and(|shape| has(shape, &column.name));
        let empty = self.columns.iter().filter(|column| !column.seen && is_described(column) == described);
        let mut known: Vec<&str> = fields.iter().map(String::as_str).collect();
        known.extend(self.shape.as_ref().map(names).unwrap_or_default());
        let told = |column: &Column| match likely(&column.name, known.iter().copied()).filter(|_| !described) {
            Some(meant) => format!("{} (did you mean {}?)", line(&column.name), line(meant)),
            None => line(&column.name),
        };
        empty.map(told).collect()
    }

    /// The names of single fields.
    pub(super) fn names(&self) -> Vec<String> {
        self.columns.iter().flat_map(Column::paths).map(str::to_owned).collect()
    }

    /// What stands above each column of a table.
    pub(super) fn headings(&self) -> Vec<String> {
        self.columns.iter().map(Column::heading).collect()
    }

    /// What a record has in each column, as text on one line that changes nothing on a terminal.
    pub(super) fn texts(&self, record: &Value) -> Vec<String> {
        let text = |column: &Column| match (record, column.key) {
            (Value::Object(_), Some(key)) => key.read(record).unwrap_or_default(),
            (Value::Object(_), None) => at(record, &column.name).map(|found| flat(&exact(&found))).unwrap_or_default(),
            _ => String::new(),
        };
        let mut texts: Vec<String> = self.columns.iter().map(text).collect();
        // What stands in a record's place is shown as it is.
        if let (false, Some(first)) = (record.is_object(), texts.first_mut()) {
            *first = flat(&exact(record));
        }
        texts
    }

    /// What a record has in each field, as it is.
    pub(super) fn cells(&self, record: &Value) -> Vec<String> {
        let names = self.columns.iter().flat_map(Column::paths);
        match record {
            Value::Object(_) => {
                names.map(|name| at(record, name).map(|found| exact(&found)).unwrap_or_default()).collect()
            }
            bare => names.enumerate().map(|(index, _)| if index == 0 { exact(bare) } else { String::new() }).collect(),
        }
    }

    /// The chosen fields of a record; all of it if none were chosen.
    pub(super) fn chosen_of<'r>(&'r self, record: &'r Value) -> Part<'r> {
        if !self.chosen || !record.is_object() {
            return Part::All(record);
        }
        let field = |column: &'r Column| (column.name.as_str(), at(record, &column.name).unwrap_or_default());
        Part::Fields(self.columns.iter().map(field).collect())
    }
}

impl Column {
    /// Its name; several fields of one record are called as that record.
    fn heading(&self) -> String {
        let paths: Vec<&str> = self.paths().collect();
        let around = |path: &&str| path.rsplit_once('.').map(|(around, _)| around.to_owned());
        let first = paths.first().copied().unwrap_or_default();
        let shared =
            around(&first).filter(|one| paths.len() > 1 && paths.iter().all(|path| around(path).as_ref() == Some(one)));
        line(&shared.unwrap_or_else(|| first.to_owned()))
    }

    fn paths(&self) -> impl Iterator<Item = &str> {
        self.name.split(' ').filter(move |_| self.key.is_some()).chain(self.key.is_none().then_some(self.name.as_str()))
    }
}

/// A field as it is called on the wire, if it is written as options are: `contact.last-name`.
fn field(name: &str) -> String {
    let is_option = name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '.'));
    if !is_option {
        return name.to_owned();
    }
    let mut words = name.split('-');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| {
        let mut rest = word.chars();
        name + &rest.next().map(|c| c.to_ascii_uppercase()).into_iter().chain(rest).collect::<String>()
    })
}

/// What lies at a path; of a list, what lies there in each of its records.
pub(super) fn at(value: &Value, path: &str) -> Option<Value> {
    if let Value::Array(values) = value {
        let found: Vec<Value> = values.iter().filter_map(|value| at(value, path)).collect();
        return (!found.is_empty()).then_some(Value::Array(found));
    }
    let fields = value.as_object()?;
    if let Some(found) = fields.get(path) {
        return Some(found.clone());
    }
    let (step, rest) = path.split_once('.')?;
    at(fields.get(step)?, rest)
}

/// Whether records of a shape are described to have something at a path.
fn has(shape: &Shape, path: &str) -> bool {
    match shape {
        Shape::List(inner) => has(inner, path),
        Shape::Map(_) | Shape::Json => true,
        record => match (record.field(path), path.split_once('.')) {
            (Some(_), _) => true,
            (None, Some((step, rest))) => record.field(step).is_some_and(|inner| has(inner, rest)),
            (None, None) => false,
        },
    }
}

/// The fields that records of a shape are described to have.
fn names(shape: &Shape) -> Vec<&'static str> {
    match shape {
        Shape::Record { fields, .. } => fields.iter().map(|(name, _)| *name).collect(),
        _ => Vec::new(),
    }
}

/// A value as text, from which it could be told again: lists and records are JSON.
pub(super) fn exact(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(values) if values.iter().all(|value| value.is_string() || value.is_number()) => {
            values.iter().map(exact).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}

/// Text on one line.
pub(super) fn flat(text: &str) -> String {
    line(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}
