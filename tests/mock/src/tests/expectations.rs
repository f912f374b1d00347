//! Expectations over the way of a request.

use bytes::Bytes;
use http::{HeaderMap, HeaderValue};
use serde_json::{Value, json};

use crate::desk::Room;
use crate::exchange::incoming::Incoming;
use crate::exchange::reply::Reply;
use crate::{Fault, MockDesk};

async fn desk() -> (MockDesk, String) {
    let desk = MockDesk::start().await.unwrap();
    let token = desk.token(["Desk.tickets.ALL"]);
    (desk, token)
}

fn send(desk: &MockDesk, token: &str, method: &str, target: &str, body: Option<Value>) -> Reply {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut headers = HeaderMap::new();
    headers.insert("authorization", HeaderValue::try_from(format!("Zoho-oauthtoken {token}")).unwrap());
    headers.insert("orgid", HeaderValue::try_from(desk.organization()).unwrap());
    headers.insert("content-type", HeaderValue::from_static("application/json"));
    let body = body.map_or_else(Bytes::new, |body| Bytes::from(body.to_string()));
    desk.desk().handle(&Incoming::new(method, path, query, headers, body), Room::Free)
}

fn ticket(subject: &str) -> Option<Value> {
    Some(json!({ "subject": subject, "contactId": "189200000000051001", "departmentId": "189200000000006901" }))
}

fn report(desk: &MockDesk) -> String {
    desk.desk().orders().expectations().verdict().unwrap_or_default()
}

#[tokio::test]
async fn what_is_expected_and_comes_is_silent() {
    let (desk, token) = desk().await;
    desk.expect("create_ticket").body(json!({ "subject": "A" })).times(1);
    desk.expect("create_ticket").body(json!({ "subject": "B" })).answer(json!({ "id": "7" })).at_most(2);
    desk.expect("get_ticket").path("ticketId", "7").fault(Fault::Status(503)).times(1);
    desk.expect("get_tickets").query("limit", "5").header("orgId", desk.organization()).at_least(2);
    let body = |reply: Reply| reply.body.json().unwrap_or_default();
    assert_eq!(body(send(&desk, &token, "POST", "/api/v1/tickets", ticket("A")))["subject"], "A");
    assert_eq!(body(send(&desk, &token, "POST", "/api/v1/tickets", ticket("B"))), json!({ "id": "7" }));
    assert_eq!(send(&desk, &token, "GET", "/api/v1/tickets/7", None).status, 503);
    for _ in 0..3 {
        assert_eq!(send(&desk, &token, "GET", "/api/v1/tickets?limit=5", None).status, 200);
    }
    desk.verify();
    assert_eq!(desk.calls("create_ticket").len(), 2);
    assert_eq!(desk.calls("get_ticket")[0].path_value("ticketId"), Some("7"));
}

#[tokio::test]
async fn the_report_says_what_differs() {
    let (desk, token) = desk().await;
    desk.expect("create_ticket").body(json!({ "subject": "A", "cf": { "cf_shelf": "7" } })).times(2);
    desk.expect("get_tickets").query("limit", "5").never();
    send(&desk, &token, "POST", "/api/v1/tickets", ticket("B"));
    send(&desk, &token, "GET", "/api/v1/tickets?limit=5", None);
    send(&desk, &token, "GET", "/api/v1/tickets?limit=six", None);
    send(&desk, &token, "GET", "/api/v1/contacts", None);
    send(&desk, &token, "GET", "/api/v1/tickets/189200000000071001", None);
    let report = report(&desk);
    let lines: Vec<&str> = report.lines().collect();
    assert_eq!(lines[0], "the calls were not as expected:");
    assert_eq!(
        lines[1],
        "- expected create_ticket with body {\"cf\":{\"cf_shelf\":\"7\"},\"subject\":\"A\"} 2 times, but it never came"
    );
    assert!(lines[2].starts_with("- unexpected POST /api/v1/tickets {\"contactId\":"), "{report}");
    let differences =
        "body /cf: expected {\"cf_shelf\":\"7\"}, sent nothing; body /subject: expected \"A\", sent \"B\"";
    assert!(lines[2].ends_with(&format!("(create_ticket): {differences}")), "{report}");
    assert_eq!(
        lines[3],
        "- unexpected GET /api/v1/tickets?limit=5 (get_tickets): get_tickets with limit=5 was expected never"
    );
    assert!(
        lines[4].starts_with("- unexpected GET /api/v1/tickets?limit=six: refused, 422 UNPROCESSABLE_ENTITY"),
        "{report}"
    );
    assert!(lines[5].starts_with("- unexpected GET /api/v1/contacts: refused, 403 SCOPE_MISMATCH"), "{report}");
    assert_eq!(
        lines[6],
        "- unexpected GET /api/v1/tickets/189200000000071001 (get_ticket): the operation is not expected"
    );
    assert_eq!(lines.len(), 7);
    assert!(!report.contains(&token));
}

