//! Requests that do not suit.

use serde_json::{Value, json};

use super::{EVERYTHING, Fixture, error, fault, faults, refused, value};

#[test]
fn refusals_in_the_order_of_the_checks() {
    let mut fixture = Fixture::new(&["Desk.tickets.READ"]);
    assert_eq!(refused(&fixture.get("/api/v1/nothing/of/the/kind")), error(404, "URL_NOT_FOUND"));
    assert_eq!(refused(&fixture.send("DELETE", "/api/v1/tickets", None)), error(405, "METHOD_NOT_ALLOWED"));
    assert_eq!(refused(&fixture.get("/api/v1/contacts")), error(403, "SCOPE_MISMATCH"));
    assert_eq!(refused(&fixture.get("/api/v1/tickets?limit=x")), error(422, "INVALID_DATA"));
    assert_eq!(fixture.get("/api/v1/tickets").status, 200);

    fixture.organization = Some("1".to_owned());
    assert_eq!(refused(&fixture.get("/api/v1/contacts")), error(403, "OAUTH_ORG_MISMATCH"));
    fixture.organization = None;
    let reply = fixture.get("/api/v1/contacts");
    assert_eq!(refused(&reply), error(422, "INVALID_DATA"));
    assert_eq!(faults(&reply), [fault("/orgId", "missing")]);
    assert_eq!(fixture.get("/api/v1/tickets?orgId=600123456").status, 200);

    fixture.desk.tokens().revoke(&fixture.token);
    assert_eq!(refused(&fixture.get("/api/v1/contacts")), error(401, "INVALID_OAUTH"));
    fixture.token.clear();
    assert_eq!(refused(&fixture.get("/api/v1/contacts")), error(401, "UNAUTHORIZED"));
}

#[test]
fn an_organization_where_none_is_needed() {
    let mut fixture = Fixture::new(&EVERYTHING);
    for organization in [fixture.organization.clone(), None] {
        fixture.organization = organization;
        let reply = fixture.get("/api/v1/organizations");
        assert_eq!(value(&reply)["data"][0]["id"], "600123456");
    }
    fixture.organization = Some("1".to_owned());
    assert_eq!(refused(&fixture.get("/api/v1/organizations")), error(403, "OAUTH_ORG_MISMATCH"));
}

#[test]
fn every_fault_of_the_parameters_at_once() {
    let fixture = Fixture::new(&EVERYTHING);
    let reply = fixture.get("/api/v1/contacts?limit=101&from=a&colour=red&sortBy=-email&sortBy=email");
    let expected = [
        fault("/limit", "invalid"),
        fault("/from", "invalid"),
        fault("/colour", "invalid"),
        fault("/sortBy", "duplicate"),
    ];
    assert_eq!(faults(&reply), expected);
    assert_eq!(faults(&fixture.get("/api/v1/tickets/abc")), [fault("/ticketId", "invalid")]);
    assert_eq!(faults(&fixture.get("/api/v1/departmentsByIds")), [fault("/departmentIds", "missing")]);
    assert_eq!(fixture.get("/api/v1/_doc/_agent_performance_metrics?colour=red").status, 200);
}

#[test]
fn bodies() {
    let fixture = Fixture::new(&EVERYTHING);
    let post = |body: Option<&Value>| fixture.send("POST", "/api/v1/tickets", body);
    assert_eq!(refused(&post(None)), error(422, "EMPTY_PAYLOAD"));
    let missing = [fault("/contactId", "missing"), fault("/departmentId", "missing")];
    let mut found = faults(&post(Some(&json!({ "subject": "a" }))));
    found.sort();
    assert_eq!(found, missing);
    let wrong = json!({ "contactId": 1, "departmentId": "2", "subject": ["a"], "uploads": "1" });
    let mut found = faults(&post(Some(&wrong)));
    found.sort();
    assert_eq!(found, [fault("/subject", "invalid"), fault("/uploads", "invalid")]);
}
