//! Whatever is received can be put together again from the columns and what is left.

use std::fs::File;
use std::path::Path;

use arrow_array::{Array as _, RecordBatch};
use desk_cli::table::{Columns, Format, Limits};
use desk_sdk::jiff::Timestamp;
use desk_sdk::{DateTime, Shape};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::common::rows::value;

/// Names of fields; few, so that records hit declared and undeclared ones.
const NAMES: [&str; 8] = ["id", "name", "Name", "time", "contact", "tags", "undeclared", "month"];

fn names() -> impl Strategy<Value = &'static str> {
    prop::sample::select(NAMES.to_vec())
}

fn shapes() -> impl Strategy<Value = Shape> {
    let single = prop::sample::select(vec![
        Shape::Text,
        Shape::Integer,
        Shape::Number,
        Shape::Boolean,
        Shape::Time,
        Shape::Id,
        Shape::Word,
        Shape::Span,
        Shape::Json,
    ]);
    single.prop_recursive(3, 24, 6, |inner| {
        prop_oneof![
            inner.clone().prop_map(|of| Shape::List(Box::new(of))),
            inner.clone().prop_map(|of| Shape::Map(Box::new(of))),
            prop::collection::btree_map(names(), inner, 0..6)
                .prop_map(|fields| Shape::Record { name: "Inner", fields: fields.into_iter().collect() }),
        ]
    })
}

/// Values of every kind, and those that are nearly of another.
fn values() -> impl Strategy<Value = Value> {
    let single = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (-5..5_i64).prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        (-1e15..1e15).prop_map(|float: f64| json!(float.trunc())),
        any::<f64>().prop_map(|float| json!(float.to_string())),
        any::<i64>().prop_map(|number| json!(number.to_string())),
        (0..4_102_444_800_000_i64).prop_map(|time| json!(time)),
        (0..4_102_444_800_000_i64).prop_map(|time| json!(DateTime::from(Timestamp::from_millisecond(time).unwrap()))),
        prop::sample::select(vec!["", " ", "true", "FALSE", "1", "1.50", "soon", "=1", "2024-05-14T09:30:00.0000001Z"])
            .prop_map(Value::from),
        ".{0,6}".prop_map(Value::from),
    ];
    single.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(names().prop_map(str::to_owned), inner, 0..6)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// A record whose values fit its shape more often than not.
fn fitting(shape: &Shape) -> BoxedStrategy<Value> {
    let good = match shape {
        Shape::List(of) => prop::collection::vec(fitting(of), 0..4).prop_map(Value::from).boxed(),
        Shape::Record { fields, .. } => {
            let fields: Vec<_> = fields.iter().map(|(name, shape)| (Just(*name), fitting(shape))).collect();
            let more = prop::collection::btree_map("[a-z]{1,3}", values(), 0..3);
            (fields, more)
                .prop_map(|(fields, more)| {
                    let mut map: Map<String, Value> = more.into_iter().collect();
                    map.extend(fields.into_iter().map(|(name, value)| (name.to_owned(), value)));
                    Value::Object(map)
                })
                .boxed()
        }
        _ => values().boxed(),
    };
    prop_oneof![4 => good, 1 => values()].boxed()
}

/// A shape, and records that may be of it.
fn tables() -> impl Strategy<Value = (Shape, Vec<Value>)> {
    let fields = prop::collection::btree_map(names(), shapes(), 0..8);
    let record = fields.prop_map(|fields| Shape::Record { name: "Sample", fields: fields.into_iter().collect() });
    record.prop_flat_map(|shape| {
        let rows = prop::collection::vec(fitting(&shape), 1..5);
        (Just(shape), rows)
    })
}

/// Whether `sent` is what the column and what is left of it say. `left` is `None` where nothing is left.
fn agrees(shape: &Shape, sent: &Value, column: &Value, left: Option<&Value>) -> Result<(), String> {
    let differ = || Err(format!("{sent} as {shape:?} became {column}, left {left:?}"));
    if let (Value::Null, Some(left)) = (column, left) {
        return if left == sent { Ok(()) } else { differ() };
    }
    match (shape, sent, column) {
        (Shape::Json | Shape::Map(_), _, Value::String(text)) if !is_text_column(shape) => {
            let same = serde_json::from_str::<Value>(text).is_ok_and(|read| read == *sent) && left.is_none();
            if same { Ok(()) } else { differ() }
        }
        (Shape::List(of), Value::Array(sent), Value::Array(column)) if sent.len() == column.len() => {
            for (index, (sent, column)) in sent.iter().zip(column).enumerate() {
                agrees(of, sent, column, left.and_then(|left| left.get(index.to_string())))?;
            }
            Ok(())
        }
        (Shape::List(of), Value::String(_) | Value::Number(_), Value::Array(column)) if column.len() == 1 => {
            agrees(of, sent, &column[0], left)
        }
        (Shape::Record { fields, .. }, Value::Object(sent), Value::Object(column)) if !fields.is_empty() => {
            for (name, sent) in sent {
                let left = left.and_then(|left| left.get(name));
                match (fields.iter().find(|(field, _)| field == name), column.get(name)) {
                    (Some((_, shape)), Some(column)) => agrees(shape, sent, column, left)?,
                    _ if left == Some(sent) => {}
                    _ => return differ(),
                }
            }
            let known = |name: &String| sent.contains_key(name);
            if left.and_then(Value::as_object).is_none_or(|left| left.keys().all(known)) { Ok(()) } else { differ() }
        }
        (Shape::Record { fields, .. }, _, Value::String(text)) if fields.is_empty() => {
            if serde_json::from_str::<Value>(text).is_ok_and(|read| read == *sent) { Ok(()) } else { differ() }
        }
        _ if left.is_some() => differ(),
        (_, sent, column) => {
            if same(shape, sent, column) {
                Ok(())
            } else {
                differ()
            }
        }
    }
}

