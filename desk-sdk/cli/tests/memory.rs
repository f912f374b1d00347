//! Memory does not grow with the number of records. Alone in its process, which is what is measured.
//!
//! `DESK_MEMORY_ROWS=100000 cargo test --profile bench --package desk-cli --test memory -- --nocapture` measures more.

#![cfg(target_os = "linux")]

use std::time::Instant;

use desk_cli::table::{Columns, Format, Limits};
use desk_sdk::Shape;
use desk_sdk::by_name::record_shape;
use serde_json::{Value, json};

/// As many records as a page has.
const PAGE: usize = 100;

/// The largest resident memory of this process so far, in bytes.
fn peak() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    let kilobytes: usize = line.trim().trim_end_matches("kB").trim().parse().unwrap();
    kilobytes * 1024
}

/// Numbers that look random, the same in every run.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }
}

/// A value for every declared field, and words as people write them.
fn wide(shape: &Shape, numbers: &mut Numbers) -> Value {
    const WORDS: [&str; 8] = ["printer", "does", "not", "start", "since", "yesterday", "Müller", "please"];
    let number = numbers.next();
    match shape {
        Shape::Text => {
            let count = number % 6 + 1;
            let word = |_| format!("{} ", WORDS[usize::try_from(numbers.next() % 8).unwrap()]);
            json!((0..count).map(word).collect::<String>())
        }
        Shape::Word => json!(WORDS[usize::try_from(number % 8).unwrap()]),
        Shape::Id => json!((4_000_000_000_000 + number).to_string()),
        Shape::Integer => json!(number % 1000),
        Shape::Number => json!(f64::from(u32::try_from(number % 1000).unwrap()) / 8.0),
        Shape::Boolean => json!(number.is_multiple_of(2)),
        Shape::Time => json!(1_600_000_000_000 + number),
        Shape::Span => json!(format!("{:02}:30 hrs", number % 100)),
        Shape::Json | Shape::Map(_) => json!({ "cf_shelf": number % 100 }),
        Shape::List(of) => (0..number % 3).map(|_| wide(of, numbers)).collect(),
        Shape::Record { fields, .. } => {
            Value::Object(fields.iter().map(|(name, shape)| ((*name).to_owned(), wide(shape, numbers))).collect())
        }
    }
}

/// Writes records in every format, and checks that half of them take as much memory as all of them.
fn check(shape: &Shape, rows: usize, limits: &Limits, make: &dyn Fn(&mut Numbers) -> Value) {
    let columns = Columns::new(shape);
    let folder = tempfile::tempdir().unwrap();
    for format in [Format::JsonLines, Format::Csv, Format::Parquet] {
        let (mut numbers, started) = (Numbers(7), Instant::now());
        let mut file = format.create(&folder.path().join("file"), &columns, limits).unwrap();
        let (before, mut settled, mut sent) = (peak(), 0, 0);
        for page in 0..rows / PAGE {
            if page == rows / PAGE / 2 {
                settled = peak();
            }
            let records: Vec<Value> = (0..PAGE).map(|_| make(&mut numbers)).collect();
            sent += records[0].to_string().len() * PAGE;
            file.write(records).unwrap();
        }
        let (end, taken) = (peak(), started.elapsed());
        let written = file.finish().unwrap();
        let mebibytes = |bytes: usize| bytes / 1024 / 1024;
        println!(
            "{format:?}: {rows} records of {} bytes, a file of {} MiB; {} MiB of memory, {} more than before; {taken:?}",
            sent / rows,
            mebibytes(usize::try_from(written.bytes).unwrap()),
            mebibytes(end),
            mebibytes(end - before),
        );
        assert!(end - settled < limits.group_bytes, "{format:?}: {settled} bytes, then {end}");
    }
}

#[test]
fn memory_is_bounded_by_a_row_group() {
    // Text that does not shrink, so that half of the records are several times the limit.
    let texts = Shape::Record { name: "Sample", fields: vec![("text", Shape::Text)] };
    let long_text = |numbers: &mut Numbers| {
        let text: String = (0..1000).map(|_| format!("{:08x}", numbers.next())).collect();
        json!({ "text": text })
    };
    check(&texts, 2000, &Limits { group_bytes: 2 * 1024 * 1024, ..Limits::default() }, &long_text);

    if let Ok(rows) = std::env::var("DESK_MEMORY_ROWS") {
        let tickets = record_shape("get_tickets").unwrap();
        check(&tickets, rows.parse().unwrap(), &Limits::default(), &|numbers| wide(&tickets, numbers));
    }
}
