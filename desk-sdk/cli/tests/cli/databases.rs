//! Databases read what is written: DuckDB and DataFusion, as their Python packages.
//!
//! The packages are installed into an environment below the target folder, so the tests run where they are asked for:
//! `cargo test --package desk-cli --test cli -- --ignored databases`.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use desk_cli::table::{Dataset, Folder, Format, Limits, Owner};
use desk_sdk::by_name::record_shape;
use serde_json::{Value, json};

/// The versions that these tests were written with.
const PACKAGES: [&str; 2] = ["duckdb==2.0.1", "datafusion==55.0.0"];

fn run(program: &Path, arguments: &[&str]) -> Result<String, String> {
    let output = Command::new(program).args(arguments).output();
    let output = output.map_err(|error| format!("{}: {error}", program.display()))?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    if output.status.success() { Ok(text(&output.stdout)) } else { Err(text(&output.stderr)) }
}

/// Python with the packages. It is made once; a broken one is made again.
fn environment() -> Result<PathBuf, String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("databases");
    let python = folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let versions =
        "import duckdb, datafusion; print(f'duckdb=={duckdb.__version__} datafusion=={datafusion.__version__}')";
    let usable = |python: &Path| run(python, &["-c", versions]).is_ok_and(|found| found.trim() == PACKAGES.join(" "));
    if usable(&python) {
        return Ok(python);
    }
    let folder = folder.to_str().ok_or("the target folder's path is not text")?;
    run(Path::new(if cfg!(windows) { "python" } else { "python3" }), &["-m", "venv", "--clear", folder])?;
    let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
    run(&python, &[&install[..], &PACKAGES].concat())?;
    if usable(&python) { Ok(python) } else { Err("the packages were installed, but cannot be used".to_owned()) }
}

fn python() -> &'static Path {
    static PYTHON: LazyLock<PathBuf> = LazyLock::new(|| {
        environment().unwrap_or_else(|reason| panic!("DuckDB and DataFusion cannot be installed: {reason}"))
    });
    &PYTHON
}

/// Runs Python code with the folder of the files, and returns the JSON that it prints.
fn ask(python: &Path, code: &str, folder: &Path) -> Value {
    let code = format!("import json, sys\nfolder = sys.argv[1]\n{code}");
    let printed = run(python, &["-c", &code, folder.to_str().unwrap()]).unwrap_or_else(|error| panic!("{error}"));
    serde_json::from_str(&printed).unwrap_or_else(|error| panic!("{error}: {printed}"))
}

/// Ten tickets of each of three months, in several files of two runs, and one without a time.
fn export(root: &Path, format: Format) {
    let folder = Folder::open(root).unwrap();
    let mut manifest = folder.manifest(&Owner::new("1", "https://desk.zoho.com")).unwrap();
    let shape = record_shape("get_tickets").unwrap();
    let tickets = Dataset::new(&folder, "tickets", format, &shape).unwrap().by_month("createdTime");
    for half in 0..2_u32 {
        let tickets = tickets.clone().in_run(half + 1);
        let mut rows: Vec<Value> = (half * 15..half * 15 + 15).map(u64::from).map(ticket).collect();
        if half == 0 {
            // Everything that is declared is missing, or of another kind.
            rows.push(json!({ "id": 99, "contact": "odd", "tags": [1], "cf_shelf": "B" }));
        }
        let mut part = tickets.part(&manifest, Limits { group_rows: 3, ..Limits::default() });
        part.write(rows).unwrap();
        let files = part.finish().unwrap();
        manifest.resource(&tickets, "get_tickets", "windows").unwrap().add(files, json!(half));
        folder.save(&manifest).unwrap();
    }
}

fn ticket(number: u64) -> Value {
    json!({
        "id": (4_000_000_000_000 + number).to_string(),
        "ticketNumber": number.to_string(),
        "subject": format!("=Ticket {number}"),
        "isSpam": if number.is_multiple_of(2) { json!("true") } else { json!(false) },
        "createdTime": format!("2024-{:02}-14T09:30:00.000Z", number % 3 + 4),
        "contact": { "id": "7", "lastName": "Müller", "account": { "accountName": "Zylker" } },
        "cf": { "cf_shelf": "B" },
        "unknown": number,
    })
}

/// What every reader finds: the count; the count of May; the count of the second run; the sum of an undeclared number; spam; a nested name; one time.
fn expected() -> Value {
    json!([31, 10, 15, 435, 15, "Zylker", "2024-05-14 09:30:00"])
}

