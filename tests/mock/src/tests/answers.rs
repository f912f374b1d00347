//! Answers that do not come from records.

use serde_json::json;

use super::{EVERYTHING, Fixture, value};
use crate::exchange::reply::Reply;

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
    let route = fixture.desk.route_of("get_session_analytics_2");
    fixture.desk.orders().stub(route, |stubs| stubs.add(Reply::of(200, "text/plain", "odd")));
    assert_eq!(fixture.get("/api/v1/_doc/__session_analytics?a=1&a=2").status, 422);
    assert_eq!(fixture.get("/api/v1/_doc/__session_analytics").body.bytes(), b"odd");
    assert_ne!(fixture.get("/api/v1/_doc/__session_analytics").body.bytes(), b"odd");
    let log = fixture.desk.log().received();
    assert_eq!(log.iter().map(|request| request.status).collect::<Vec<_>>(), [422, 200, 200]);
    assert_eq!(log[0].operation.as_deref(), Some("get_session_analytics"));
    assert_eq!(log[0].header("Authorization"), Some("Zoho-oauthtoken ***"));
    assert!(!format!("{log:?}").contains(&fixture.token));
}

#[test]
fn undocumented_answers_have_figures() {
    let fixture = Fixture::new(&EVERYTHING);
    let metrics = fixture.list("/api/v1/_doc/_agent_performance_metrics");
    assert_eq!(metrics.len(), fixture.ids("/api/v1/agents?limit=50").len());
    for agent in &metrics {
        let number = |name: &str| agent[name].as_u64().unwrap();
        assert_eq!(number("assignedTickets"), number("closedTickets") + number("openTickets"));
        assert!(agent["firstResponseTime"].as_str().is_some_and(|time| time.ends_with(" hrs")), "{agent}");
        assert!(agent["agent"]["name"].is_string() && agent["department"]["name"].is_string(), "{agent}");
    }
    let path = "/api/v1/_doc/_agent_performance_metrics?department";
    assert_eq!(fixture.list(&format!("{path}=support")).len(), 1);
    assert_eq!(fixture.list(&format!("{path}=189200000000006903&limit=1")).len(), 1);
    assert_eq!(fixture.list(&format!("{path}=elsewhere")).len(), 0);
    for path in ["_agent_status_monitoring", "_agent_skill_mapping", "__session_analytics"] {
        assert!(fixture.list(&format!("/api/v1/_doc/{path}")).len() > 2, "{path}");
    }
    // A GET that takes something away.
    let pins = |query: &str| fixture.list(&format!("/api/v1/_doc/__pin_analytics{query}")).len();
    assert_eq!((pins(""), pins("?department=returns")), (4, 1));
    assert_eq!(fixture.get("/api/v1/_doc/___pin_removal?ticketId=189200000000071001").status, 200);
    assert_eq!(pins(""), 3);
    assert_eq!(fixture.get("/api/v1/_doc/___pin_removal").status, 200);
    assert_eq!(pins(""), 0);
}
