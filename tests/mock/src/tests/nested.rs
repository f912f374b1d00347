//! Records that belong to others.

use serde_json::json;

use super::{EVERYTHING, Fixture, error, id, refused, value};

const TICKET: &str = "/api/v1/tickets/189200000000071001";
const OTHER: &str = "/api/v1/tickets/189200000000071002";

#[test]
fn comments_belong_to_one_ticket() {
    let fixture = Fixture::new(&EVERYTHING);
    let before = fixture.list(&format!("{TICKET}/comments")).len();
    assert!(before > 0);
    let sent = json!({ "content": "Looked into it", "isPublic": true });
    let created = value(&fixture.post(&format!("{TICKET}/comments"), &sent));
    assert_eq!(created["content"], "Looked into it");
    assert_eq!(created["commenter"]["lastName"], "Rao");
    assert_eq!(created["commenter"]["type"], "AGENT");
    let path = format!("comments/{}", id(&created));
    assert_eq!(fixture.list(&format!("{TICKET}/comments")).len(), before + 1);
    assert_eq!(value(&fixture.get(&format!("{TICKET}/{path}")))["isPublic"], true);
    assert_eq!(value(&fixture.get(TICKET))["commentCount"], before + 1);
    let elsewhere = fixture.get(&format!("{OTHER}/{path}"));
    assert_eq!(refused(&elsewhere), error(404, "URL_NOT_FOUND"));
    assert_eq!(fixture.send("DELETE", &format!("{OTHER}/{path}"), None).status, 404);
    let changed = fixture.patch(&format!("{TICKET}/{path}"), &json!({ "content": "Done" }));
    assert_eq!((value(&changed)["content"].clone(), value(&changed)["isPublic"].clone()), (json!("Done"), json!(true)));
    assert_eq!(fixture.send("DELETE", &format!("{TICKET}/{path}"), None).status, 200);
    assert_eq!(fixture.get(&format!("{TICKET}/{path}")).status, 404);
    assert_eq!(value(&fixture.get(TICKET))["commentCount"], before);
}

#[test]
fn the_same_kind_under_other_parents() {
    let fixture = Fixture::new(&EVERYTHING);
    for parent in [
        "contacts/189200000000051001",
        "accounts/189200000000061001",
        "tasks/189200000000103001",
        "calls/189200000000104001",
        "events/189200000000105001",
    ] {
        let path = format!("/api/v1/{parent}/comments");
        let created = fixture.post(&path, &json!({ "content": "Noted" }));
        assert_eq!(created.status, 200, "{path}: {}", created.text());
        let list = fixture.list(&path);
        assert_eq!(list.last().map(id), Some(id(&value(&created))), "{path}");
        let item = format!("{path}/{}", id(&value(&created)));
        let changed = fixture.send("PUT", &item, Some(&json!({ "content": "Noted twice" })));
        assert_eq!(value(&changed)["content"], "Noted twice", "{item}");
    }
}

#[test]
fn an_unknown_parent_is_not_found_by_any_route_below_it() {
    let fixture = Fixture::new(&EVERYTHING);
    for path in ["comments", "threads", "followers", "metrics", "tasks", "conversations", "latestThread", "history"] {
        let reply = fixture.get(&format!("/api/v1/tickets/1/{path}"));
        assert_eq!(refused(&reply), error(404, "URL_NOT_FOUND"), "{path}");
    }
    assert_eq!(fixture.get(&format!("{TICKET}/followers")).status, 200);
    assert_eq!(fixture.post("/api/v1/tickets/1/comments", &json!({ "content": "x" })).status, 404);
    assert_eq!(fixture.get("/api/v1/accounts/189200000000071001/contacts").status, 404);
}

#[test]
fn a_reply_is_a_thread() {
    let fixture = Fixture::new(&EVERYTHING);
    let threads = fixture.list(&format!("{TICKET}/threads"));
    assert_eq!(value(&fixture.get(TICKET))["threadCount"], threads.len());
    assert_eq!(threads[0]["author"]["type"], "END_USER");
    assert_eq!(threads[0]["author"]["email"], "maya@harbour-coffee.example");
    let sent = json!({
        "channel": "EMAIL", "content": "Please send a photo.", "fromEmailAddress": "support@zylker.example",
        "to": "maya@harbour-coffee.example", "contentType": "plainText"
    });
    let created = value(&fixture.post(&format!("{TICKET}/sendReply"), &sent));
    assert_eq!((created["direction"].clone(), created["content"].clone()), (json!("out"), sent["content"].clone()));
    assert_eq!(created["author"]["lastName"], "Rao");
    assert_eq!(id(&value(&fixture.get(&format!("{TICKET}/latestThread")))), id(&created));
    assert_eq!(fixture.list(&format!("{TICKET}/threads")).len(), threads.len() + 1);
    assert_eq!(value(&fixture.get(TICKET))["threadCount"], threads.len() + 1);
    let conversation = fixture.list(&format!("{TICKET}/conversations"));
    let comments = fixture.list(&format!("{TICKET}/comments")).len();
    assert_eq!(conversation.len(), threads.len() + 1 + comments);
    assert_eq!((id(&conversation[0]), conversation[0]["type"].clone()), (id(&created), json!("thread")));
    assert!(conversation.iter().any(|entry| entry["type"] == "comment"));
}

