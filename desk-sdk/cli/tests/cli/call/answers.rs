//! Calls that are made, and how their answers are printed.

use std::fs;

use serde_json::Value;

use crate::common::{Desk, bare, id, ran};

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// The lines of a text.
fn lines(text: &str) -> Vec<&str> {
    text.lines().collect()
}

#[test]
fn a_list_is_printed_in_every_format() {
    let desk = Desk::start();
    let call = |format: &str| desk.printed(&["call", "get_tickets", "--limit", "3", "--output", format]);
    let whole = json(&call("json"));
    let records = whole["data"].as_array().unwrap();
    assert_eq!(records.len(), 3);
    assert_eq!(json(&desk.printed(&["call", "get_tickets", "--limit=3"])), whole, "JSON is usual in a pipe");
    let each: Vec<Value> = call("jsonl").lines().map(json).collect();
    assert_eq!(&each, records);
    let table = call("table");
    assert_eq!(lines(&table).len(), 4, "{table}");
    let heading: Vec<&str> = lines(&table)[0].split_whitespace().collect();
    assert_eq!(heading, ["ticketNumber", "subject", "status", "priority", "assignee", "id"]);
    for record in records {
        assert!(table.contains(&id(record)) && table.contains(record["subject"].as_str().unwrap()), "{table}");
    }
    let csv = call("csv");
    assert!(csv.starts_with("ticketNumber,subject,") && csv.ends_with("\r\n"), "{csv}");
    assert_eq!(csv.lines().count(), 4);
}

#[test]
fn columns_are_chosen_in_every_format() {
    let desk = Desk::start();
    let call = |format: &str| {
        let words = ["call", "get_tickets", "--limit", "2", "--include", "contacts", "--output", format];
        desk.printed(&[&words[..], &["--columns", "id,contact.lastName"]].concat())
    };
    let csv = call("csv");
    assert!(csv.starts_with("id,contact.lastName\r\n"), "{csv}");
    let each: Vec<Value> = call("jsonl").lines().map(json).collect();
    assert!(
        call("jsonl").starts_with("{\"id\":\"") && call("jsonl").contains("\",\"contact.lastName\":\""),
        "as asked for"
    );
    assert_eq!(json(&call("json"))["data"].as_array().unwrap(), &each);
    assert!(call("json").starts_with("{\n  \"data\": [\n    {\n      \"id\": \""), "{}", call("json"));
    assert!(call("table").starts_with("id "));
    for (call, format) in [("get_tickets", "table"), ("get_tickets", "json"), ("search_tickets", "csv")] {
        let odd = desk.ran(&["call", call, "--limit", "2", "--columns", "id,subjct", "--output", format]);
        assert_eq!((odd.code, odd.err.as_str()), (Some(2), "error: no record has subjct (did you mean subject?)\n"));
        assert!(odd.out.contains("subjct"), "{odd:?}");
    }
    let described = desk.ran(&["call", "get_tickets", "--limit", "2", "--columns", "id,contact.lastName"]);
    assert_eq!((described.code, described.err.as_str()), (Some(0), "warning: no record has contact.lastName\n"));
    let asked = ["request", "GET", "/api/v1/tickets", "--query", "limit=1", "--columns", "subjct"];
    assert_eq!(desk.ran(&asked).code, Some(2));
    let words = ["call", "get_tickets", "--limit", "2", "--include", "contacts", "--output", "csv", "--columns"];
    assert_eq!(desk.printed(&[&words[..], &["id,contact.last-name"]].concat()), csv, "as options are written");
    for empty in ["", " ", "id,,subject"] {
        let ran = desk.ran(&[&words[..], &[empty]].concat());
        assert!(ran.code == Some(2) && ran.err.contains("name at least one field"), "{empty:?}: {ran:?}");
    }
}

#[test]
fn a_list_without_records_is_a_list() {
    let desk = Desk::start();
    let call = |format: &str| desk.ran(&["call", "search_tickets", "--status", "Nope", "--output", format]);
    assert_eq!((call("json").code, json(&call("json").out)), (Some(0), serde_json::json!({ "data": [] })));
    assert_eq!((call("jsonl").code, call("jsonl").out.as_str()), (Some(0), ""));
    let csv = call("csv");
    assert!(csv.out.starts_with("ticketNumber,subject,") && csv.out.lines().count() == 1, "{csv:?}");
    let table = call("table");
    assert_eq!((table.code, table.out.as_str(), table.err.as_str()), (Some(0), "", "no records\n"));
}

#[test]
fn a_call_that_fails_at_once_prints_nothing() {
    let desk = Desk::start();
    for format in ["json", "jsonl", "csv", "table"] {
        let mut words = desk.desk(&["call", "get_tickets", "--all", "--output", format]);
        let failed = ran(words.env("DESK_TOKEN", "another"));
        assert_eq!((failed.code, failed.out.as_str()), (Some(3), ""), "{format}: {failed:?}");
    }
}

