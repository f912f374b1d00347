//! A record → the values of its columns, and what is left.

use desk_sdk::jiff::Timestamp;
use serde_json::{Map, Value};

use super::kind::{Kind, Single};
use super::single;

/// A value as its column has it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    Text(String),
    Json(Value),
    Integer(i64),
    Number(f64),
    Boolean(bool),
    /// In milliseconds since 1970.
    Time(i64),
    List(Vec<Option<Cell>>),
    /// One for each field.
    Record(Vec<Option<Cell>>),
}

/// Reads a value as its column has it; the second part is what does not fit.
pub(crate) fn read(kind: &Kind, value: Value) -> (Option<Cell>, Option<Value>) {
    match (kind, value) {
        (_, Value::Null) => (None, None),
        (Kind::Json, value) => (Some(Cell::Json(value)), None),
        (Kind::Single(single), value) => match single::read(*single, value) {
            Ok(cell) => (cell, None),
            Err(value) => (None, Some(value)),
        },
        (Kind::List(of), Value::Array(elements)) => list(of, elements),
        (Kind::List(_) | Kind::Record(_), Value::String(text)) if text.is_empty() => (None, None),
        // A list of one element is sometimes written as just that element.
        (Kind::List(of), alone @ (Value::String(_) | Value::Number(_))) => match read(of, alone) {
            (cell, None) => (Some(Cell::List(vec![cell])), None),
            (_, left) => (None, left),
        },
        (Kind::Record(of), Value::Object(map)) => {
            let (cells, left) = fields(of, map);
            (Some(Cell::Record(cells)), left)
        }
        (Kind::List(_) | Kind::Record(_), other) => (None, Some(other)),
    }
}

/// Reads the elements of a list; what is left of them is under their index.
fn list(of: &Kind, elements: Vec<Value>) -> (Option<Cell>, Option<Value>) {
    let mut left = Map::new();
    let mut cells = Vec::with_capacity(elements.len());
    for (index, element) in elements.into_iter().enumerate() {
        let (cell, rest) = read(of, element);
        cells.push(cell);
        if let Some(rest) = rest {
            left.insert(index.to_string(), rest);
        }
    }
    (Some(Cell::List(cells)), object(left))
}

/// Reads the fields of a record; what is left is under its keys, as are keys that are no fields.
pub(super) fn fields(
    kinds: &[(&'static str, Kind)],
    mut map: Map<String, Value>,
) -> (Vec<Option<Cell>>, Option<Value>) {
    let mut left = Map::new();
    let mut cells = Vec::with_capacity(kinds.len());
    for (name, kind) in kinds {
        let (cell, rest) = map.remove(*name).map_or((None, None), |value| read(kind, value));
        cells.push(cell);
        if let Some(rest) = rest {
            left.insert((*name).to_owned(), rest);
        }
    }
    map.append(&mut left);
    (cells, object(map))
}

fn object(map: Map<String, Value>) -> Option<Value> {
    (!map.is_empty()).then_some(Value::Object(map))
}

impl Cell {
    /// The value as JSON, with times as text.
    pub(crate) fn into_json(self, kind: &Kind) -> Value {
        match (self, kind) {
            (Self::Text(text), _) => Value::String(text),
            (Self::Json(value), _) => value,
            (Self::Integer(number), _) => number.into(),
            (Self::Number(number), _) => number.into(),
            (Self::Boolean(flag), _) => flag.into(),
            (Self::Time(time), _) => Value::String(written(time)),
            (Self::List(cells), Kind::List(of)) => {
                cells.into_iter().map(|cell| cell.map_or(Value::Null, |cell| cell.into_json(of))).collect()
            }
            (Self::Record(cells), Kind::Record(fields)) => {
                let present = fields.iter().zip(cells).filter_map(|((name, kind), cell)| Some((name, kind, cell?)));
                let entries = present.map(|(name, kind, cell)| ((*name).to_owned(), cell.into_json(kind)));
                Value::Object(entries.collect())
            }
            // A cell is made for its column.
            (Self::List(_) | Self::Record(_), Kind::Single(_) | Kind::Json | Kind::List(_) | Kind::Record(_)) => {
                Value::Null
            }
        }
    }
}

/// A time as text, with milliseconds, as the API writes it.
pub(crate) fn written(milliseconds: i64) -> String {
    match Timestamp::from_millisecond(milliseconds) {
        Ok(time) => format!("{time:.3}"),
        Err(_) => milliseconds.to_string(),
    }
}

/// A time in milliseconds, if a value is one.
pub(crate) fn time(value: &Value) -> Option<i64> {
    match single::read(Single::Time, value.clone()) {
        Ok(Some(Cell::Time(time))) => Some(time),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn sample() -> Kind {
        let tag = Kind::Record(vec![("id", Kind::Single(Single::Id))]);
        Kind::Record(vec![
            ("id", Kind::Single(Single::Id)),
            ("isSpam", Kind::Single(Single::Boolean)),
            ("contact", Kind::Record(vec![("id", Kind::Single(Single::Id))])),
            ("tags", Kind::List(Box::new(tag))),
            ("created", Kind::Single(Single::Time)),
        ])
    }

    #[test]
    fn the_documented_record_is_laid_out_as_documented() {
        let sent = json!({
            "id": 7, "isSpam": "perhaps", "cf_shelf": "B", "contact": { "id": "8", "x": 1 }, "tags": [{ "id": 1 }, "odd"],
        });
        let (cell, left) = read(&sample(), sent);
        let cell = cell.map(|cell| cell.into_json(&sample()));
        assert_eq!(cell, Some(json!({ "id": "7", "contact": { "id": "8" }, "tags": [{ "id": "1" }, null] })));
        let expected = json!({ "isSpam": "perhaps", "cf_shelf": "B", "contact": { "x": 1 }, "tags": { "1": "odd" } });
        assert_eq!(left, Some(expected));
    }

    #[test]
    fn records_and_lists_in_odd_forms_are_kept() {
        let ids = Kind::List(Box::new(Kind::Single(Single::Id)));
        let record = Kind::Record(vec![("id", Kind::Single(Single::Id))]);
        let one = |id: &str| Some(Cell::Text(id.to_owned()));
        for (kind, sent, cell, left) in [
            (&ids, json!("7"), Some(Cell::List(vec![one("7")])), None),
            (&ids, json!(7), Some(Cell::List(vec![one("7")])), None),
            (&ids, json!(""), None, None),
            (&ids, json!([]), Some(Cell::List(vec![])), None),
            (&ids, json!([null, "7"]), Some(Cell::List(vec![None, one("7")])), None),
            (&ids, json!({ "0": "7" }), None, Some(json!({ "0": "7" }))),
            (&ids, json!(1.5), None, Some(json!(1.5))),
            (&record, json!({}), Some(Cell::Record(vec![None])), None),
            (&record, json!([]), None, Some(json!([]))),
            (&record, json!("bare"), None, Some(json!("bare"))),
            (&record, json!({ "id": true }), Some(Cell::Record(vec![None])), Some(json!({ "id": true }))),
        ] {
            assert_eq!(read(kind, sent.clone()), (cell, left), "{sent}");
        }
    }

    #[test]
    fn times_are_written_as_the_api_writes_them() {
        assert_eq!(written(1_715_679_000_000), "2024-05-14T09:30:00.000Z");
        assert_eq!(time(&json!("2024-05-14T11:30:00+02:00")), Some(1_715_679_000_000));
        assert_eq!(written(i64::MAX), i64::MAX.to_string());
    }
}