#[test]
fn a_draft_is_sent() {
    let fixture = Fixture::new(&EVERYTHING);
    let sent = json!({ "channel": "EMAIL", "content": "Draft", "fromEmailAddress": "support@zylker.example" });
    let draft = value(&fixture.post(&format!("{TICKET}/draftReply"), &sent));
    let path = format!("{TICKET}/threads/{}", id(&draft));
    assert_eq!(value(&fixture.get(&path))["status"], "DRAFT");
    let changed = fixture
        .patch(&format!("{TICKET}/draftReply/{}", id(&draft)), &json!({ "channel": "EMAIL", "content": "Better" }));
    assert_eq!(value(&changed)["content"], "Better");
    let reply = fixture.send("POST", &format!("{TICKET}/sendDraft?draftThreadId={}", id(&draft)), None);
    assert_eq!((reply.status, value(&reply)["id"].clone()), (200, draft["id"].clone()));
    assert_eq!(value(&fixture.get(&path))["status"], "SUCCESS");
    assert_eq!(fixture.send("POST", &format!("{TICKET}/sendDraft?draftThreadId=1"), None).status, 422);
}

#[test]
fn time_entries_of_tickets_tasks_agents_and_customers() {
    let fixture = Fixture::new(&EVERYTHING);
    let sent =
        json!({ "executedTime": "2024-05-20T10:00:00.000Z", "minutesSpent": 5, "ownerId": "189200000000042003" });
    let created = value(&fixture.post(&format!("{TICKET}/timeEntry"), &sent));
    assert_eq!(created["minutesSpent"], 5);
    assert_eq!(created["parent"]["ticketNumber"], 101);
    assert_eq!(created["departmentId"], "189200000000006901");
    let has = |path: &str| fixture.ids(path).contains(&id(&created));
    assert!(has(&format!("{TICKET}/timeEntry")));
    assert!(has("/api/v1/agents/189200000000042003/timeEntry"));
    assert!(has("/api/v1/contacts/189200000000051001/timeEntry"));
    assert!(has("/api/v1/accounts/189200000000061001/timeEntry"));
    assert!(!has("/api/v1/agents/189200000000042001/timeEntry"));
    assert!(!has(&format!("{OTHER}/timeEntry")));
    let item = format!("{TICKET}/timeEntry/{}", id(&created));
    let changed = fixture.send("PUT", &item, Some(&json!({ "minutesSpent": 7 })));
    assert_eq!(value(&changed)["minutesSpent"], 7);
    assert_eq!(fixture.send("DELETE", &item, None).status, 200);
    assert_eq!(fixture.get(&item).status, 404);
    let task = "/api/v1/tasks/189200000000103001/timeEntry";
    let of_task = value(&fixture.post(task, &sent));
    assert_eq!(fixture.list(task).len(), 2);
    assert_eq!(fixture.get(&format!("{TICKET}/timeEntry/{}", id(&of_task))).status, 404);
}

#[test]
fn files_become_attachments_with_their_names_and_sizes() {
    let fixture = Fixture::new(&EVERYTHING);
    let path = format!("{TICKET}/attachments");
    let created = value(&fixture.upload(&format!("{path}?isPublic=true"), "file", "plan.txt", "hello"));
    assert_eq!((created["name"].clone(), created["size"].clone()), (json!("plan.txt"), json!(5)));
    assert_eq!(created["isPublic"], true);
    assert!(fixture.ids(&format!("{path}?isPublic=true")).contains(&id(&created)));
    assert!(!fixture.ids(&format!("{path}?isPublic=false")).contains(&id(&created)));
    let item = format!("{path}/{}", id(&created));
    assert_eq!(fixture.patch(&item, &json!({ "isPublic": false })).status, 200);
    assert!(fixture.ids(&format!("{path}?isPublic=false")).contains(&id(&created)));
    assert_eq!(fixture.send("DELETE", &item, None).status, 200);
    assert_eq!(fixture.send("DELETE", &item, None).status, 404);
    let upload = value(&fixture.upload("/api/v1/uploads", "file", "scan.pdf", "abc"));
    let with = json!({
        "subject": "x", "contactId": "189200000000051001", "departmentId": "189200000000006901", "uploads": [id(&upload)]
    });
    assert_eq!(fixture.post("/api/v1/tickets", &with).status, 200);
    assert_eq!(fixture.upload(&path, "other", "scan.pdf", "abc").status, 422);
}

