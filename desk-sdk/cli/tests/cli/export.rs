//! Every resource in every format, compared with what the server has.

use crate::common::{self, Desk, id, ids};
use desk_sdk::by_name::{Each, Resource, record_shape, resource, resources};
use desk_sdk::{DateTime, Shape, operation};
use serde_json::{Value, json};

const FORMATS: [&str; 3] = ["parquet", "csv", "jsonl"];

/// The records that the server gives for an operation of a resource, read by index without the program's code.
fn listed(desk: &Desk, resource: &Resource, operation_id: &str) -> Vec<Value> {
    let operation = operation(operation_id).unwrap();
    let fixed = resource.arguments.iter().map(|(name, value)| format!("{name}={}", value.trim_matches('"')));
    let fixed: Vec<String> = fixed.collect();
    let values: Vec<(&str, String)> = match resource.each {
        None => vec![("", String::new())],
        Some(Each::Value { parameter, values }) => {
            values.iter().map(|value| (parameter, (*value).to_owned())).collect()
        }
        Some(Each::Record { parameter, field, .. }) => {
            let departments =
                listed(desk, &desk_sdk::by_name::resource("departments").unwrap().clone(), "get_departments");
            departments.iter().map(|one| (parameter, one[field].as_str().unwrap().to_owned())).collect()
        }
        Some(_) => panic!("a new kind"),
    };
    let mut records = Vec::new();
    for (parameter, value) in values {
        let mut from = operation.paging.map_or(0, |paging| paging.first);
        loop {
            let mut query = fixed.clone();
            query.extend((!parameter.is_empty()).then(|| format!("{parameter}={value}")));
            let size = operation.paging.map(|paging| paging.maximum.unwrap_or(10));
            query.extend(size.map(|size| format!("from={from}&limit={size}")));
            let answer = desk.get(&format!("{}?{}", operation.path, query.join("&")));
            let key = operation.paging.map_or("data", |paging| paging.key);
            let page = answer[key].as_array().or_else(|| answer.as_array()).cloned().unwrap_or_default();
            let count = page.len() as u64;
            records.extend(page.into_iter().map(|mut record| {
                if !parameter.is_empty() && record[parameter].is_null() {
                    record[parameter] = json!(value);
                }
                record
            }));
            from += count;
            if size.is_none_or(|size| count < size) {
                break;
            }
        }
    }
    records
}

/// A record with a value for every field.
fn made(shape: &Shape, number: u64) -> Value {
    match shape {
        Shape::Record { fields, .. } => {
            Value::Object(fields.iter().map(|(name, shape)| ((*name).to_owned(), made(shape, number))).collect())
        }
        Shape::List(of) => (0..number).map(|_| made(of, number)).collect(),
        Shape::Integer => json!(number),
        Shape::Number => json!(number as f64 / 2.0),
        Shape::Boolean => json!(number > 1),
        Shape::Time => json!(format!("2026-0{number}-14T09:30:00.000Z")),
        Shape::Json | Shape::Map(_) => json!({ "number": number }),
        Shape::Text | Shape::Id | Shape::Word | Shape::Span => json!(number.to_string()),
    }
}

/// What a cell of a value without parts holds: text in CSV, and a value of the column's type in Parquet.
fn cell(shape: &Shape, value: &Value, format: &str) -> Option<Value> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Null | Value::Array(_) | Value::Object(_) => return None,
        other => other.to_string(),
    };
    match (shape, format) {
        (Shape::Text | Shape::Id, "parquet") => Some(json!(text)),
        (Shape::Text | Shape::Id, _) => Some(json!(text)).filter(|_| !text.starts_with(['=', '+', '-', '@', '\''])),
        (Shape::Integer, "parquet") => text.parse::<i64>().ok().map(Value::from),
        (Shape::Boolean, "parquet") => text.parse::<bool>().ok().map(Value::from),
        (Shape::Integer | Shape::Boolean, _) => Some(json!(text)),
        (Shape::Time, "parquet") => {
            let time = DateTime::from(text.as_str()).timestamp()?;
            Some(json!({ "time": time.as_millisecond() }))
        }
        _ => None,
    }
}

/// Records in the order of their ids. Those with the same one, which come from different lists, stay in order.
fn by_id(mut records: Vec<Value>) -> Vec<Value> {
    records.sort_by_key(id);
    records
}

