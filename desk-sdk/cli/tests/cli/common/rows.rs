//! Files read back.

use std::fs::File;
use std::path::Path;

use arrow_array::Array;
use arrow_array::cast::AsArray as _;
use arrow_array::types::{Float64Type, Int64Type, TimestampMillisecondType};
use arrow_schema::DataType;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use serde_json::{Map, Value, json};

/// The records of a resource, as its files have them: columns without a value are left out, and CSV has only text.
pub(crate) fn of(root: &Path, manifest: &Value, resource: &str) -> Vec<Value> {
    let resource = &manifest["resources"][resource];
    let files = resource["files"].as_array().into_iter().flatten();
    files
        .flat_map(|file| {
            let path = root.join(file["path"].as_str().unwrap());
            let rows = match path.extension().unwrap().to_str().unwrap() {
                "parquet" => parquet(&path),
                "csv" => csv(&path),
                _ => json_lines(&path),
            };
            assert_eq!(Some(rows.len() as u64), file["rows"].as_u64(), "{}", path.display());
            rows
        })
        .collect()
}

fn json_lines(path: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn csv(path: &Path) -> Vec<Value> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let names = reader.headers().unwrap().clone();
    let row = |record: csv::StringRecord| {
        let filled = names.iter().zip(&record).filter(|(_, value)| !value.is_empty());
        Value::Object(filled.map(|(name, value)| (name.to_owned(), value.into())).collect())
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

fn parquet(path: &Path) -> Vec<Value> {
    let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(path).unwrap()).unwrap().build().unwrap();
    let mut rows = Vec::new();
    for batch in reader {
        let batch = batch.unwrap();
        let schema = batch.schema();
        for row in 0..batch.num_rows() {
            let columns = schema.fields().iter().zip(batch.columns());
            let filled = columns.filter(|(_, column)| !column.is_null(row));
            let filled: Map<_, _> = filled.map(|(field, column)| (field.name().clone(), value(column, row))).collect();
            rows.push(Value::Object(filled));
        }
    }
    rows
}

/// A value of a column, as JSON. JSON text stays text.
pub(crate) fn value(array: &dyn Array, row: usize) -> Value {
    if array.is_null(row) {
        return Value::Null;
    }
    match array.data_type() {
        DataType::Utf8 => array.as_string::<i32>().value(row).into(),
        DataType::Int64 => array.as_primitive::<Int64Type>().value(row).into(),
        DataType::Float64 => array.as_primitive::<Float64Type>().value(row).into(),
        DataType::Boolean => array.as_boolean().value(row).into(),
        DataType::Timestamp(..) => json!({ "time": array.as_primitive::<TimestampMillisecondType>().value(row) }),
        DataType::List(_) => {
            let list = array.as_list::<i32>().value(row);
            (0..list.len()).map(|index| value(&list, index)).collect()
        }
        DataType::Struct(fields) => {
            let columns = array.as_struct().columns().iter().zip(fields);
            Value::Object(columns.map(|(column, field)| (field.name().clone(), value(column, row))).collect())
        }
        other => panic!("{other} is no type of ours"),
    }
}
