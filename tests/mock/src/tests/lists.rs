//! Lists, their pages, and what they show.

use serde_json::{Value, json};

use super::{EVERYTHING, Fixture, id, value};

#[test]
fn pages_count_from_the_operations_own_first_index() {
    let fixture = Fixture::new(&EVERYTHING);
    let ids = |target: &str| fixture.ids(target);
    let tickets = ids("/api/v1/tickets");
    assert_eq!(tickets.len(), 12);
    assert_eq!(ids("/api/v1/tickets?from=0&limit=2"), tickets[..2]);
    assert_eq!(ids("/api/v1/tickets?from=10&limit=5"), tickets[10..]);
    let accounts = ids("/api/v1/accounts");
    assert_eq!(accounts.len(), 5);
    assert_eq!(ids("/api/v1/accounts?from=1&limit=2"), accounts[..2]);
    assert_eq!(ids("/api/v1/accounts?from=4&limit=5"), accounts[3..]);
    let past = fixture.get("/api/v1/tickets?from=12");
    assert_eq!((past.status, past.body.len(), past.content_type), (204, 0, None));
}

#[test]
fn lists_are_narrowed_sorted_and_show_related_records() {
    let fixture = Fixture::new(&EVERYTHING);
    let list = |target: &str| value(&fixture.get(target))["data"].as_array().cloned().unwrap_or_default();
    let closed = list("/api/v1/tickets?status=Closed&departmentIds=189200000000006903");
    assert_eq!(closed.len(), 2);
    assert!(closed.iter().all(|ticket| ticket["status"] == "Closed"));
    let sorted = list("/api/v1/tickets?sortBy=-createdTime&limit=1");
    assert_eq!(sorted[0]["ticketNumber"], 112);
    let of_contact = list("/api/v1/contacts/189200000000051001/tickets");
    assert!(of_contact.iter().all(|ticket| ticket["contactId"] == "189200000000051001"));
    assert_eq!(of_contact.len(), 3);
    assert_eq!(list("/api/v1/departments/189200000000006902/agents").len(), 3);
    let shown = value(&fixture.get("/api/v1/tickets/189200000000071001?include=contacts,assignee"));
    assert_eq!(shown["contact"]["lastName"], "Lindgren");
    assert_eq!(shown["assignee"]["email"], "ben.okafor@zylker.example");
}

#[test]
fn the_order_has_a_direction() {
    let fixture = Fixture::new(&EVERYTHING);
    let names = |target: &str| -> Vec<String> {
        fixture.list(target).iter().map(|agent| agent["firstName"].as_str().unwrap_or_default().to_owned()).collect()
    };
    let mut all = names("/api/v1/agents");
    let mut up = names("/api/v1/agents?fieldName=firstName&sortOrder=asc");
    assert!(up.is_sorted() && up.len() > 2);
    up.reverse();
    assert_eq!(names("/api/v1/agents?fieldName=firstName&sortOrder=desc"), up);
    all.reverse();
    assert_eq!(names("/api/v1/agents?sortOrder=desc"), all);
    let times = |target: &str| -> Vec<String> {
        fixture.list(target).iter().map(|entry| entry["executedTime"].to_string()).collect()
    };
    let entries = "/api/v1/tickets/189200000000071001/timeEntry";
    let mut up = times(entries);
    assert!(up.is_sorted() && up.len() > 1);
    assert_eq!(times(&format!("{entries}?orderBy=ASC")), up);
    up.reverse();
    assert_eq!(times(&format!("{entries}?orderBy=DESC")), up);
}

#[test]
fn what_is_made_or_counted_is_sorted_by_too() {
    let fixture = Fixture::new(&EVERYTHING);
    let of = |target: &str, field: &str| -> Vec<Value> {
        fixture.list(target).iter().map(|record| record[field].clone()).collect()
    };
    let mut names = of("/api/v1/agents?fieldName=name", "name");
    assert!(names.len() > 2 && names.is_sorted_by_key(Value::to_string));
    names.reverse();
    assert_eq!(of("/api/v1/agents?fieldName=name&sortOrder=desc", "name"), names);

    let tags = "/api/v1/ticketTags?departmentId=189200000000006901";
    let tagged =
        fixture.post("/api/v1/tickets/189200000000071001/associateTag", &json!({ "tags": ["urgent", "motor"] }));
    assert_eq!(tagged.status, 200);
    let counts = |sort: &str| -> Vec<usize> {
        let tags = fixture.ids(&format!("{tags}&sortBy={sort}"));
        tags.iter().map(|tag| fixture.ids(&format!("/api/v1/tags/{tag}/tickets?limit=50")).len()).collect()
    };
    let mut up = counts("count");
    assert!(up.is_sorted() && up.first() != up.last(), "{up:?}");
    up.reverse();
    assert_eq!(counts("-count"), up);
}

