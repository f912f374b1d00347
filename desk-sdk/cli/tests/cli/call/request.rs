//! `desk request`.

use std::fs;

use serde_json::Value;

use crate::common::{Desk, id};

#[test]
fn any_request_is_made_as_it_is_written() {
    let desk = Desk::start();
    let json = |words: &[&str]| -> Value { serde_json::from_str(&desk.printed(words)).unwrap() };
    let tickets = json(&["request", "get", "/api/v1/tickets", "--query", "limit=2"]);
    assert_eq!(tickets["data"].as_array().unwrap().len(), 2);
    assert_eq!(json(&["request", "GET", "/api/v1/tickets?limit=2"]), tickets, "a query in the path");
    let table = desk.printed(&["request", "GET", "/api/v1/tickets?limit=2", "--output", "table"]);
    assert_eq!(table.lines().count(), 3, "{table}");
    let ticket = id(&tickets["data"][0]);
    let path = format!("/api/v1/tickets/{ticket}");
    fs::write(desk.folder.path().join("body.json"), "{\"priority\": \"High\"}").unwrap();
    let changed = json(&["request", "PATCH", &path, "--json", "@body.json", "--max-risk", "write"]);
    assert_eq!(changed["priority"], "High");
    let shown = desk.printed(&["request", "PATCH", &path, "--json", "{\"a\": 1}", "--show"]);
    assert!(
        shown.starts_with(&format!("PATCH {}{path}\n", desk.server.url())) && shown.ends_with("{\n  \"a\": 1\n}\n")
    );
}

#[test]
fn requests_are_judged_by_what_they_do() {
    let desk = Desk::start();
    for (words, parts) in [
        (&["PATCH", "/api/v1/tickets/7", "--json", "{}"][..], &["(update_ticket) is write", "--max-risk write"][..]),
        (&["POST", "/api/v1/nothing"], &["is not known, and so is destructive", "--max-risk destructive"]),
        (&["POST", "/api/v1/nothing", "--max-risk", "destructive"], &["no terminal to ask at", "--yes"]),
        (
            &["GET", "https://desk.zoho.com/api/v1/tickets"],
            &["an address is refused", "(/api/v1/tickets)", "--against"],
        ),
        (&["GET", "api/v1/tickets"], &["a path on the service's host"]),
        (&["GET", "/api/v1/../tickets"], &["only dots"]),
        (&["FETCH", "/api/v1/tickets"], &["choose GET, POST, PUT, PATCH or DELETE"]),
        (&["GET", "/api/v1/tickets", "--query", "limit"], &["write a name, an equals sign and a value"]),
        (&["GET", "/api/v1/tickets", "--header", "orgId=7"], &["not the client's own"]),
        (&["GET", "/api/v1/tickets", "--header", "x"], &["write the header's name", "accept-language=de"]),
        (&["GET", "/api/v1/tickets", "--header", "x: y=z"], &["write the header's name"]),
        (&["POST", "/api/v1/tickets", "--file", "a.png"], &["write the name of the form's part", "file=@photo.png"]),
        (&["POST", "/api/v1/tickets", "--file", "file=a.png"], &["file=@photo.png"]),
        (&["GET", "/api/v1/tickets", "--json", "{"], &["--json: it is not JSON"]),
        (&["GET", "/api/v1/tickets", "--save", "/missing/a.txt"], &["/missing is no folder"]),
    ] {
        let ran = desk.ran(&[&["request"], words].concat());
        assert_eq!(ran.code, Some(2), "{words:?}: {ran:?}");
        for part in parts {
            assert!(ran.err.contains(part), "{part:?} is not in {}", ran.err);
        }
    }
    let gone = desk.ran(&["request", "GET", "/api/v1/tickets/7"]);
    assert!(gone.code == Some(1) && gone.err.starts_with("error: "), "{gone:?}");
}
