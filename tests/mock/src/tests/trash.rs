//! The recycle bin, and changes of several records.

use serde_json::json;

use super::{EVERYTHING, Fixture, error, fault, faults, id, refused, value};

const TICKET: &str = "189200000000071001";

#[test]
fn trashed_records_are_gone_until_they_are_restored() {
    let fixture = Fixture::new(&EVERYTHING);
    let path = format!("/api/v1/tickets/{TICKET}");
    let count = || value(&fixture.get("/api/v1/ticketsCount"))["count"].clone();
    assert_eq!((count(), fixture.get("/api/v1/recycleBin").status), (json!(12), 200));
    assert_eq!(fixture.post("/api/v1/tickets/moveToTrash", &json!({ "ticketIds": [TICKET] })).status, 204);
    assert_eq!(refused(&fixture.get(&path)), error(404, "URL_NOT_FOUND"));
    assert_eq!(fixture.get(&format!("{path}/comments")).status, 404);
    assert_eq!(fixture.patch(&path, &json!({ "subject": "x" })).status, 404);
    assert!(!fixture.ids("/api/v1/tickets").contains(&TICKET.to_owned()));
    assert!(!fixture.ids("/api/v1/contacts/189200000000051001/tickets").contains(&TICKET.to_owned()));
    assert_eq!(fixture.get("/api/v1/tickets/search?subject=grinder").status, 204);
    assert_eq!(count(), 11);
    let bin = fixture.list("/api/v1/recycleBin?include=deletedBy");
    assert_eq!(bin.len(), 1);
    assert_eq!((id(&bin[0]), bin[0]["type"].clone()), (TICKET.to_owned(), json!("tickets")));
    assert_eq!(bin[0]["displayName"], "Grinder stops after ten seconds");
    assert_eq!(bin[0]["deletedTime"], "2024-06-01T09:00:00.000Z");
    assert!(fixture.list("/api/v1/recycleBin?module=contacts").is_empty());
    let again = fixture.post("/api/v1/tickets/moveToTrash", &json!({ "ticketIds": [TICKET] }));
    assert_eq!(faults(&again), [fault("/ticketIds/0", "invalid")]);

    let restored = value(&fixture.post("/api/v1/recycleBin/restore", &json!({ "ids": [TICKET, "5"] })));
    let outcome = |at: usize| (restored["results"][at]["id"].clone(), restored["results"][at]["success"].clone());
    assert_eq!((outcome(0), outcome(1)), ((json!(TICKET), json!(true)), (json!("5"), json!(false))));
    assert_eq!((fixture.get(&path).status, count()), (200, json!(12)));
    assert!(fixture.list("/api/v1/recycleBin").is_empty());
}

#[test]
fn what_belongs_to_a_trashed_record_is_not_shown_elsewhere() {
    let fixture = Fixture::new(&EVERYTHING);
    let of_ticket = fixture.list(&format!("/api/v1/tickets/{TICKET}/timeEntry"));
    let agent = of_ticket[0]["ownerId"].as_str().unwrap().to_owned();
    let of_agent = || fixture.ids(&format!("/api/v1/agents/{agent}/timeEntry?limit=50"));
    let all = of_agent();
    assert!(all.contains(&id(&of_ticket[0])));
    fixture.post("/api/v1/tickets/moveToTrash", &json!({ "ticketIds": [TICKET] }));
    let left = of_agent();
    assert!(left.len() < all.len() && !left.contains(&id(&of_ticket[0])));
    let read = || fixture.get(&format!("/api/v1/agents/{agent}/timeEntry/{}", id(&of_ticket[0]))).status;
    assert_eq!(read(), 404);
    fixture.post("/api/v1/recycleBin/restore", &json!({ "ids": [TICKET] }));
    assert_eq!((of_agent(), read()), (all, 200));
}