#[test]
fn fields_are_chosen() {
    let fixture = Fixture::new(&EVERYTHING);
    let keys = |target: &str| -> Vec<String> {
        let first = fixture.list(target).remove(0);
        first.as_object().unwrap().keys().cloned().collect()
    };
    assert_eq!(keys("/api/v1/contacts?fields=lastName,email&limit=1"), ["email", "id", "lastName"]);
    assert!(keys("/api/v1/contacts?limit=1").len() > 10);
    let body = json!({ "lastName": "Shelf", "cf": { "cf_shelf": "7", "cf_room": "2" } });
    let made = id(&value(&fixture.post("/api/v1/contacts", &body)));
    let listed = fixture.list("/api/v1/contacts?fields=cf_shelf&sortBy=-createdTime&limit=1").remove(0);
    assert_eq!(listed, json!({ "id": made, "cf": { "cf_shelf": "7" } }));
}

#[test]
fn lists_show_what_their_own_type_declares() {
    let fixture = Fixture::new(&EVERYTHING);
    let listed = &fixture.list("/api/v1/tickets?limit=1")[0];
    assert_eq!(listed.get("description"), None);
    assert_eq!(listed.get("tagIds"), None);
    let read = value(&fixture.get(&format!("/api/v1/tickets/{}", id(listed))));
    assert!(read["description"].as_str().is_some_and(|text| text.contains("Grinder")));
    assert_eq!(read["webUrl"], format!("https://desk.example.com/agent/zylker/all/tickets/details/{}", id(listed)));
}

#[test]
fn lists_by_ids_and_by_parameters_of_other_names() {
    let fixture = Fixture::new(&EVERYTHING);
    let count = |target: &str| fixture.list(target).len();
    assert_eq!(count("/api/v1/contacts/contactsByIds?ids=189200000000051002,189200000000051001,5"), 2);
    assert_eq!(count("/api/v1/departmentsByIds?departmentIds=189200000000006902"), 1);
    assert_eq!(count("/api/v1/tickets?assignee=189200000000042002"), 4);
    assert_eq!(count("/api/v1/tickets?receivedInDays=15"), 9);
    assert_eq!(count("/api/v1/tickets?receivedInDays=-1"), 12);
    assert_eq!(count("/api/v1/products?departmentId=189200000000006903"), 2);
    assert_eq!(count("/api/v1/agents?searchStr=ch"), 1);
    assert_eq!(count("/api/v1/agents?searchStr=ch*"), 1);
    assert_eq!(count("/api/v1/contacts/189200000000051001/accounts?from=1"), 1);
    assert_eq!(count("/api/v1/products/189200000000081002/tickets"), 3);
    assert_eq!(count("/api/v1/tickets/189200000000071001/tasks"), 2);
    assert_eq!(count("/api/v1/tickets/189200000000071001/activities"), 4);
    assert_eq!(count("/api/v1/articles?status=Published&from=1"), 4);
    let statistics = value(&fixture.get("/api/v1/contacts/189200000000051001/statistics"));
    assert_eq!((statistics["totalTickets"].clone(), statistics["closedTickets"].clone()), (json!(3), json!(1)));
    let counted = value(&fixture.get("/api/v1/ticketsCount?departmentId=189200000000006901,189200000000006902"));
    assert_eq!(counted["count"], 9);
    let kinds: Vec<_> = fixture
        .list("/api/v1/tickets/189200000000071001/activities")
        .iter()
        .map(|activity| activity["activityType"].clone())
        .collect();
    assert!(["Tasks", "Calls", "Events"].iter().all(|kind| kinds.contains(&json!(kind))), "{kinds:?}");
}