fn is_text_column(shape: &Shape) -> bool {
    matches!(shape, Shape::Text | Shape::Word | Shape::Id | Shape::Span)
}

/// Whether a column's value is one notation of the value that was sent.
fn same(shape: &Shape, sent: &Value, column: &Value) -> bool {
    let blank = |value: &Value| value.as_str().is_some_and(|text| text.trim().is_empty());
    match (sent, column) {
        (Value::Null, Value::Null) => true,
        (Value::Array(list), column) if list.is_empty() => column.is_null(),
        (Value::Array(list), column) if list.len() == 1 && !list[0].is_array() => same(shape, &list[0], column),
        (sent, Value::Null) => blank(sent),
        (sent, Value::Object(time)) => {
            let text = sent.as_str().map_or_else(|| sent.to_string(), str::to_owned);
            let read = DateTime::from(text).timestamp();
            let time = time.get("time").and_then(Value::as_i64).and_then(|time| Timestamp::from_millisecond(time).ok());
            time.is_some() && read == time
        }
        (sent, Value::String(text)) => match sent {
            Value::String(sent) => sent == text || (*shape == Shape::Id && sent.trim() == text),
            sent => {
                let written = sent.to_string();
                written == *text
            }
        },
        (sent, Value::Bool(flag)) => match sent {
            Value::String(sent) => sent.eq_ignore_ascii_case(&flag.to_string()),
            sent => *sent == json!(flag) || *sent == json!(i64::from(*flag)),
        },
        (Value::Number(sent), Value::Number(_)) => same_number(&sent.to_string(), column),
        (Value::String(sent), Value::Number(_)) => same_number(sent.trim(), column),
        _ => false,
    }
}

fn same_number(sent: &str, column: &Value) -> bool {
    match (sent.parse::<i128>(), column.as_i64(), column.as_f64()) {
        (Ok(sent), Some(whole), _) => sent == i128::from(whole),
        #[expect(clippy::cast_possible_truncation, reason = "compared with what was sent")]
        (Ok(sent), None, Some(float)) => float.fract() == 0.0 && float as i128 == sent,
        (Err(_), _, Some(float)) => sent.parse::<f64>().is_ok_and(|sent| sent == float),
        _ => false,
    }
}

fn batches(path: &Path) -> Vec<RecordBatch> {
    let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(path).unwrap()).unwrap();
    reader.build().unwrap().map(|batch| batch.unwrap()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_record_is_whole_in_its_columns_and_what_is_left((shape, rows) in tables()) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.parquet");
        let columns = Columns::new(&shape);
        let limits = Limits { group_rows: 2, ..Limits::default() };
        let mut file = Format::Parquet.create(&path, &columns, &limits).unwrap();
        file.write(rows.clone()).unwrap();
        let written = file.finish().unwrap();
        prop_assert_eq!(written.rows, rows.len() as u64);
        prop_assert_eq!(written.bytes, path.metadata().unwrap().len());
        let mut read = Vec::new();
        for batch in batches(&path) {
            prop_assert_eq!(batch.schema().fields().clone(), columns.schema().fields().clone());
            let whole = arrow_array::StructArray::from(batch);
            read.extend((0..whole.len()).map(|row| value(&whole, row)));
        }
        prop_assert_eq!(read.len(), rows.len());
        for (sent, mut column) in rows.iter().zip(read) {
            let left = column.as_object_mut().unwrap().remove("undeclared").unwrap();
            let left: Option<Value> = left.as_str().map(|text| serde_json::from_str(text).unwrap());
            let agreed = if sent.is_object() {
                // Without fields there is no struct that could be told from JSON text.
                let own = Shape::Record { name: "Sample", fields: match &shape {
                    Shape::Record { fields, .. } if fields.is_empty() => vec![("none", Shape::Text)],
                    Shape::Record { fields, .. } => fields.clone(),
                    _ => Vec::new(),
                } };
                agrees(&own, sent, &column, left.as_ref())
            } else if left.as_ref() == Some(sent) {
                Ok(())
            } else {
                Err(format!("{sent} became {column}, left {left:?}"))
            };
            prop_assert!(agreed.is_ok(), "{}", agreed.unwrap_err());
        }
    }

    #[test]
    fn any_record_is_written_in_every_format((shape, rows) in tables()) {
        let folder = tempfile::tempdir().unwrap();
        for format in [Format::Csv, Format::JsonLines] {
            let path = folder.path().join("a");
            let mut file = format.create(&path, &Columns::new(&shape), &Limits::default()).unwrap();
            file.write(rows.clone()).unwrap();
            let written = file.finish().unwrap();
            prop_assert_eq!(written.rows, rows.len() as u64);
            let text = std::fs::read_to_string(&path).unwrap();
            prop_assert_eq!(written.bytes, text.len() as u64);
            if format == Format::JsonLines {
                let read: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
                prop_assert_eq!(&read, &rows);
            } else {
                let mut read = csv::Reader::from_reader(text.as_bytes());
                let columns = Columns::new(&shape).schema().fields().len();
                for row in read.records() {
                    prop_assert_eq!(row.unwrap().len(), columns);
                }
            }
        }
    }
}