#[tokio::test]
#[should_panic(expected = "expected get_tickets at least once, but it never came")]
async fn a_server_that_is_dropped_verifies() {
    let (desk, _) = desk().await;
    desk.expect("get_tickets");
    drop(desk);
}

#[tokio::test]
#[should_panic(expected = "unexpected GET /api/v1/tickets (get_tickets): the operation is not expected")]
async fn any_call_is_unexpected_where_nothing_is_expected() {
    let (desk, token) = desk().await;
    desk.expect_nothing();
    send(&desk, &token, "GET", "/api/v1/tickets", None);
    desk.verify();
}

#[tokio::test]
#[should_panic(expected = "the spec has no operation \"get_tickts\"; perhaps get_tickets is meant")]
async fn a_misspelt_operation_cannot_be_expected() {
    let (desk, _) = desk().await;
    desk.expect("get_tickts");
}

#[tokio::test]
async fn without_expectations_nothing_is_checked() {
    let (desk, token) = desk().await;
    send(&desk, &token, "GET", "/api/v1/tickets", None);
    desk.verify();
    desk.expect("get_ticket").times(3);
    desk.forget_expectations();
    desk.verify();
}

#[tokio::test]
async fn a_report_has_no_token() {
    let (desk, token) = desk().await;
    desk.expect("get_tickets").header("Authorization", "Zoho-oauthtoken expected");
    send(&desk, &token, "GET", "/api/v1/tickets", None);
    let report = report(&desk);
    assert!(report.contains("header Authorization: expected \"***\", sent \"***\""), "{report}");
    assert!(!report.contains(&token) && !report.contains("Zoho-oauthtoken"), "{report}");
}

#[tokio::test]
async fn what_comes_after_a_verdict_is_judged_by_the_next() {
    let (desk, token) = desk().await;
    desk.expect("get_tickets").times(1);
    send(&desk, &token, "GET", "/api/v1/tickets", None);
    desk.verify();
    send(&desk, &token, "GET", "/api/v1/tickets", None);
    let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| desk.verify())).unwrap_err();
    assert!(panic.downcast_ref::<String>().unwrap().contains("was expected once"));
}

#[tokio::test]
#[should_panic(expected = "was expected once")]
async fn what_comes_after_a_verdict_is_judged_by_dropping() {
    let (desk, token) = desk().await;
    desk.expect("get_tickets").times(1);
    send(&desk, &token, "GET", "/api/v1/tickets", None);
    desk.verify();
    send(&desk, &token, "GET", "/api/v1/tickets", None);
}

#[tokio::test]
async fn every_difference_to_the_nearest_is_told() {
    let (desk, token) = desk().await;
    let cf = json!({ "cf_shelf": "7" });
    desk.expect("create_ticket").body(json!({ "subject": "A", "status": "Open", "cf": cf })).at_most(1);
    send(&desk, &token, "POST", "/api/v1/tickets", ticket("B"));
    let told = report(&desk);
    assert!(told.contains("body /subject: expected \"A\", sent \"B\""), "{told}");
    assert!(told.contains("; body /status: expected \"Open\", sent nothing"), "{told}");

    desk.forget_expectations();
    desk.expect("get_tickets").query("limit", "5").times(1);
    desk.expect("get_tickets").query("limit", "6").query("from", "1");
    send(&desk, &token, "GET", "/api/v1/tickets?limit=6&from=1", None);
    send(&desk, &token, "GET", "/api/v1/tickets?limit=5", None);
    send(&desk, &token, "GET", "/api/v1/tickets?limit=5", None);
    let expected = "the calls were not as expected:\n\
        - unexpected GET /api/v1/tickets?limit=5 (get_tickets): get_tickets with limit=5: expected once, or \
        get_tickets with limit=6, from=1: query parameter limit: expected \"6\", sent \"5\"; \
        query parameter from: expected \"1\", sent nothing";
    assert_eq!(report(&desk), expected);
}

