//! Records that are created and changed.

use serde_json::{Value, json};

use super::{EVERYTHING, Fixture, error, fault, faults, id, refused, value};

#[test]
fn records_are_created_and_changed() {
    let fixture = Fixture::new(&EVERYTHING);
    let sent = json!({ "subject": "New", "contactId": "189200000000051001", "departmentId": "189200000000006901" });
    let created = value(&fixture.send("POST", "/api/v1/tickets", Some(&sent)));
    assert_eq!(created["subject"], "New");
    assert_eq!(created["ticketNumber"], 113);
    let path = format!("/api/v1/tickets/{}", created["id"].as_str().unwrap());
    let changed = value(&fixture.send("PATCH", &path, Some(&json!({ "priority": "High", "phone": null }))));
    assert_eq!(changed["priority"], "High");
    assert_eq!(value(&fixture.get(&path))["priority"], "High");
    assert_eq!(refused(&fixture.get("/api/v1/tickets/1")), error(404, "URL_NOT_FOUND"));
    assert_eq!(value(&Fixture::new(&EVERYTHING).get(&path))["errorCode"], "URL_NOT_FOUND");
}

#[test]
fn times_come_from_the_servers_clock() {
    let fixture = Fixture::new(&EVERYTHING);
    let sent = json!({ "subject": "New", "contactId": "189200000000051001", "departmentId": "189200000000006901" });
    let created = value(&fixture.post("/api/v1/tickets", &sent));
    assert_eq!(created["createdTime"], "2024-06-01T09:00:00.000Z");
    fixture.desk.clock().advance(std::time::Duration::from_secs(3600));
    let path = format!("/api/v1/tickets/{}", id(&created));
    let changed = value(&fixture.patch(&path, &json!({ "priority": "Low" })));
    assert_eq!(changed["createdTime"], created["createdTime"]);
    assert_eq!(changed["modifiedTime"], "2024-06-01T10:00:01.000Z");
    let again = value(&fixture.patch(&path, &json!({ "priority": "High" })));
    assert_eq!(again["modifiedTime"], "2024-06-01T10:00:02.000Z");
    assert_eq!(value(&fixture.get(&path))["modifiedTime"], again["modifiedTime"]);
    let other = Fixture::new(&EVERYTHING);
    assert_eq!(value(&other.post("/api/v1/tickets", &sent)), created, "the same input gives the same answer");
}

#[test]
fn ids_in_bodies_have_to_be_there() {
    let fixture = Fixture::new(&EVERYTHING);
    let sent = json!({
        "subject": "New", "contactId": "1", "departmentId": 189_200_000_000_006_901_u64, "assigneeId": "2",
        "secondaryContacts": ["189200000000051001", "3"], "productId": null
    });
    let mut found = faults(&fixture.post("/api/v1/tickets", &sent));
    found.sort();
    let expected = ["/assigneeId", "/contactId", "/secondaryContacts/1"];
    assert_eq!(found, expected.map(|field| fault(field, "invalid")));
    assert_eq!(fixture.list("/api/v1/tickets?from=12").len(), 0);
    let reply = fixture.patch("/api/v1/tasks/189200000000103001", &json!({ "ticketId": "9" }));
    assert_eq!(faults(&reply), [fault("/ticketId", "invalid")]);
    let article = json!({ "title": "T", "answer": "A", "status": "Draft", "categoryId": "9" });
    assert_eq!(faults(&fixture.post("/api/v1/articles", &article)), [fault("/categoryId", "invalid")]);
    // The ids of community categories have the same name, but are others.
    let topic = json!({ "subject": "S", "content": "C", "categoryId": "9", "type": "IDEA" });
    let reply = fixture.post("/api/v1/communityTopics", &topic);
    assert!(!faults(&reply).contains(&fault("/categoryId", "invalid")), "{}", reply.text());
}

