//! Requests that do not suit.

use bytes::Bytes;
use serde_json::{Value, json};

use super::{EVERYTHING, Fixture, error, fault, faults, id, message, refused, value};
use crate::desk::Room;
use crate::exchange::incoming::Incoming;

#[test]
fn refusals_in_the_order_of_the_checks() {
    let mut fixture = Fixture::new(&["Desk.tickets.READ"]);
    assert_eq!(refused(&fixture.get("/api/v1/nothing/of/the/kind")), error(404, "URL_NOT_FOUND"));
    assert_eq!(refused(&fixture.send("DELETE", "/api/v1/tickets", None)), error(405, "METHOD_NOT_ALLOWED"));
    assert_eq!(refused(&fixture.get("/api/v1/contacts")), error(403, "SCOPE_MISMATCH"));
    assert_eq!(refused(&fixture.get("/api/v1/tickets?limit=x")), error(422, "UNPROCESSABLE_ENTITY"));
    assert_eq!(fixture.get("/api/v1/tickets").status, 200);

    fixture.organization = Some("1".to_owned());
    assert_eq!(refused(&fixture.get("/api/v1/contacts")), error(403, "OAUTH_ORG_MISMATCH"));
    fixture.organization = None;
    fixture.desk.settings().set_strict(true);
    let reply = fixture.get("/api/v1/contacts");
    assert_eq!((refused(&reply), faults(&reply)), (error(422, "INVALID_DATA"), vec![fault("/orgId", "missing")]));

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
    assert_eq!((refused(&reply), value(&reply).get("errors")), (error(422, "UNPROCESSABLE_ENTITY"), None));
    let told = message(&reply);
    for words in ["limit is \"101\", but", "from is \"a\", but", "no query parameter \"colour\"", "sortBy is sent more"]
    {
        assert!(told.contains(words), "{words}: {told}");
    }
    for (target, words) in [
        ("tickets/abc", "ticketId is \"abc\", but"),
        ("departmentsByIds", "departmentIds is required"),
        ("tickets/search?createdTimeRange=soon", "it must be two times"),
    ] {
        let reply = fixture.get(&format!("/api/v1/{target}"));
        assert_eq!((refused(&reply), value(&reply).get("errors")), (error(422, "UNPROCESSABLE_ENTITY"), None));
        assert!(message(&reply).contains(words), "{words}: {}", message(&reply));
    }
    assert_eq!(fixture.get("/api/v1/_doc/_agent_performance_metrics?colour=red").status, 200);
}

#[test]
fn what_is_wrong_with_a_body_is_told_field_by_field() {
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

#[test]
fn both_schemes_of_the_token() {
    let fixture = Fixture::new(&EVERYTHING);
    for (scheme, status) in [("Zoho-oauthtoken", 200), ("Bearer", 200), ("Basic", 401), ("", 401)] {
        let mut headers = fixture.headers();
        headers.insert("authorization", format!("{scheme} {}", fixture.token).parse().unwrap());
        let incoming = Incoming::new("GET", "/api/v1/tickets", "", headers, Bytes::new());
        assert_eq!(fixture.desk.handle(&incoming, Room::Free).status, status, "{scheme}");
    }
}

#[test]
fn misspelt_paths_are_no_modules() {
    let fixture = Fixture::new(&EVERYTHING);
    let reply = fixture.get("/api/v1/tickts");
    assert_eq!(refused(&reply), error(404, "URL_NOT_FOUND"));
    assert_eq!(message(&reply), "The API has no path /api/v1/tickts; perhaps tickets is meant.");
    for (method, path) in [("DELETE", "tickets/189200000000071001"), ("PUT", "contacts/189200000000051001")] {
        let reply = fixture.send(method, &format!("/api/v1/{path}"), None);
        assert_eq!(refused(&reply), error(405, "METHOD_NOT_ALLOWED"), "{method} {path}");
    }
    for (method, path) in [("DELETE", "contracs/1"), ("GET", "cm-machines"), ("POST", "tickts/moveToTrash")] {
        let reply = fixture.send(method, &format!("/api/v1/{path}"), None);
        assert_eq!(refused(&reply), error(404, "URL_NOT_FOUND"), "{method} {path}");
    }
    assert_eq!(fixture.get("/api/v1/tickets/189200000000071001").status, 200);
}

#[test]
fn lists_are_five_thousand_records_deep() {
    let fixture = Fixture::new(&EVERYTHING);
    assert_eq!(fixture.get("/api/v1/tickets?from=4999").status, 204);
    let reply = fixture.get("/api/v1/tickets?from=5000");
    assert_eq!(refused(&reply), error(422, "UNPROCESSABLE_ENTITY"));
    assert!(message(&reply).ends_with("The value passed for field 'from' exceeds the range of '0-4999'."));
    // The operation's own maximum goes before.
    assert_eq!(fixture.get("/api/v1/agentAvailability?departmentId=189200000000006901&from=5999").status / 100, 2);
    fixture.desk.settings().set_highest_from(u64::MAX);
    assert_eq!(fixture.get("/api/v1/tickets?from=5000").status, 204);
}

#[test]
fn records_of_custom_modules_are_kept() {
    let fixture = Fixture::new(&["Desk.custommodule.ALL", "Desk.search.READ"]);
    let machines = "/api/v1/cm_machines";
    let all = fixture.ids(machines);
    assert_eq!(all.len(), 4);
    let owner = "189200000000042003";
    let sent = json!({ "name": "Barista One, serial 9", "owner": { "id": owner }, "cf": { "cf_shelf": "9" } });
    let created = value(&fixture.post(machines, &sent));
    assert_eq!((&created["name"], &created["owner"]["id"]), (&sent["name"], &json!(owner)));
    let path = format!("{machines}/{}", id(&created));
    assert_eq!(fixture.patch(&path, &json!({ "name": "Barista One, serial 10" })).status, 200);
    let read = value(&fixture.get(&path));
    assert_eq!((&read["name"], &read["owner"]["id"]), (&json!("Barista One, serial 10"), &json!(owner)));
    assert_eq!(fixture.ids(&format!("{machines}/search?field1=cf_shelf:9")), [id(&created)]);
    let count = fixture.get(&format!("{machines}/count?viewId=1"));
    assert_eq!(value(&count)["count"], 5, "{}", count.text());
    let other = format!("/api/v1/cm_boats/{}", id(&created));
    assert_eq!(refused(&fixture.get(&other)), error(404, "URL_NOT_FOUND"), "it is of another module");
    assert_eq!(fixture.list("/api/v1/cm_boats").len(), 0);
    assert_eq!(fixture.send("DELETE", &path, None).status, 204);
    assert_eq!(refused(&fixture.send("DELETE", &path, None)), error(404, "URL_NOT_FOUND"), "it is gone already");
}
