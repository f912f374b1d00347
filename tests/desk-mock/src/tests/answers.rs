//! Answers that do not come from records.

use serde_json::json;

use super::{EVERYTHING, Fixture, value};
use crate::reply::Reply;

#[test]
fn answers_come_from_types_and_are_the_same_again() {
    let fixture = Fixture::new(&EVERYTHING);
    let target = "/api/v1/tickets/189200000000071001/comments";
    let first = fixture.get(target);
    assert_eq!(first.status, 200);
    assert_eq!(value(&first)["data"].as_array().map(Vec::len), Some(1));
    assert_eq!(first.body, fixture.get(target).body);
    let later = fixture.get(&format!("{target}?from=100"));
    assert_eq!((later.status, value(&later)), (200, json!({ "data": [] })));
    let later = fixture.get("/api/v1/contracts/189200000000099001/comments?from=100");
    assert_eq!((later.status, later.body.len()), (204, 0));
    let logo = fixture.get("/api/v1/departments/189200000000006901/logo");
    assert_eq!(logo.content_type.as_deref(), Some("application/octet-stream"));
    assert_eq!(logo.body.len(), 4096);
}

#[test]
fn a_scripted_answer_is_given_once_and_only_after_the_checks() {
    let fixture = Fixture::new(&EVERYTHING);
    fixture.desk.stub("get_session_analytics_2", |stubs| stubs.add(Reply::of(200, "text/plain", "odd")));
    assert_eq!(fixture.get("/api/v1/_doc/__session_analytics?a=1&a=2").status, 422);
    assert_eq!(fixture.get("/api/v1/_doc/__session_analytics").body.bytes(), b"odd");
    assert_ne!(fixture.get("/api/v1/_doc/__session_analytics").body.bytes(), b"odd");
    let log = fixture.desk.received();
    assert_eq!(log.iter().map(|request| request.status).collect::<Vec<_>>(), [422, 200, 200]);
    assert_eq!(log[0].operation.as_deref(), Some("get_session_analytics"));
    assert_eq!(log[0].header("Authorization"), Some("Zoho-oauthtoken ***"));
    assert!(!format!("{log:?}").contains(&fixture.token));
}