#[tokio::test]
async fn a_refusal_that_the_client_gets_over_is_not_unexpected() {
    let (desk, token) = desk().await;
    desk.expect("get_tickets").times(1);
    desk.expect("create_ticket").times(2);
    send(&desk, "1000.ended", "GET", "/api/v1/tickets", None);
    assert!(report(&desk).contains("GET /api/v1/tickets: refused, 401 INVALID_OAUTH"));
    send(&desk, &token, "GET", "/api/v1/tickets", None);
    for subject in ["A", "B"] {
        send(&desk, "1000.ended", "POST", "/api/v1/tickets", ticket(subject));
    }
    send(&desk, &token, "POST", "/api/v1/tickets", ticket("B"));
    send(&desk, &token, "POST", "/api/v1/tickets", ticket("C"));
    let told = report(&desk);
    assert_eq!(told.lines().count(), 2, "{told}");
    assert!(told.contains("\"subject\":\"A\"") && !told.contains("1000.ended"), "{told}");
    send(&desk, &token, "GET", "/api/v1/tickets?limit=many", None);
    send(&desk, &token, "GET", "/api/v1/tickets?limit=1", None);
    assert!(report(&desk).contains("limit=many: refused, 422"));
}

#[tokio::test]
async fn what_the_limits_refuse_came_as_well() {
    let (desk, token) = desk().await;
    desk.expect_nothing();
    desk.set_credits(0);
    send(&desk, &token, "GET", "/api/v1/tickets", None);
    assert!(report(&desk).contains("GET /api/v1/tickets: refused, 429 THRESHOLD_EXCEEDED"));
}

#[tokio::test]
async fn the_bounds_may_come_in_any_order() {
    for swapped in [false, true] {
        let (desk, token) = desk().await;
        let wanted = desk.expect("get_tickets");
        let _ = if swapped { wanted.at_most(2).at_least(1) } else { wanted.at_least(1).at_most(2) };
        assert!(report(&desk).contains("expected get_tickets 1 to 2 times, but it never came"));
        for _ in 0..2 {
            send(&desk, &token, "GET", "/api/v1/tickets", None);
            assert_eq!(report(&desk), "");
        }
        send(&desk, &token, "GET", "/api/v1/tickets", None);
        assert!(report(&desk).contains("was expected 1 to 2 times"));
        desk.forget_expectations();
    }
}

#[tokio::test]
#[should_panic(expected = "get_tickets is expected at least 3 times and at most once: never both")]
async fn bounds_that_exclude_each_other() {
    let (desk, _) = desk().await;
    desk.expect("get_tickets").at_least(3).at_most(1);
}

#[tokio::test]
#[should_panic(expected = "get_ticket has no path parameter \"ticktId\"; perhaps ticketId is meant")]
async fn a_misspelt_path_parameter_cannot_be_expected() {
    let (desk, _) = desk().await;
    desk.expect("get_ticket").path("ticktId", "1").never();
}

#[tokio::test]
#[should_panic(expected = "get_tickets has no query parameter \"limt\"; perhaps limit is meant")]
async fn a_misspelt_query_parameter_cannot_be_expected() {
    let (desk, _) = desk().await;
    desk.expect("get_tickets").query("limt", "1").never();
}

#[tokio::test]
#[should_panic(
    expected = "the body of create_ticket: /subjet: No field \"subjet\" is declared here; perhaps subject is meant"
)]
async fn a_misspelt_field_cannot_be_expected() {
    let (desk, _) = desk().await;
    desk.expect("create_ticket").body(json!({ "subjet": "A" })).never();
}

#[tokio::test]
#[should_panic(expected = "get_tickets has no JSON body")]
async fn a_body_where_none_is_taken() {
    let (desk, _) = desk().await;
    desk.expect("get_tickets").body(json!({})).never();
}

#[tokio::test]
async fn undeclared_fields_where_they_are_accepted() {
    let (desk, token) = desk().await;
    desk.accept_undeclared_fields(true);
    desk.expect("create_ticket").body(json!({ "shelf": 7 })).times(1);
    let mut body = ticket("A").unwrap();
    body["shelf"] = json!(7);
    send(&desk, &token, "POST", "/api/v1/tickets", Some(body));
}

#[tokio::test]
async fn a_handle_of_what_was_taken_back_changes_nothing() {
    let (desk, _) = desk().await;
    let old = desk.expect("get_tickets");
    desk.forget_expectations();
    desk.expect("get_ticket").never();
    assert_eq!(format!("{old:?}"), "Expectation(taken back)");
    let _ = old.times(5);
    assert_eq!(report(&desk), "");
}

#[tokio::test]
async fn a_report_has_no_secrets_of_bodies() {
    let (desk, token) = desk().await;
    desk.accept_undeclared_fields(true);
    desk.expect("create_ticket").body(json!({ "portalToken": "s3cret-a", "subject": "A" })).never();
    let mut body = ticket("B").unwrap();
    body["portalToken"] = json!("s3cret-b");
    send(&desk, &token, "POST", "/api/v1/tickets", Some(body));
    let told = report(&desk);
    assert!(told.contains("body /portalToken: expected \"***\", sent \"***\""), "{told}");
    assert!(!told.contains("s3cret"), "{told}");
}