#[test]
fn every_resource_is_exported_as_the_server_has_it() {
    let desk = Desk::start();
    desk.server.fill("tickets", 250);
    desk.server.fill("contacts", 120);
    // What the server makes up for these has hardly any fields.
    for operation in ["get_contracts", "get_article_feedbacks"] {
        let records: Vec<Value> = (1..=3).map(|number| made(&record_shape(operation).unwrap(), number)).collect();
        desk.server.answer_always(operation, 200, "application/json", json!({ "data": records }).to_string());
    }
    for format in FORMATS {
        let to = desk.to().join(format);
        let ran = common::ran(desk.command(&["--format", format, "--file-rows", "100"]).arg("--to").arg(&to));
        assert_eq!(ran.code, Some(0), "{ran:#?}");
        common::assert_whole(&to, desk.server.organization(), desk.server.url());
        let manifest: Value = serde_json::from_slice(&std::fs::read(to.join("manifest.json")).unwrap()).unwrap();
        assert_eq!(manifest["resources"].as_object().unwrap().len(), 24);
        for resource in resources() {
            let known = &manifest["resources"][resource.name];
            assert_eq!(known["finished"], true, "{}", resource.name);
            let walked = resource.by_time.unwrap_or(resource.operation);
            assert_eq!(known["operation"], walked);
            let exported = common::rows::of(&to, &manifest, resource.name);
            assert!(!exported.is_empty(), "{}", resource.name);
            assert_eq!(ids(&exported), ids(&listed(&desk, resource, resource.operation)), "{}", resource.name);
            compare(resource, walked, format, exported, listed(&desk, resource, walked));
        }
        let rows = manifest["resources"]["tickets"]["files"].as_array().unwrap().iter();
        assert!(rows.map(|file| file["rows"].as_u64().unwrap()).max() < Some(250), "files are not bounded");
    }
}

