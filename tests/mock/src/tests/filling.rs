//! Records as tests put them in.

use serde_json::json;

use super::{EVERYTHING, Fixture, id, value};

#[test]
fn many_records_page_by_page() {
    let fixture = Fixture::new(&EVERYTHING);
    fixture.desk.records().fill(None, "tickets", 500, Vec::new()).unwrap();
    let page = fixture.list("/api/v1/tickets?from=500&limit=50");
    assert_eq!(page.len(), 12);
    let numbers: Vec<_> =
        fixture.list("/api/v1/tickets?from=10&limit=4").iter().map(|t| t["ticketNumber"].clone()).collect();
    assert_eq!(numbers, [111, 112, 113, 114]);
    let oldest = fixture.list("/api/v1/tickets?sortBy=createdTime&limit=2");
    assert_eq!(oldest[0]["createdTime"], "2021-01-01T00:00:00.000Z");
    assert_eq!(oldest[1]["createdTime"], "2021-01-01T00:10:00.000Z");
    let hour = "createdTimeRange=2021-01-02T00:00:00Z,2021-01-02T00:59:59Z";
    let found = value(&fixture.get(&format!("/api/v1/tickets/search?{hour}")));
    assert_eq!((found["count"].clone(), found["data"].as_array().map(Vec::len)), (json!(6), Some(6)));
    let tickets = fixture.desk.records().look(None, "tickets").unwrap();
    for ticket in tickets {
        let contact = ticket["contactId"].as_str().unwrap_or_default();
        assert_eq!(fixture.get(&format!("/api/v1/contacts/{contact}")).status, 200);
    }
}

#[test]
fn every_collection_can_be_filled() {
    let fixture = Fixture::new(&EVERYTHING);
    let names = fixture.desk.records().names();
    for name in names {
        let before = fixture.desk.records().look(None, &name).unwrap();
        fixture.desk.records().fill(None, &name, 10, Vec::new()).unwrap();
        let after = fixture.desk.records().look(None, &name).unwrap();
        assert_eq!(after.len(), before.len() + 10, "{name}");
        let ids: std::collections::BTreeSet<String> = after.iter().map(id).collect();
        assert_eq!(ids.len(), after.len(), "{name}");
    }
}

#[test]
fn comments_are_spread_over_the_tickets() {
    let fixture = Fixture::new(&EVERYTHING);
    let count = |id: &str| value(&fixture.get(&format!("/api/v1/tickets/{id}")))["commentCount"].as_u64().unwrap();
    let ids = fixture.ids("/api/v1/tickets");
    let before: Vec<u64> = ids.iter().map(|id| count(id)).collect();
    fixture.desk.records().fill(None, "comments", 1000, Vec::new()).unwrap();
    assert!(ids.iter().zip(before).all(|(id, before)| count(id) > before + 10));
}

#[test]
fn single_records_and_the_way_back() {
    let fixture = Fixture::new(&EVERYTHING);
    let insert = |record: serde_json::Value| {
        let record = record.as_object().cloned().unwrap();
        fixture.desk.records().insert(None, "tickets", record, fixture.desk.now())
    };
    let given = insert(json!({ "id": "7", "subject": "Given", "contactId": "189200000000051001", "odd": { "a": 1 } }));
    assert_eq!(given.as_deref(), Ok("7"));
    let read = value(&fixture.get("/api/v1/tickets/7"));
    assert_eq!((read["subject"].clone(), read["status"].clone()), (json!("Given"), json!("Open")));
    assert_eq!((read["ticketNumber"].clone(), read["odd"]["a"].clone()), (json!(113), json!(1)));
    assert_eq!(fixture.ids("/api/v1/contacts/189200000000051001/tickets").last().map(String::as_str), Some("7"));
    let made = insert(json!({ "subject": "Made" })).unwrap();
    assert_eq!(fixture.get(&format!("/api/v1/tickets/{made}")).status, 200);
    assert!(insert(json!({ "id": "seven" })).unwrap_err().contains("digits"));
    let unknown = fixture.desk.records().fill(None, "ticket", 1, Vec::new()).unwrap_err();
    assert!(unknown.contains("tickets, threads"), "{unknown}");
    assert!(fixture.desk.records().look(None, "nothing").is_err());
    fixture.send("DELETE", "/api/v1/agents/189200000000042001", None);
    fixture.desk.records().reset();
    assert_eq!(fixture.desk.records().look(None, "tickets").unwrap().len(), 12);
    assert_eq!(fixture.get("/api/v1/agents/189200000000042001").status, 200);
    assert_eq!(insert(json!({ "subject": "Made" })).as_deref(), Ok("189200000001000001"));
}

#[test]
fn what_refers_to_nothing_is_no_model() {
    let fixture = Fixture::new(&EVERYTHING);
    let ids = fixture.ids("/api/v1/contacts");
    assert_eq!(fixture.post("/api/v1/contacts/moveToTrash", &json!({ "contactIds": ids })).status, 204);
    assert!(fixture.desk.records().fill(None, "tickets", 1, Vec::new()).unwrap_err().contains("gone"));
    assert!(fixture.desk.records().fill(None, "tickets", 0, Vec::new()).is_ok());
}

#[test]
#[should_panic(expected = "only organizations, agents")]
fn unknown_collections_are_told() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let desk = crate::MockDesk::start().await.unwrap();
        desk.fill("nothing", 1);
    });
}
