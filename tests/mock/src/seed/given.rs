//! Values that a table leaves to the request.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

/// Fields and the values to set.
pub(crate) type Values = BTreeMap<String, Given>;

/// Fields and the values a record must hold in them, alone or in a list. A dot leads through an id to another record's
/// field: `contactId.accountId`.
pub(crate) type Conditions = BTreeMap<String, Given>;

/// The source of a value: a literal value, or a text that begins with `$`.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(try_from = "Value")]
pub(crate) enum Given {
    Literal(Value),
    /// `$path.0`: a parameter of the path, by its place.
    Path(usize),
    /// `$query.departmentId`: a query parameter, split at any commas.
    Query(String),
    /// `$body.ids`: a field of the body; a dot leads into an object: `$body.owner.id`.
    Body(String),
    /// `$record.accountId`: a field of the record that the path leads to.
    Record(String),
    /// `$file.name`, `$file.size`: the file in a form.
    FileName,
    FileSize,
    /// `$now`: the time of the records' clock.
    Now,
}

impl TryFrom<Value> for Given {
    type Error = String;

    fn try_from(value: Value) -> Result<Self, String> {
        let Some(text) = value.as_str().and_then(|text| text.strip_prefix('$')) else {
            return Ok(Self::Literal(value));
        };
        let (from, name) = text.split_once('.').unwrap_or((text, ""));
        match (from, name) {
            ("path", place) => place.parse().map(Self::Path).map_err(|error| format!("${text}: {error}")),
            ("query", name) => Ok(Self::Query(name.to_owned())),
            ("body", name) => Ok(Self::Body(name.to_owned())),
            ("record", name) => Ok(Self::Record(name.to_owned())),
            ("file", "name") => Ok(Self::FileName),
            ("file", "size") => Ok(Self::FileSize),
            ("now", "") => Ok(Self::Now),
            _ => Err(format!("${text}: known are $path, $query, $body, $record, $file.name, $file.size and $now")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn where_values_come_from() {
        let given = |value: Value| Given::try_from(value);
        assert_eq!(given(json!("$path.1")), Ok(Given::Path(1)));
        assert_eq!(given(json!("$body.ids")), Ok(Given::Body("ids".to_owned())));
        assert_eq!(given(json!("Closed")), Ok(Given::Literal(json!("Closed"))));
        assert_eq!(given(json!(true)), Ok(Given::Literal(json!(true))));
        assert!(given(json!("$path.x")).is_err());
        assert!(given(json!("$elsewhere")).is_err());
    }
}