#[test]
fn tags_are_made_when_they_are_new() {
    let fixture = Fixture::new(&EVERYTHING);
    let names = |path: &str| -> Vec<String> {
        let value = value(&fixture.get(path));
        let tags = value["tags"].as_array().cloned().unwrap_or_default();
        tags.iter().map(|tag| tag["name"].as_str().unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(names(&format!("{TICKET}/tags")), ["warranty", "urgent"]);
    let linked = fixture.post(&format!("{TICKET}/associateTag"), &json!({ "tags": ["Urgent", "motor"] }));
    assert_eq!(value(&linked)["data"].as_array().map(Vec::len), Some(2), "{}", linked.text());
    assert_eq!(names(&format!("{TICKET}/tags")), ["warranty", "urgent", "motor"]);
    assert_eq!(value(&fixture.get(TICKET))["tagCount"], 3);
    let motor = fixture.list("/api/v1/tags/search?departmentId=189200000000006901&searchVal=mot");
    assert_eq!(fixture.ids(&format!("/api/v1/tags/{}/tickets", id(&motor[0]))), ["189200000000071001"]);
    assert_eq!(fixture.post(&format!("{TICKET}/dissociateTag"), &json!({ "tags": ["warranty"] })).status, 200);
    assert_eq!(names(&format!("{TICKET}/tags")), ["urgent", "motor"]);
    let tags = fixture.list("/api/v1/ticketTags?departmentId=189200000000006901");
    let warranty = tags.iter().find(|tag| tag["name"] == "warranty").unwrap();
    assert_eq!(warranty["ticketCount"], 1);
}

#[test]
fn both_ends_of_a_list_agree() {
    let fixture = Fixture::new(&EVERYTHING);
    let agents = |department: &str| fixture.ids(&format!("/api/v1/departments/{department}/agents"));
    let held = |department: &str| {
        value(&fixture.get(&format!("/api/v1/departments/{department}")))["associatedAgentIds"].clone()
    };
    let (support, returns) = ("189200000000006901", "189200000000006903");
    assert!(!agents(support).contains(&"189200000000042004".to_owned()));
    let both = json!({ "agentIds": ["189200000000042004"] });
    assert_eq!(fixture.post(&format!("/api/v1/departments/{support}/associateAgents"), &both).status, 204);
    assert_eq!(json!(agents(support)), held(support));
    assert_eq!(fixture.post(&format!("/api/v1/departments/{returns}/dissociateAgents"), &both).status, 204);
    assert_eq!((json!(agents(returns)), held(returns)), (json!(["189200000000042001"]), json!(["189200000000042001"])));
    let moved = json!({ "associatedAgentIds": ["189200000000042002"] });
    assert_eq!(fixture.patch(&format!("/api/v1/departments/{returns}"), &moved).status, 200);
    assert_eq!(agents(returns), ["189200000000042002"]);
    let created =
        fixture.post("/api/v1/departments", &json!({ "name": "New", "associatedAgentIds": ["189200000000042001"] }));
    assert_eq!(agents(&id(&value(&created))), ["189200000000042001"]);
    assert_eq!(fixture.send("DELETE", "/api/v1/agents/189200000000042002", None).status, 204);
    assert_eq!((agents(returns), held(returns)), (Vec::new(), json!([])));
}

#[test]
fn products_are_linked_to_a_customer_and_taken_back() {
    let fixture = Fixture::new(&EVERYTHING);
    let (kit, contact) = ("189200000000081005", "189200000000051005");
    let products = || fixture.ids(&format!("/api/v1/contacts/{contact}/products"));
    assert!(products().is_empty());
    let with = |associate: bool| json!({ "ids": [kit], "associate": associate });
    let linked = fixture.post(&format!("/api/v1/contacts/{contact}/associateProducts"), &with(true));
    assert_eq!(value(&linked)["results"][0]["success"], true, "{}", linked.text());
    assert_eq!(products(), [kit]);
    assert_eq!(fixture.ids(&format!("/api/v1/products/{kit}/contacts")), [contact]);
    let unknown = fixture
        .post(&format!("/api/v1/contacts/{contact}/associateProducts"), &json!({ "ids": ["5"], "associate": true }));
    assert_eq!(value(&unknown)["results"][0]["success"], false, "{}", unknown.text());
    fixture.post(&format!("/api/v1/contacts/{contact}/associateProducts"), &with(false));
    assert!(products().is_empty());
    let accounts = json!({ "ids": ["189200000000061005"], "associate": true });
    assert_eq!(fixture.post(&format!("/api/v1/products/{kit}/associateAccounts"), &accounts).status, 200);
    assert_eq!(fixture.ids(&format!("/api/v1/products/{kit}/accounts?from=1")), ["189200000000061005"]);
}
