//! Searches.

use serde_json::json;

use super::{EVERYTHING, Fixture, error, id, message, refused, value};

fn numbers(fixture: &Fixture, query: &str) -> Vec<u64> {
    let found = fixture.list(&format!("/api/v1/tickets/search?{query}"));
    found.iter().filter_map(|ticket| ticket["ticketNumber"].as_u64()).collect()
}

#[test]
fn words_without_case_and_with_wildcards() {
    let fixture = Fixture::new(&EVERYTHING);
    assert_eq!(numbers(&fixture, "subject=GRINDER"), [101]);
    assert_eq!(numbers(&fixture, "subject=grin"), [0_u64; 0]);
    assert_eq!(numbers(&fixture, "subject=grin*"), [101]);
    assert_eq!(numbers(&fixture, "subject=machine"), [107, 112]);
    assert_eq!(numbers(&fixture, "subject=machine%20wrong"), [112]);
    assert_eq!(numbers(&fixture, "contactName=vogt"), [103, 106, 109]);
    assert_eq!(numbers(&fixture, "accountName=nordl*"), [103, 106, 109]);
    assert_eq!(numbers(&fixture, "_all=lindgren"), [101, 104, 112]);
    assert_eq!(numbers(&fixture, "_all=104"), [104]);
    assert_eq!(numbers(&fixture, "tag=urgent"), [101, 106, 112]);
    assert_eq!(numbers(&fixture, "email=maya@harbour-coffee.example,ravi@kite.example"), [101, 104, 105, 110, 112]);
}

#[test]
fn values_ranges_and_their_combination() {
    let fixture = Fixture::new(&EVERYTHING);
    assert_eq!(numbers(&fixture, "status=closed,on%20hold"), [103, 104, 107, 108, 109]);
    assert_eq!(numbers(&fixture, "ticketNumber=103,104,999"), [103, 104]);
    assert_eq!(numbers(&fixture, "priority=High&status=Open"), [101, 106]);
    assert_eq!(numbers(&fixture, "assigneeId=189200000000042001"), [104, 107]);
    assert_eq!(numbers(&fixture, "departmentId=189200000000006902&channel=Phone"), [111]);
    let range = "createdTimeRange=2024-05-15T00:00:00.000Z,2024-05-17T09:30:00.000Z";
    assert_eq!(numbers(&fixture, range), [102, 103, 104]);
    assert_eq!(numbers(&fixture, &format!("{range}&sortBy=-createdTime")), [104, 103, 102]);
    let reply = fixture.get("/api/v1/tickets/search?createdTimeRange=2024-05-15T00:00:00.000Z");
    assert!(message(&reply).contains("createdTimeRange is"), "{}", message(&reply));
    let reply = fixture.get("/api/v1/tickets/search?customField1=shelf");
    assert!(message(&reply).contains("customField1 is"), "{}", message(&reply));
}

#[test]
fn words_for_what_a_field_holds() {
    let fixture = Fixture::new(&EVERYTHING);
    assert_eq!(numbers(&fixture, "status=${OPEN}"), [101, 102, 105, 106, 110, 111, 112]);
    assert_eq!(numbers(&fixture, "status=${open}&priority=High"), [101, 106]);
    assert_eq!(numbers(&fixture, "status=${ONHOLD},Closed"), [103, 104, 107, 108, 109]);
    assert_eq!(numbers(&fixture, "category=${Empty}"), [101, 104, 107, 110]);
    assert_eq!(numbers(&fixture, "phone=${empty}"), [102, 107, 108, 111]);
    assert_eq!(numbers(&fixture, "phone=${NotEmpty}&status=Closed"), [104]);
    assert_eq!(numbers(&fixture, "productName=${notempty}&priority=Low"), [104, 112]);
    assert_eq!(numbers(&fixture, "email=${empty},maya@harbour*"), [101, 104, 112]);
    let changed = fixture.patch("/api/v1/tickets/189200000000071005", &json!({ "cf": { "cf_shelf": "7" } }));
    assert_eq!(changed.status, 200);
    assert_eq!(numbers(&fixture, "customField1=cf_shelf:${NotEmpty}"), [105]);
    assert_eq!(numbers(&fixture, "customField1=cf_shelf:${Empty}").len(), 10);
    let reply = fixture.get("/api/v1/tickets/search?status=${colour}");
    assert_eq!(refused(&reply), error(422, "UNPROCESSABLE_ENTITY"));
    assert!(message(&reply).contains("${closed}, ${onhold}, ${open}, ${empty}, ${notempty}"), "{}", message(&reply));
    assert_eq!(
        fixture.ids("/api/v1/tasks/search?status=${OPEN}").len(),
        fixture.ids("/api/v1/tasks?isCompleted=false").len()
    );
    let changed = "modifiedTimeRange=2024-05-16T00:00:00.000Z,2024-05-18T00:00:00.000Z";
    assert_eq!(numbers(&fixture, changed), [101, 102]);
}