#[test]
fn what_is_deleted_in_the_bin_is_gone_for_good() {
    let fixture = Fixture::new(&EVERYTHING);
    fixture.post("/api/v1/tickets/moveToTrash", &json!({ "ticketIds": [TICKET] }));
    fixture
        .post("/api/v1/contacts/moveToTrash", &json!({ "contactIds": ["189200000000051005", "189200000000051006"] }));
    assert_eq!(fixture.list("/api/v1/recycleBin").len(), 3);
    let comments = fixture.desk.records().look(None, "comments").unwrap().len();
    let deleted = fixture.post("/api/v1/recycleBin/delete", &json!({ "ids": [TICKET] }));
    assert_eq!(value(&deleted)["results"][0]["success"], true);
    assert!(fixture.desk.records().look(None, "comments").unwrap().len() < comments, "its comments go with it");
    assert_eq!(fixture.send("POST", "/api/v1/recycleBin/restoreAll", None).status, 202);
    assert_eq!((fixture.list("/api/v1/recycleBin").len(), fixture.list("/api/v1/contacts").len()), (0, 6));
    assert_eq!(fixture.get(&format!("/api/v1/tickets/{TICKET}")).status, 404);
    fixture.post("/api/v1/contacts/moveToTrash", &json!({ "contactIds": ["189200000000051005"] }));
    assert_eq!(fixture.send("POST", "/api/v1/recycleBin/deleteAll", None).status, 202);
    assert_eq!((fixture.list("/api/v1/recycleBin").len(), fixture.list("/api/v1/contacts").len()), (0, 5));
}

#[test]
fn each_kind_goes_to_the_bin_by_its_own_route() {
    let fixture = Fixture::new(&EVERYTHING);
    for (kind, key) in [
        ("accounts", "accountIds"),
        ("products", "productIds"),
        ("tasks", "entityIds"),
        ("calls", "entityIds"),
        ("events", "entityIds"),
        ("articles", "ids"),
    ] {
        let records = fixture.desk.records().look(None, kind).unwrap();
        let reply = fixture.post(&format!("/api/v1/{kind}/moveToTrash"), &json!({ key: [id(&records[0])] }));
        assert!(matches!(reply.status, 200 | 204), "{kind}: {}", reply.text());
        assert_eq!(fixture.get(&format!("/api/v1/{kind}/{}", id(&records[0]))).status, 404, "{kind}");
        assert_eq!(fixture.get(&format!("/api/v1/{kind}/{}", id(&records[1]))).status, 200, "{kind}");
    }
    assert_eq!(fixture.list("/api/v1/recycleBin").len(), 5);
    let names = |sort: &str| -> Vec<String> {
        let bin = fixture.list(&format!("/api/v1/recycleBin?sortBy={sort}"));
        bin.iter().map(|record| record["displayName"].as_str().unwrap().to_lowercase()).collect()
    };
    let mut up = names("name");
    assert!(up.is_sorted() && up.len() == 5);
    up.reverse();
    assert_eq!(names("-name"), up);
    let trashed = fixture.list("/api/v1/articleTranslations/trashedTranslations");
    let by =
        |agent: &str| fixture.ids(&format!("/api/v1/articleTranslations/trashedTranslations?deletedBy={agent}")).len();
    assert_eq!((by("189200000000042001"), by("189200000000042002")), (1, 0));
    let restored =
        fixture.post("/api/v1/articleTranslations/trashedTranslations/restore", &json!({ "ids": [id(&trashed[0])] }));
    assert_eq!(value(&restored)["results"][0]["success"], true);
    assert_eq!(fixture.get(&format!("/api/v1/articles/{}", id(&trashed[0]))).status, 200);
}