#[test]
fn a_status_brings_what_follows_from_it() {
    let fixture = Fixture::new(&EVERYTHING);
    let path = "/api/v1/tickets/189200000000071001";
    let state = |changed: &Value| (changed["statusType"].clone(), changed["closedTime"].is_null());
    let closed = value(&fixture.patch(path, &json!({ "status": "Closed" })));
    assert_eq!(state(&closed), (json!("Closed"), false));
    let open = value(&fixture.patch(path, &json!({ "status": "Waiting for the courier" })));
    assert_eq!(state(&open), (json!("Open"), true));
    let task = value(&fixture.patch("/api/v1/tasks/189200000000103001", &json!({ "status": "Completed" })));
    assert_eq!((task["statusType"].clone(), task["completedTime"].is_null()), (json!("Closed"), false));
    assert!(fixture.ids("/api/v1/tasks?isCompleted=true").contains(&"189200000000103001".to_owned()));
    assert!(!fixture.ids("/api/v1/tasks?isCompleted=false").contains(&"189200000000103001".to_owned()));
}

#[test]
fn each_kind_is_created_read_and_changed() {
    let fixture = Fixture::new(&EVERYTHING);
    let (contact, department) = ("189200000000051001", "189200000000006901");
    let call = json!({
        "subject": "S", "contactId": contact, "departmentId": department, "startTime": "2024-06-02T10:00:00.000Z",
        "ownerId": null, "priority": null, "ticketId": null, "status": "Scheduled"
    });
    let event = json!({ "subject": "S", "contactId": contact, "departmentId": department, "startTime": "2024-06-02T10:00:00Z" });
    let agent = json!({
        "lastName": "New", "emailId": "new@zylker.example", "associatedDepartmentIds": [department],
        "rolePermissionType": "AgentPublic"
    });
    let article = json!({ "title": "T", "answer": "A", "status": "Draft", "categoryId": "189200000000108001" });
    let section = json!({
        "name": "N", "description": "D", "visibility": "AGENTS", "status": "DISABLED", "translations": [],
        "parentCategoryId": "189200000000108001"
    });
    for (path, sent, field, new) in [
        ("departments", json!({ "name": "N" }), "description", "D"),
        ("agents", agent, "aboutInfo", "A"),
        ("teams", json!({ "name": "N", "departmentId": department }), "description", "D"),
        ("accounts", json!({ "accountName": "N" }), "industry", "I"),
        ("contacts", json!({ "lastName": "N" }), "title", "T"),
        ("products", json!({ "productName": "N", "departmentIds": [department] }), "manufacturer", "M"),
        ("tasks", json!({ "subject": "S", "departmentId": department }), "category", "C"),
        ("calls", call, "description", "D"),
        ("events", event, "category", "C"),
        ("articles", article, "title", "U"),
        ("kbSections", section, "description", "E"),
    ] {
        let reply = fixture.post(&format!("/api/v1/{path}"), &sent);
        assert_eq!(reply.status, 200, "{path}: {}", reply.text());
        let item = format!("/api/v1/{path}/{}", id(&value(&reply)));
        let changed = fixture.patch(&item, &json!({ field: new }));
        assert_eq!(changed.status, 200, "{path}: {}", changed.text());
        let read = value(&fixture.get(&item));
        assert_eq!(read[field], new, "{path}");
        for (name, value) in
            sent.as_object().unwrap().iter().filter(|(name, value)| *name != field && value.is_string())
        {
            assert!(read.get(name).is_none_or(|read| read == value), "{path}: {name}");
        }
    }
    assert_eq!(fixture.ids("/api/v1/kbRootCategories").len(), 4, "sections are no root categories");
}

#[test]
fn undeclared_fields_and_the_switch() {
    let fixture = Fixture::new(&EVERYTHING);
    let path = "/api/v1/tickets/189200000000071001";
    let sent = json!({ "colour": "red", "cf_colour": "blue" });
    assert_eq!(faults(&fixture.patch(path, &sent)), [fault("/colour", "invalid")]);
    assert_eq!(value(&fixture.patch(path, &json!({ "cf_colour": "blue" })))["cf_colour"], "blue");
    fixture.desk.settings().accept_undeclared(true);
    let changed = value(&fixture.patch(path, &sent));
    assert_eq!((changed["colour"].clone(), changed["cf_colour"].clone()), (json!("red"), json!("blue")));
    assert_eq!(value(&fixture.get(path))["colour"], "red");
    fixture.desk.settings().accept_undeclared(false);
    assert_eq!(fixture.patch(path, &sent).status, 422);
}
