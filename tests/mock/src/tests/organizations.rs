//! Organizations with records of their own.

use serde_json::json;

use super::{EVERYTHING, Fixture, error, fault, faults, id, refused, value};

/// A fixture with a second organization, and that one's id.
fn two() -> (Fixture, String) {
    let fixture = Fixture::new(&EVERYTHING);
    let named = json!({ "companyName": "Labs" }).as_object().cloned().unwrap();
    let second = fixture.desk.records().insert(None, "organizations", named, fixture.desk.now()).unwrap();
    (fixture, second)
}

#[test]
fn users_of_one_organization_may_leave_it_out() {
    let mut fixture = Fixture::new(&EVERYTHING);
    fixture.organization = None;
    assert_eq!(fixture.list("/api/v1/tickets").len(), 12);
    fixture.desk.settings().set_strict(true);
    let reply = fixture.get("/api/v1/tickets");
    assert_eq!((refused(&reply), faults(&reply)), (error(422, "INVALID_DATA"), vec![fault("/orgId", "missing")]));
    assert_eq!(fixture.get("/api/v1/organizations").status, 200, "where none is needed, none is asked for");
    assert_eq!(fixture.get("/api/v1/tickets?orgId=600123456").status, 200);
}

#[test]
fn users_of_several_may_not() {
    let (mut fixture, second) = two();
    assert_eq!(second, "600123457");
    fixture.organization = None;
    assert_eq!(faults(&fixture.get("/api/v1/tickets")), [fault("/orgId", "missing")]);
    assert_eq!(fixture.ids("/api/v1/organizations"), ["600123456", "600123457"]);
    assert_eq!(fixture.ids(&format!("/api/v1/tickets?orgId={second}")).len(), 12);
    fixture.desk.records().reset();
    assert_eq!(fixture.ids("/api/v1/organizations"), ["600123456"]);
    fixture.organization = Some(second);
    assert_eq!(refused(&fixture.get("/api/v1/tickets")), error(403, "OAUTH_ORG_MISMATCH"));
}

#[test]
fn each_has_records_of_its_own() {
    let (mut fixture, second) = two();
    let first_ids = fixture.ids("/api/v1/tickets");
    let changed = fixture.patch(&format!("/api/v1/tickets/{}", first_ids[0]), &json!({ "subject": "Mine" }));
    assert_eq!(changed.status, 200);
    let contacts = fixture.ids("/api/v1/contacts");

    fixture.organization = Some(second.clone());
    let second_ids = fixture.ids("/api/v1/tickets");
    assert_eq!(second_ids.len(), 12);
    assert!(second_ids.iter().all(|id| !first_ids.contains(id)));
    assert!(fixture.list("/api/v1/tickets").iter().all(|ticket| ticket["subject"] != "Mine"));
    assert_eq!(refused(&fixture.get(&format!("/api/v1/tickets/{}", first_ids[0]))), error(404, "URL_NOT_FOUND"));
    let department = fixture.ids("/api/v1/departments").remove(0);
    let sent = json!({ "subject": "New", "contactId": contacts[0], "departmentId": department });
    assert_eq!(faults(&fixture.post("/api/v1/tickets", &sent)), [fault("/contactId", "invalid")]);
    let own = fixture.ids("/api/v1/contacts").remove(0);
    let sent = json!({ "subject": "New", "contactId": own, "departmentId": department });
    let created = value(&fixture.post("/api/v1/tickets", &sent));
    assert_eq!(created["subject"], "New");
    // Whoever the tables name is of the same organization.
    let threads = fixture.list(&format!("/api/v1/tickets/{}/threads", second_ids[0]));
    let author = threads[0]["author"]["id"].as_str().unwrap();
    assert_eq!(fixture.get(&format!("/api/v1/contacts/{author}")).status, 200);
    fixture.desk.records().fill(Some(&second), "tickets", 5, Vec::new()).unwrap();
    assert_eq!(fixture.ids("/api/v1/tickets?limit=50").len(), 18);

    fixture.organization = Some("600123456".to_owned());
    assert_eq!(fixture.ids("/api/v1/tickets?limit=50").len(), 12);
    assert_eq!(refused(&fixture.get(&format!("/api/v1/tickets/{}", id(&created)))), error(404, "URL_NOT_FOUND"));
    let unknown = fixture.desk.records().fill(Some("1"), "tickets", 1, Vec::new()).unwrap_err();
    assert_eq!(unknown, "there is no organization \"1\"");
}