#[test]
fn several_tickets_are_closed_and_marked_at_once() {
    let fixture = Fixture::new(&EVERYTHING);
    let read = |id: &str| value(&fixture.get(&format!("/api/v1/tickets/{id}?include=isRead")));
    let ids = ["189200000000071001", "189200000000071002"];
    assert_eq!(fixture.post("/api/v1/closeTickets", &json!({ "ids": ids })).status, 200);
    let closed = read(ids[1]);
    assert_eq!((closed["status"].clone(), closed["statusType"].clone()), (json!("Closed"), json!("Closed")));
    assert_eq!(closed["closedTime"], closed["modifiedTime"]);
    let unknown = fixture.post("/api/v1/closeTickets", &json!({ "ids": [ids[0], "7"] }));
    assert_eq!(faults(&unknown), [fault("/ids/1", "invalid")]);
    let many = json!({ "ids": ids, "fieldName": "priority", "fieldValue": "Low", "isCustomField": false });
    assert_eq!(fixture.post("/api/v1/tickets/updateMany", &many).status, 204);
    assert_eq!((read(ids[0])["priority"].clone(), read(ids[1])["priority"].clone()), (json!("Low"), json!("Low")));
    assert_eq!(fixture.post("/api/v1/tickets/markSpam", &json!({ "ids": ids, "isSpam": true })).status, 200);
    assert_eq!(read(ids[0])["isSpam"], true);
    let deleted =
        value(&fixture.post("/api/v1/tickets/deleteSpam", &json!({ "ticketIds": [ids[0], "189200000000071003"] })));
    assert_eq!(
        (deleted["results"][0]["success"].clone(), deleted["results"][1]["success"].clone()),
        (json!(true), json!(false))
    );
    let department = read(ids[1])["departmentId"].clone();
    assert_eq!(fixture.post("/api/v1/tickets/emptySpam", &json!({ "departmentId": department })).status, 202);
    assert_eq!(fixture.get(&format!("/api/v1/tickets/{}", ids[1])).status, 404);
    let left = fixture.ids("/api/v1/tickets");
    assert_eq!(left.len(), 10);
    assert_eq!(fixture.send("POST", &format!("/api/v1/tickets/{}/markAsRead", left[0]), None).status, 200);
    assert_eq!(read(&left[0])["isRead"], true);
    assert_eq!(fixture.send("POST", &format!("/api/v1/tickets/{}/markAsUnRead", left[0]), None).status, 204);
    assert_eq!(read(&left[0])["isRead"], false);
}

#[test]
fn agents_departments_and_teams() {
    let fixture = Fixture::new(&EVERYTHING);
    let count = |query: &str| value(&fixture.get(&format!("/api/v1/agents/count{query}")))["count"].clone();
    assert_eq!((count(""), count("?status=ACTIVE")), (json!(4), json!(3)));
    assert_eq!(fixture.post("/api/v1/agents/activate", &json!({ "agentIds": ["189200000000042004"] })).status, 204);
    assert_eq!(count("?status=ACTIVE"), 4);
    assert_eq!(fixture.send("POST", "/api/v1/agents/189200000000042001/deactivate", None).status, 204);
    let counts = value(&fixture.get("/api/v1/agents/allCounts"));
    assert_eq!((counts["allAgents"].clone(), counts["deactivatedAgents"].clone()), (json!(4), json!(1)));
    let by_email = value(&fixture.get("/api/v1/agents/email/ben.okafor@zylker.example"));
    assert_eq!((id(&by_email), by_email["name"].clone()), ("189200000000042002".to_owned(), json!("Ben Okafor")));
    assert_eq!(id(&value(&fixture.get("/api/v1/agents/zuid/700100202"))), "189200000000042003");
    assert_eq!(fixture.get("/api/v1/agents/email/nobody@zylker.example").status, 204);
    assert_eq!(id(&value(&fixture.get("/api/v1/myinfo"))), "189200000000042001");
    assert_eq!(fixture.ids("/api/v1/agentsByIds?agentIds=189200000000042003,189200000000042001").len(), 2);
    let exists = |name: &str| value(&fixture.get(&format!("/api/v1/departments/checkExists?departmentName={name}")));
    assert_eq!(
        (exists("Sales")["isDepartmentNameExist"].clone(), exists("Salt")["isDepartmentNameExist"].clone()),
        (json!(true), json!(false))
    );
    let department = "/api/v1/departments/189200000000006903";
    assert_eq!(fixture.send("POST", &format!("{department}/enable"), None).status, 204);
    assert_eq!(value(&fixture.get(department))["isEnabled"], true);
    let members = value(&fixture.get("/api/v1/teams/189200000000021001/members"));
    assert_eq!(members["members"].as_array().map(Vec::len), Some(2));
    let teams = value(&fixture.get("/api/v1/departments/189200000000006901/teams"));
    assert_eq!(teams["teams"].as_array().map(Vec::len), Some(2));
}