#[test]
fn one_record_is_printed_line_by_line() {
    let desk = Desk::start();
    let tickets = desk.get("/api/v1/tickets?limit=1");
    let ticket = id(&tickets["data"][0]);
    let text = desk.printed(&["call", "get_ticket", &ticket, "--output", "table"]);
    assert!(text.contains(&format!("\nid: {ticket}\n")), "{text}");
    let by_flag = desk.printed(&["call", "get_ticket", "--ticket-id", &ticket, "--output", "table"]);
    let by_wire = desk.printed(&["call", "get_ticket", "--ticketId", &ticket, "--output", "table"]);
    assert!(text == by_flag && text == by_wire);
    let two = desk.ran(&["call", "get_ticket", &ticket, "--output", "table", "--columns", "id,nothing"]);
    assert_eq!((two.code, two.out), (Some(2), format!("id: {ticket}\nnothing:\n")));
    let ordered = desk.printed(&["call", "get_ticket", &ticket, "--columns", "subject,id", "--output", "json"]);
    assert!(ordered.starts_with("{\n  \"subject\": \"") && json(&ordered)["id"] == ticket.as_str(), "{ordered}");
    let line = desk.printed(&["call", "get_ticket", &ticket, "--output", "jsonl"]);
    assert_eq!(json(&line)["id"], ticket.as_str());
    assert_eq!(line.lines().count(), 1);
}

#[test]
fn all_pages_are_read() {
    let desk = Desk::start();
    let all = desk.printed(&["call", "get_tickets", "--all", "--limit", "7", "--output", "jsonl"]);
    let mut ids: Vec<String> = all.lines().map(|line| id(&json(line))).collect();
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert!(count > 7 && ids.len() == count, "{count}");
    let array = json(&desk.printed(&["call", "get_tickets", "--all"]));
    assert_eq!(array["data"].as_array().unwrap().len(), count, "the shape is that of the answer");
    let some = desk.printed(&["call", "get_tickets", "--all", "--at-most", "9", "--output", "csv"]);
    assert_eq!(some.lines().count(), 10);
    let none = desk.printed(&["call", "get_tickets", "--all", "--status", "Nothing has this", "--output", "json"]);
    assert_eq!(none, "{\n  \"data\": []\n}\n");
    let table = desk.printed(&["call", "get_tickets", "--all", "--output", "table"]);
    assert_eq!(table.lines().count(), count + 1);
}

#[test]
fn records_are_created_changed_and_cleared() {
    let desk = Desk::start();
    let department = id(&desk.get("/api/v1/departments")["data"][0]);
    let words =
        ["call", "create_ticket", "--max-risk", "write", "--subject", "From a test", "--department-id", &department];
    let created = json(
        &desk.printed(&[&words[..], &["--contact.last-name", "Ray", "--contact.email", "ray@example.com"]].concat()),
    );
    assert_eq!(created["subject"], "From a test");
    let ticket = id(&created);
    let write = ["--max-risk", "write"];
    let change =
        |words: &[&str]| json(&desk.printed(&[&["call", "update_ticket", &ticket][..], words, &write].concat()));
    assert_eq!(change(&["--priority", "High"])["priority"], "High");
    assert_eq!(change(&["--due-date", "2030-01-01T00:00:00.000Z"])["dueDate"], "2030-01-01T00:00:00.000Z");
    assert_eq!(change(&["--clear", "due-date"])["dueDate"], Value::Null);
    assert_eq!(
        change(&["--json", "{\"priority\": \"Low\", \"subject\": \"x\"}", "--subject", "Flags win"])["subject"],
        "Flags win"
    );
    fs::write(desk.folder.path().join("change.json"), "{\"priority\": \"Medium\"}").unwrap();
    assert_eq!(change(&["--json", "@change.json"])["priority"], "Medium");
    let shown = desk.printed(&["call", "update_ticket", "7", "--cf-shelf", "7", "--cf_other=true", "--show"]);
    assert!(shown.contains("\"cf_shelf\": \"7\"") && shown.contains("\"cf_other\": true"), "{shown}");
}

#[test]
fn files_are_sent_and_saved() {
    let desk = Desk::start();
    fs::write(desk.folder.path().join("note.txt"), "what it says").unwrap();
    let ticket = id(&desk.get("/api/v1/tickets?limit=1")["data"][0]);
    let words = ["call", "create_ticket_attachment", &ticket, "--file", "@note.txt", "--max-risk", "write"];
    let shown = desk.printed(&[&words[..], &["--show"]].concat());
    assert!(shown.contains("file: the file note.txt, 12 bytes"), "{shown}");
    assert!(!shown.contains("content-length"), "{shown}");
    let sent = json(&desk.printed(&words));
    let attachment = id(&sent);
    let save = ["call", "view_ticket_attachment", &ticket, &attachment, "--save", "saved.txt"];
    let saved = desk.ran(&save);
    assert_eq!(saved.code, Some(0), "{saved:?}");
    let content = fs::read(desk.folder.path().join("saved.txt")).unwrap();
    assert!(!content.is_empty());
    let again = desk.ran(&save);
    assert!(again.code == Some(2) && again.err.contains("saved.txt exists: --force replaces it"), "{again:?}");
    assert_eq!(desk.ran(&[&save[..], &["--force"]].concat()).code, Some(0));
    let piped = desk.desk(&save[..4]).output().unwrap();
    assert_eq!((piped.status.code(), piped.stdout), (Some(0), content));
}

#[test]
fn what_is_shown_is_not_sent_and_needs_no_token() {
    let desk = Desk::start();
    let shown = desk.printed(&["call", "remove_account_followers", "7", "--json", "{}", "--unchecked", "--show"]);
    assert!(shown.contains("authorization: Zoho-oauthtoken (not shown)") && !shown.contains(&desk.token), "{shown}");
    let ran = ran(bare().args(["call", "get_tickets", "--limit", "3", "--show"]));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(
        ran.out,
        "GET https://desk.zoho.com/api/v1/tickets?limit=3\nauthorization: Zoho-oauthtoken (not shown)\n\
         orgId: (the first organization of the token's user)\n"
    );
}
