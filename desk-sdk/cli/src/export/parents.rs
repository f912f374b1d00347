//! The ids in a file of records, for reading the lists that each of them has.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::Path;

use parquet::column::reader::ColumnReader;
use parquet::file::reader::{FileReader as _, SerializedFileReader};
use serde_json::Value;

use super::error::ExportError;
use crate::table::Format;

/// How many rows are read at once.
const ROWS: usize = 8192;

/// The field that identifies a record.
const ID: &str = "id";

/// The ids of a file's records in their order; none for a record without.
pub(super) fn ids(path: &Path, format: Format) -> Result<Vec<Option<String>>, ExportError> {
    let read = match format {
        Format::Parquet => of_parquet(path),
        Format::Csv => of_csv(path),
        Format::JsonLines => of_json_lines(path),
    };
    read.map_err(|reason| ExportError::ReadBack { path: path.to_owned(), reason: reason.to_string() })
}

type Read<T> = Result<T, Box<dyn std::error::Error>>;

/// One column alone, so the program needs nothing that makes Arrow's columns of a file.
fn of_parquet(path: &Path) -> Read<Vec<Option<String>>> {
    let file = SerializedFileReader::new(File::open(path)?)?;
    let columns = file.metadata().file_metadata().schema_descr().columns();
    let place = columns.iter().position(|column| column.path().string() == ID).ok_or("it has no column id")?;
    let present = columns[place].max_def_level();
    let mut ids = Vec::new();
    for group in 0..file.num_row_groups() {
        let ColumnReader::ByteArrayColumnReader(mut column) = file.get_row_group(group)?.get_column_reader(place)?
        else {
            return Err("its column id is not text".into());
        };
        loop {
            let (mut texts, mut levels) = (Vec::new(), Vec::new());
            let (count, ..) = column.read_records(ROWS, Some(&mut levels), None, &mut texts)?;
            if count == 0 {
                break;
            }
            // A column without optional values has no levels.
            levels.resize(count, present);
            let mut texts = texts.iter();
            for level in levels {
                let text = if level == present { texts.next() } else { None };
                ids.push(text.map(|text| text.as_utf8().map(str::to_owned)).transpose()?);
            }
        }
    }
    Ok(ids)
}

fn of_csv(path: &Path) -> Read<Vec<Option<String>>> {
    let mut reader = csv::Reader::from_path(path)?;
    let place = reader.headers()?.iter().position(|name| name == ID).ok_or("it has no column id")?;
    let mut ids = Vec::new();
    for record in reader.records() {
        ids.push(record?.get(place).filter(|id| !id.is_empty()).map(str::to_owned));
    }
    Ok(ids)
}

fn of_json_lines(path: &Path) -> Read<Vec<Option<String>>> {
    let mut ids = Vec::new();
    for line in BufReader::new(File::open(path)?).lines() {
        let record: Value = serde_json::from_str(&line?)?;
        ids.push(match &record[ID] {
            Value::String(id) if !id.is_empty() => Some(id.clone()),
            Value::Number(id) => Some(id.to_string()),
            _ => None,
        });
    }
    Ok(ids)
}

#[cfg(test)]
mod tests {
    use desk_sdk::Shape;
    use serde_json::json;

    use super::*;
    use crate::table::{Dataset, Folder, Limits, Owner};

    #[test]
    fn ids_are_read_from_every_format() {
        let shape = Shape::Record { name: "Thing", fields: vec![("name", Shape::Text), ("id", Shape::Id)] };
        for format in [Format::Parquet, Format::Csv, Format::JsonLines] {
            let root = tempfile::tempdir().unwrap();
            let folder = Folder::open(root.path()).unwrap();
            let manifest = folder.manifest(&Owner::new("7", "http://localhost")).unwrap();
            let dataset = Dataset::new(&folder, "things", format, &shape).unwrap();
            let mut part = dataset.part(&manifest, Limits::default());
            part.write(vec![json!({ "id": "1" }), json!({ "id": 2, "name": "=a,\"b\"\n" }), json!({ "name": "x" })])
                .unwrap();
            let files = part.finish().unwrap();
            let path = root.path().join(&files[0].path);
            assert_eq!(ids(&path, format).unwrap(), [Some("1".to_owned()), Some("2".to_owned()), None], "{format:?}");
            std::fs::write(&path, "{").unwrap();
            let error = ids(&path, format).unwrap_err().to_string();
            assert!(error.starts_with(&format!("cannot read {}", path.display())), "{error}");
        }
    }
}