/// How many values of a field are what the column holds. In CSV, a record is JSON text.
fn matching(shape: &Shape, sent: &Value, found: &Value, format: &str) -> Result<usize, String> {
    if let (Shape::Record { fields, .. }, Value::Object(_)) = (shape, sent) {
        let read: Option<Value> = found.as_str().and_then(|text| serde_json::from_str(text).ok());
        let found = read.as_ref().unwrap_or(found);
        let format = if read.is_some() { "nested" } else { format };
        return fields.iter().map(|(name, shape)| matching(shape, &sent[*name], &found[*name], format)).sum();
    }
    let Some(expected) = cell(shape, sent, format).filter(|expected| *expected != json!("")) else { return Ok(0) };
    let same = if format == "nested" { text(found) == text(&expected) } else { *found == expected };
    if same { Ok(1) } else { Err(format!("{found} instead of {expected}")) }
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Compares the fields of all records.
fn compare(resource: &Resource, walked: &str, format: &str, exported: Vec<Value>, expected: Vec<Value>) {
    let (exported, expected) = (by_id(exported), by_id(expected));
    assert_eq!(exported.len(), expected.len(), "{}", resource.name);
    let mut compared = 0;
    for (row, record) in exported.iter().zip(&expected) {
        match record_shape(walked) {
            Some(Shape::Record { fields, .. }) if format != "jsonl" => {
                for (name, shape) in &fields {
                    compared += matching(shape, &record[*name], &row[*name], format)
                        .unwrap_or_else(|problem| panic!("{} {name} in {format}: {problem}", resource.name));
                }
            }
            // Records of no declared shape are whole, as JSON text.
            _ => {
                let text = row["undeclared"].as_str().filter(|_| format != "jsonl");
                let whole = text.map_or_else(|| row.clone(), |text| serde_json::from_str(text).unwrap());
                assert_eq!(whole, *record, "{}", resource.name);
                compared += 1;
            }
        }
    }
    assert!(compared > 0, "{}: nothing to compare", resource.name);
}

#[test]
fn any_list_can_be_exported_by_its_operations_name() {
    let desk = Desk::start();
    let ticket = desk.get("/api/v1/tickets?limit=1")["data"][0]["id"].as_str().unwrap().to_owned();
    let arguments = json!({ "ticketId": ticket }).to_string();
    desk.exported(&["--operation", "getThreads", "--arguments", &arguments, "--format", "jsonl"]);
    let expected = desk.get(&format!("/api/v1/tickets/{ticket}/threads"));
    assert_eq!(ids(&desk.rows("get_threads")), ids(expected["data"].as_array().unwrap()));
    let other = desk.export(&[
        "--operation",
        "getThreads",
        "--arguments",
        "{\"ticketId\": \"7\"}",
        "--format",
        "jsonl",
        "--resume",
    ]);
    assert!(other.code == Some(2) && other.err.contains("with other arguments"), "{other:?}");
}

#[test]
fn changes_are_added_by_later_runs() {
    let desk = Desk::start();
    desk.exported(&["--resources", "contacts,agents", "--format", "jsonl"]);
    let before = desk.rows("contacts").len();
    // Time passes, so that the changes are later than the first run.
    desk.server.advance(std::time::Duration::from_secs(600));
    let new = desk.server.insert("contacts", json!({ "lastName": "Nova" }));
    for _ in 0..2 {
        desk.exported(&["--resources", "contacts,agents", "--format", "jsonl", "--since", "last"]);
    }
    let manifest = desk.manifest();
    let files: Vec<&str> = manifest["resources"]["contacts"]["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| file["path"].as_str().unwrap())
        .collect();
    let of_run = |run: u32| files.iter().filter(|path| path.contains(&format!("/run={run}/"))).count();
    assert!(of_run(1) > 0 && of_run(2) == 1 && of_run(3) == 0, "{files:?}");
    let rows = desk.rows("contacts");
    assert!(rows.len() > before && rows.iter().filter(|row| id(row) == new).count() == 1, "{rows:#?}");
    // A list that cannot tell changes is read again as a whole.
    let agents = desk.rows("agents");
    assert_eq!(agents.len(), 3 * ids(&agents).into_iter().collect::<std::collections::BTreeSet<_>>().len());
    desk.assert_whole();
}

#[test]
fn changes_since_a_time_are_read_once_by_the_same_command() {
    let desk = Desk::start();
    let arguments = ["--resources", "contacts,tickets", "--since", "2020-01-01", "--format", "csv"];
    desk.exported(&arguments);
    let (contacts, tickets) = (desk.rows("contacts"), desk.rows("tickets"));
    assert_eq!(ids(&tickets), ids(&desk.server.records("tickets")));
    let again = desk.exported(&[&arguments[..], &["--resume"]].concat());
    assert!(again.err.contains("contacts: nothing new"), "{again:?}");
    assert_eq!((desk.rows("contacts").len(), desk.rows("tickets").len()), (contacts.len(), tickets.len()));
    let later = desk.exported(&["--resources", "tickets", "--since", "2020-01-02", "--format", "csv"]);
    assert!(later.err.contains("add changes with search_tickets, by modifiedTime since 2020-01-02"), "{later:?}");
    assert_eq!(desk.rows("tickets").len(), 2 * tickets.len());
}

#[test]
fn lists_of_each_record_are_exported_with_its_id_and_attachments_downloaded() {
    let desk = Desk::start();
    for format in FORMATS {
        let to = desk.to().join(format);
        let arguments =
            ["--resources", "tickets", "--children", "comments,attachments,threads", "--files", "--format", format];
        let ran = common::ran(desk.command(&arguments).arg("--to").arg(&to));
        assert_eq!(ran.code, Some(0), "{ran:#?}");
        let manifest: Value = serde_json::from_slice(&std::fs::read(to.join("manifest.json")).unwrap()).unwrap();
        let rows = |name: &str| common::rows::of(&to, &manifest, name);
        let tickets = ids(&rows("tickets"));
        for (child, path) in [("comments", "comments"), ("attachments", "attachments"), ("threads", "threads")] {
            let mut expected: Vec<(String, String)> = Vec::new();
            for ticket in &tickets {
                let answer = desk.get(&format!("/api/v1/tickets/{ticket}/{path}"));
                let records = answer["data"].as_array().cloned().unwrap_or_default();
                expected.extend(records.iter().map(|record| (ticket.clone(), id(record))));
            }
            expected.sort();
            let exported = rows(&format!("tickets_{child}"));
            let mut found: Vec<(String, String)> =
                exported.iter().map(|row| (row["ticketId"].as_str().unwrap().to_owned(), id(row))).collect();
            found.sort();
            assert!(!found.is_empty() && found == expected, "{child} {format}: {found:?} {expected:?}");
        }
        for attachment in rows("tickets_attachments") {
            let file = to.join(attachment["file"].as_str().unwrap());
            assert!(std::fs::metadata(&file).unwrap().len() > 0, "{}", file.display());
        }
    }
}

#[test]
fn lists_of_each_record_can_be_added_later() {
    let desk = Desk::start();
    desk.exported(&["--resources", "tickets"]);
    desk.exported(&["--resources", "tickets", "--children", "comments", "--resume"]);
    let comments = desk.rows("tickets_comments").len();
    assert!(comments > 0);
    let again = desk.exported(&["--resources", "tickets", "--children", "comments", "--resume"]);
    assert_eq!(desk.rows("tickets_comments").len(), comments, "{again:?}");
    desk.exported(&["--resources", "tickets", "--limit", "1", "--format", "parquet", "--resume"]);
    desk.assert_whole();
}

#[test]
fn lists_of_each_record_are_not_forgotten() {
    let desk = Desk::start();
    desk.exported(&["--resources", "tickets,roles", "--children", "comments,threads"]);
    let arguments = ["--resources", "tickets,roles", "--resume"];
    let forgot = desk.exported(&arguments);
    assert!(
        forgot.err.contains("comments and threads were exported with tickets before; add --children comments,threads"),
        "{forgot:?}"
    );
    assert!(forgot.err.contains(&format!("complete: 2 resources are in {}", desk.to().display())), "{forgot:?}");
    let last = desk.exported(&["--resources", "tickets", "--since", "last", "--children", "threads"]);
    assert!(
        last.err.contains("comments were exported with tickets before; add --children threads,comments"),
        "{last:?}"
    );
    assert!(last.err.contains("complete: 1 resource is in "), "{last:?}");
    let none = desk.exported(&["--resources", "tickets", "--resume", "--children", "threads,comments"]);
    assert!(!none.err.contains("before"), "{none:?}");
}

#[test]
fn what_lists_of_each_record_cost_is_told() {
    let desk = Desk::start();
    desk.server.fill("tickets", 238);
    let arguments = ["--resources", "tickets,roles", "--children", "comments,threads"];
    let dry = desk.exported(&[&arguments[..], &["--dry-run"]].concat());
    let of_each = "of each record its comments, threads: at least 500 calls, 1500 credits";
    assert!(dry.err.contains("250 records, 3 calls, 9 credits") && dry.err.contains(of_each), "{dry:?}");
    let total = |arguments: &[&str]| {
        let ran = desk.exported(&[arguments, &["--json", "--dry-run"]].concat());
        let mut events = ran.out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let total = events.find(|event| event["event"] == "total").unwrap();
        (total["calls"].as_u64().unwrap(), total["credits"].as_u64().unwrap(), total["at_least"] == true)
    };
    assert_eq!(total(&["--resources", "tickets"]), (3, 9, false));
    let (calls, credits, at_least) = total(&arguments);
    assert!(calls >= 504 && credits >= 1_510 && at_least, "{calls} {credits}");
    // Only what is left is counted.
    desk.exported(&["--resources", "tickets", "--children", "comments"]);
    let left = ["--resources", "tickets", "--resume", "--children"];
    assert_eq!(total(&[&left[..], &["comments"]].concat()), (0, 0, false));
    assert_eq!(total(&[&left[..], &["comments,threads"]].concat()), (250, 750, true));
}

#[test]
fn a_limit_ends_an_export_that_can_be_continued() {
    let desk = Desk::start();
    desk.server.fill("tickets", 30);
    let all = desk.server.records("tickets").len();
    for part in [7, 14, 21] {
        let arguments: &[&str] = if part == 7 { &[] } else { &["--resume"] };
        desk.exported(&[&["--resources", "tickets", "--limit", "7"], arguments].concat());
        assert_eq!(
            (desk.rows("tickets").len(), &desk.manifest()["resources"]["tickets"]["finished"]),
            (part, &json!(false))
        );
    }
    desk.exported(&["--resources", "tickets", "--resume"]);
    let rows = desk.rows("tickets");
    assert_eq!((rows.len(), &desk.manifest()["resources"]["tickets"]["finished"]), (all, &json!(true)));
    assert_eq!(ids(&rows), ids(&desk.server.records("tickets")));
}

#[test]
fn what_is_told_can_be_read_by_programs() {
    let desk = Desk::start();
    let ran = desk.exported(&["--resources", "tickets,views", "--json"]);
    let events: Vec<Value> = ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of = |event: &str| events.iter().filter(|one| one["event"] == event).collect::<Vec<_>>();
    assert_eq!(of("planned").len(), 2);
    assert_eq!(of("planned")[0]["records"], json!(desk.server.records("tickets").len()));
    let files: Vec<&Value> = of("file").into_iter().filter(|file| file["resource"] == "tickets").collect();
    assert_eq!(files[0]["sha256"], desk.manifest()["resources"]["tickets"]["files"][0]["sha256"]);
    assert_eq!(of("finished").len(), 2);
    assert_eq!(events.last().unwrap()["outcome"], "complete");
    assert!(ran.err.is_empty(), "{ran:?}");
    assert!(!format!("{ran:?} {}", desk.manifest()).contains(&desk.token));
}

#[test]
fn a_dry_run_tells_everything_and_writes_nothing() {
    let desk = Desk::start();
    let ran = desk.exported(&["--dry-run"]);
    assert_eq!(ran.err.lines().filter(|line| line.contains(": export with ")).count(), 24, "{ran:?}");
    assert!(ran.err.contains("tickets: export with search_tickets, by windows of createdTime, 12 records"), "{ran:?}");
    assert!(!desk.to().exists());
    let list = common::ran(common::bare().args(["export", "--list"]));
    assert_eq!((list.code, list.out.lines().count()), (Some(0), 24));
    assert!(
        resource("tickets").is_some() && list.out.contains("search_tickets (Desk.tickets.READ and Desk.search.READ)")
    );
}
