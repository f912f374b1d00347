//! The fields by which people recognise a record, and records as one plain line.

mod line;
#[cfg(test)]
mod tests;

use std::fmt;

use serde_json::Value;

use crate::shown::flat;

/// The length of a line if none is chosen, in characters.
pub(crate) const USUAL_LENGTH: usize = 160;

/// A field by which people recognise a record, or several that are shown as one. It works as the column of a table.
///
/// ```
/// use desk_sdk::Record;
/// use desk_sdk::types::Ticket;
/// use serde_json::json;
///
/// let ticket = json!({ "ticketNumber": "101", "subject": "Printer", "assignee": { "firstName": "Ada", "lastName": "Ray" } });
/// let columns: Vec<_> = Ticket::KEY_FIELDS.iter().map(|field| (field.as_str(), field.read(&ticket))).collect();
/// assert_eq!(columns[0], ("ticketNumber", Some("101".to_owned())));
/// assert_eq!(columns[4], ("assignee.firstName assignee.lastName", Some("Ada Ray".to_owned())));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct KeyField(pub(crate) &'static str);

impl KeyField {
    /// Its path of wire names, such as `contact.lastName`, or several paths with spaces between them.
    pub fn as_str(self) -> &'static str {
        self.0
    }

    /// The paths that are shown as one, each from the record to a value.
    pub fn paths(self) -> impl Iterator<Item = &'static str> {
        self.0.split(' ')
    }

    /// What a record, as JSON, has there, as plain text on one line. `None` if that is nothing.
    ///
    /// Several values have commas between them. A field that is `true` is shown by its name, one that is `false` not at
    /// all. Line feeds and tabs become spaces; other control characters, and marks that change the direction of writing,
    /// are escaped.
    pub fn read(self, record: &Value) -> Option<String> {
        self.read_start(record, usize::MAX)
    }

    /// A record, as JSON, as one line of at most this many characters: these fields with ` · ` between them. Fields that
    /// are empty leave no trace. If it is too long, the longest fields are cut first.
    ///
    /// ```
    /// use desk_sdk::{KeyField, Record};
    /// use desk_sdk::types::Ticket;
    /// use serde_json::json;
    ///
    /// let ticket = json!({ "ticketNumber": "101", "subject": "The printer\nis on fire", "status": "Open", "priority": null });
    /// assert_eq!(KeyField::line(Ticket::KEY_FIELDS, &ticket, 80), "101 · The printer is on fire · Open");
    /// assert_eq!(KeyField::line(Ticket::KEY_FIELDS, &ticket, 30), "101 · The printer is o… · Open");
    /// ```
    pub fn line(fields: &[Self], record: &Value, longest: usize) -> String {
        let parts: Vec<String> = match record {
            Value::Object(_) => fields.iter().filter_map(|field| field.read_start(record, longest)).collect(),
            // What arrived in place of a record is shown as it is.
            bare => text(bare, "", longest).into_iter().collect(),
        };
        line::joined(parts, longest)
    }

    /// The name of the record's own field in which each path starts.
    pub(crate) fn starts(self) -> impl Iterator<Item = &'static str> {
        self.paths().map(|path| path.split('.').next().unwrap_or(path))
    }

    fn read_start(self, record: &Value, longest: usize) -> Option<String> {
        let parts: Vec<String> = self.paths().filter_map(|path| at(record, path, longest)).collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    }
}

impl fmt::Display for KeyField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl fmt::Debug for KeyField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

/// What lies at a path, as text.
fn at(value: &Value, path: &str, longest: usize) -> Option<String> {
    if let Value::Array(values) = value {
        return several(values.iter().filter_map(|value| at(value, path, longest)), longest);
    }
    let (step, rest) = path.split_once('.').map_or((path, None), |(step, rest)| (step, Some(rest)));
    let inner = value.as_object()?.get(step)?;
    match rest {
        Some(rest) => at(inner, rest, longest),
        None => text(inner, step, longest),
    }
}

/// A value as text; none if it is empty or a record.
fn text(value: &Value, name: &str, longest: usize) -> Option<String> {
    let text = match value {
        Value::String(text) => flat(text, longest),
        Value::Number(number) => number.to_string(),
        Value::Bool(true) => name.to_owned(),
        Value::Array(values) => several(values.iter().filter_map(|value| text(value, name, longest)), longest)?,
        Value::Bool(false) | Value::Null | Value::Object(_) => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// Several texts with commas between them; what cannot be shown any more is not even read.
fn several(texts: impl Iterator<Item = String>, longest: usize) -> Option<String> {
    let mut joined = String::new();
    let mut count = 0;
    for text in texts {
        if !joined.is_empty() {
            joined.push_str(", ");
        }
        joined.push_str(&text);
        count += text.chars().count() + 2;
        if count > longest.saturating_add(2) {
            break;
        }
    }
    (!joined.is_empty()).then_some(joined)
}