#[test]
fn searches_look_into_custom_fields() {
    let fixture = Fixture::new(&EVERYTHING);
    let changed = fixture.patch("/api/v1/tickets/189200000000071005", &json!({ "cf": { "cf_shelf": "Upper left" } }));
    assert_eq!(value(&changed)["cf"]["cf_shelf"], "Upper left");
    assert_eq!(numbers(&fixture, "customField1=cf_shelf:upper"), [105]);
    assert_eq!(numbers(&fixture, "customField1=cf_shelf:lower"), [0_u64; 0]);
    assert_eq!(numbers(&fixture, "customField1=cf_other:upper"), [0_u64; 0]);
}

#[test]
fn pages_and_totals() {
    let fixture = Fixture::new(&EVERYTHING);
    let page = value(&fixture.get("/api/v1/tickets/search?status=Open&limit=2&from=1"));
    assert_eq!(page["count"], 7);
    let found: Vec<_> = page["data"].as_array().unwrap().iter().map(|ticket| ticket["ticketNumber"].clone()).collect();
    assert_eq!(found, [102, 105]);
    assert_eq!(fixture.get("/api/v1/tickets/search?subject=nothing").status, 204);
    assert_eq!(refused(&fixture.get("/api/v1/tickets/search?from=5000")), error(422, "UNPROCESSABLE_ENTITY"));
    assert_eq!(refused(&fixture.get("/api/v1/tickets/search?limit=101")), error(422, "UNPROCESSABLE_ENTITY"));
}

#[test]
fn what_is_created_changed_and_trashed_is_found_as_it_is() {
    let fixture = Fixture::new(&EVERYTHING);
    let sent = json!({ "lastName": "Zimmermann", "email": "z@example.com" });
    let created = value(&fixture.post("/api/v1/contacts", &sent));
    let found = |query: &str| fixture.ids(&format!("/api/v1/contacts/search?{query}"));
    assert_eq!(found("lastName=zimmer*"), [id(&created)]);
    let path = format!("/api/v1/contacts/{}", id(&created));
    assert_eq!(fixture.patch(&path, &json!({ "lastName": "Zander" })).status, 200);
    assert_eq!((found("lastName=zimmer*"), found("fullName=zander")), (vec![], vec![id(&created)]));
    assert_eq!(fixture.post("/api/v1/contacts/moveToTrash", &json!({ "contactIds": [id(&created)] })).status, 204);
    assert_eq!(found("email=z@example.com"), Vec::<String>::new());
}

#[test]
fn every_other_collection_is_searched_by_its_own_parameters() {
    let fixture = Fixture::new(&EVERYTHING);
    for (target, expected) in [
        ("/api/v1/accounts/search?accountName=nordlicht", 1),
        ("/api/v1/accounts/search?_all=berlin", 1),
        ("/api/v1/products/search?productName=machine", 1),
        ("/api/v1/products/search?contactId=189200000000051001", 2),
        ("/api/v1/tasks/search?subject=call", 1),
        ("/api/v1/tasks/search?ticketNumber=101", 2),
        ("/api/v1/calls/search?_all=refund", 1),
        ("/api/v1/events/search?startDateRange=2024-05-22T00:00:00Z,2024-05-23T23:00:00Z", 2),
        ("/api/v1/activities/search?ticketNumber=101", 4),
        ("/api/v1/articles/search?title=grinder", 1),
        ("/api/v1/articles/search?tag=machine", 3),
        ("/api/v1/articles/search?categoryName=cleaning", 2),
        ("/api/v1/search?searchStr=lindgren&limit=50", 11),
        ("/api/v1/search?searchStr=lindgren&module=tickets", 3),
    ] {
        let reply = fixture.get(target);
        assert_eq!(fixture.list(target).len(), expected, "{target}: {}", reply.text());
    }
    let everywhere = fixture.list("/api/v1/search?searchStr=lindgren&limit=50");
    assert!(everywhere.iter().any(|record| record["module"] == "contacts"));
    let found = &fixture.list("/api/v1/tickets/search?subject=grinder")[0];
    assert_eq!((&found["contact"]["lastName"], &found["department"]["name"]), (&json!("Lindgren"), &json!("Support")));
    assert_eq!(found["assignee"]["emailId"], "ben.okafor@zylker.example");
    assert_eq!(found["assignee"].get("email"), None, "what the type does not declare is left out");
}