#[test]
#[ignore = "installs databases from PyPI"]
fn duckdb_reads_parquet_by_month() {
    let python = python();
    let root = tempfile::tempdir().unwrap();
    export(root.path(), Format::Parquet);
    let code = r#"
import duckdb
database = duckdb.connect()
database.execute("SET TimeZone = 'UTC'")
files = f"'{folder}/tickets/**/*.parquet', hive_partitioning = true, hive_types_autocast = false"
database.execute(f"CREATE VIEW tickets AS SELECT * FROM read_parquet({files})")
def one(query):
    return database.execute(query).fetchone()[0]
types = dict(database.execute("SELECT column_name, column_type FROM (DESCRIBE tickets)").fetchall())
print(json.dumps({
  "values": [
    one("SELECT count(*) FROM tickets"),
    one("SELECT count(*) FROM tickets WHERE month = '2024-05'"),
    one("SELECT count(*) FROM tickets WHERE run = '2'"),
    int(one("SELECT sum((undeclared->>'unknown')::BIGINT) FROM tickets")),
    one("SELECT count(*) FROM tickets WHERE isSpam"),
    one("SELECT any_value(contact.account.accountName) FROM tickets"),
    str(one("SELECT max(createdTime)::TIMESTAMP FROM tickets WHERE month = '2024-05'")),
  ],
  "types": [types[name] for name in ["id", "createdTime", "isSpam", "cf", "undeclared", "month"]],
  "null": one("SELECT count(*) FROM tickets WHERE month IS NULL"),
  "left": one("SELECT undeclared FROM tickets WHERE id = '99'"),
  "columns": len(types),
}))
"#;
    let read = ask(python, code, root.path());
    assert_eq!(read["values"], expected());
    let types = json!(["VARCHAR", "TIMESTAMP WITH TIME ZONE", "BOOLEAN", "VARCHAR", "VARCHAR", "VARCHAR"]);
    assert_eq!(read["types"], types);
    assert_eq!(read["null"], 1);
    let left: Value = serde_json::from_str(read["left"].as_str().unwrap()).unwrap();
    assert_eq!((&left["contact"], &left["cf_shelf"]), (&json!("odd"), &json!("B")));
    let desk_sdk::Shape::Record { fields, .. } = record_shape("get_tickets").unwrap() else { panic!("a record") };
    // The declared fields, `undeclared`, `run` and `month`.
    assert_eq!(read["columns"], fields.len() + 3);
}

#[test]
#[ignore = "installs databases from PyPI"]
fn datafusion_reads_parquet_by_month() {
    let python = python();
    let root = tempfile::tempdir().unwrap();
    export(root.path(), Format::Parquet);
    let code = r#"
import datafusion, pyarrow
context = datafusion.SessionContext()
context.register_parquet("tickets", f"{folder}/tickets/", table_partition_cols=[("run", pyarrow.int32()), ("month", pyarrow.string())])
def one(query):
    return context.sql(query).to_pydict()["value"][0]
unknown = context.sql("SELECT undeclared FROM tickets").to_pydict()["undeclared"]
print(json.dumps({"values": [
    one("SELECT count(*) AS value FROM tickets"),
    one("SELECT count(*) AS value FROM tickets WHERE month = '2024-05'"),
    one("SELECT count(*) AS value FROM tickets WHERE run = 2"),
    sum(json.loads(left).get("unknown", 0) for left in unknown),
    one('SELECT count(*) AS value FROM tickets WHERE "isSpam"'),
    one("""SELECT max("contact"['account']['accountName']) AS value FROM tickets"""),
    one("""SELECT max("createdTime") AS value FROM tickets WHERE month = '2024-05'""").strftime("%Y-%m-%d %H:%M:%S"),
  ],
  "types": [str(context.table("tickets").schema().field(name).type) for name in ["createdTime", "isSpam"]],
}))
"#;
    let read = ask(python, code, root.path());
    assert_eq!(read["values"], expected());
    assert_eq!(read["types"], json!(["timestamp[ms, tz=UTC]", "bool"]));
}

#[test]
#[ignore = "installs databases from PyPI"]
fn duckdb_reads_csv_and_json_lines() {
    let python = python();
    for (format, reader) in [
        (Format::Csv, "read_csv('{}/tickets/**/*.csv', all_varchar = true, hive_partitioning = true)"),
        (
            Format::JsonLines,
            "read_json('{}/tickets/**/*.jsonl', format = 'newline_delimited', hive_partitioning = true)",
        ),
    ] {
        let root = tempfile::tempdir().unwrap();
        export(root.path(), format);
        let reader = reader.replace("{}", root.path().to_str().unwrap());
        let code = format!(
            r#"
import duckdb
reader = """{reader}"""
rows = duckdb.connect().execute(f"SELECT id, subject, month FROM {{reader}}").fetchall()
print(json.dumps([len(rows), sorted(set(str(row[2])[:7] for row in rows if row[2])), sorted(row[1] or "" for row in rows)[-1]]))
"#
        );
        let read = ask(python, &code, root.path());
        assert_eq!((&read[0], &read[1]), (&json!(31), &json!(["2024-04", "2024-05", "2024-06"])), "{format:?}");
        // A formula stays text, in the one way that spreadsheets know.
        let subject = if format == Format::Csv { "'=Ticket 9" } else { "=Ticket 9" };
        assert_eq!(read[2], subject, "{format:?}");
    }
}
