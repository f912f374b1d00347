//! A ticket's history: what becomes of it and of what belongs to it.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{EVERYTHING, Fixture, id, value};
use crate::spec;

const TICKET: &str = "/api/v1/tickets/189200000000071001";

/// A server whose spec has the list of a ticket's events, as real clients call it.
fn fixture() -> Fixture {
    let mut spec = (*spec::built_in().unwrap()).clone();
    let event = json!({ "type": "object", "fields": {
        "actor": { "type": "object?", "fields": { "id": "id?", "name": "text?", "type": "text?" } },
        "eventInfo": { "type": "list?", "of": "any" }, "eventTime": "date-time?", "eventName": "text?",
        "source": "text?", "actorInfo": { "type": "list?", "of": "any" }
    } });
    let query = |name: &str, of: &str| json!({ "name": name, "in": "query", "type": of });
    let operation = json!({ "module": "ticket_history", "operation": {
        "id": "list_events_of_ticket", "method": "GET", "path": "/api/v1/tickets/{ticketId}/History",
        "scopes": [["Desk.tickets.READ"]], "risk": "safe", "organization": true, "summary": "",
        "parameters": [
            { "name": "ticketId", "in": "path", "required": true, "type": "id" }, query("from", "integer"),
            query("limit", "integer"), query("fieldName", "text"), query("eventFilter", "text"), query("agentId", "id")
        ],
        "paging": { "first": 0, "maximum": 50, "default": 50, "key": "data" },
        "answers": { "200": { "json": { "type": "object", "fields": { "data": { "type": "list", "of": event } } } }, "204": "empty" }
    } });
    let path = "/api/v1/tickets/{}/History";
    spec.operations.retain(|listed| listed.operation.route() != path);
    spec.operations.push(serde_json::from_value(operation).unwrap());
    Fixture::with(Arc::new(spec), &EVERYTHING)
}

fn names(fixture: &Fixture, query: &str) -> Vec<String> {
    let events = fixture.list(&format!("{TICKET}/History{query}"));
    events.iter().map(|event| event["eventName"].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn every_change_is_told_the_newest_first() {
    let fixture = fixture();
    assert_eq!(names(&fixture, ""), ["TicketCreated"]);
    let moved =
        json!({ "status": "Closed", "assigneeId": "189200000000042003", "dueDate": "2024-06-09T10:00:00.000Z" });
    assert_eq!(fixture.patch(TICKET, &moved).status, 200);
    let comment = value(&fixture.post(&format!("{TICKET}/comments"), &json!({ "content": "Looked at it" })));
    let comment = format!("{TICKET}/comments/{}", id(&comment));
    assert_eq!(fixture.patch(&comment, &json!({ "content": "Looked at it twice" })).status, 200);
    assert_eq!(fixture.send("DELETE", &comment, None).status / 100, 2);
    let reply = json!({ "channel": "EMAIL", "content": "Done", "fromEmailAddress": "support@zylker.example", "to": "maya@harbour-coffee.example" });
    assert_eq!(fixture.post(&format!("{TICKET}/sendReply"), &reply).status, 200);
    let tags = |verb: &str| fixture.post(&format!("{TICKET}/{verb}Tag"), &json!({ "tags": ["motor"] })).status;
    assert_eq!((tags("associate"), tags("dissociate")), (200, 200));
    let trashed = fixture.post("/api/v1/tickets/moveToTrash", &json!({ "ticketIds": ["189200000000071001"] }));
    assert_eq!(trashed.status, 204);
    let restored = fixture.post("/api/v1/recycleBin/restore", &json!({ "ids": ["189200000000071001"] }));
    assert_eq!(restored.status / 100, 2);
    let expected = [
        "TicketRestored",
        "TicketDeleted",
        "TagsRemoved",
        "TagsAdded",
        "ThreadAdded",
        "CommentDeleted",
        "CommentEdited",
        "CommentAdded",
        "TicketUpdated",
        "TicketCreated",
    ];
    assert_eq!(names(&fixture, ""), expected);
    assert_eq!(names(&fixture, "?from=1&limit=2"), expected[1..3]);
    assert_eq!(names(&fixture, "?eventFilter=CommentAdded"), ["CommentAdded"]);
    assert_eq!(names(&fixture, "?fieldName=status"), ["TicketUpdated"]);
    assert_eq!(names(&fixture, "?agentId=189200000000042002"), [""; 0]);
}

#[test]
fn an_event_says_what_changed() {
    let fixture = fixture();
    let changes =
        json!({ "priority": "Low", "assigneeId": "189200000000042003", "subject": "Grinder stops after ten seconds" });
    assert_eq!(fixture.patch(TICKET, &changes).status / 100, 2);
    let event = fixture.list(&format!("{TICKET}/History?limit=1")).remove(0);
    assert_eq!(
        (&event["eventName"], &event["eventTime"]),
        (&json!("TicketUpdated"), &json!("2024-06-01T09:00:00.000Z"))
    );
    assert_eq!((&event["actor"]["type"], event["actor"]["name"].is_string()), (&json!("Agent"), true));
    let told: Vec<(&Value, &Value, &Value)> = event["eventInfo"]
        .as_array()
        .unwrap()
        .iter()
        .map(|told| (&told["propertyName"], &told["propertyType"], &told["propertyValue"]))
        .collect();
    // What stays as it is, is no change.
    let agent = json!({ "id": "189200000000042003", "name": "Chloé Martin", "type": "Agent" });
    let text = json!({ "id": null, "name": "Low", "type": null });
    assert_eq!(told, [(&json!("assigneeId"), &json!("Entity"), &agent), (&json!("priority"), &json!("Text"), &text)]);
    assert_eq!(fixture.patch(TICKET, &changes).status / 100, 2);
    assert_eq!(names(&fixture, "").len(), 2);
}

#[test]
fn drafts_are_told_when_they_are_sent() {
    let fixture = fixture();
    let draft = json!({ "channel": "EMAIL", "content": "Soon", "fromEmailAddress": "support@zylker.example", "to": "maya@harbour-coffee.example" });
    let draft = value(&fixture.post(&format!("{TICKET}/draftReply"), &draft));
    assert_eq!(names(&fixture, ""), ["TicketCreated"]);
    let sent = fixture.send("POST", &format!("{TICKET}/sendDraft?draftThreadId={}", id(&draft)), None);
    assert_eq!(sent.status / 100, 2, "{}", sent.text());
    assert_eq!(names(&fixture, ""), ["ThreadAdded", "TicketCreated"]);
}

#[test]
fn contacts_and_accounts_have_the_histories_of_their_tickets() {
    let fixture = fixture();
    assert_eq!(fixture.patch(TICKET, &json!({ "priority": "Low" })).status, 200);
    for of in
        ["contacts/189200000000051001/history?", "accounts/189200000000061001/history?contactId=189200000000051001&"]
    {
        let history = fixture.list(&format!("/api/v1/{of}limit=50"));
        let first = &history[0];
        assert_eq!((&first["operation"], &first["ticketId"]), (&json!("TicketUpdated"), &json!("189200000000071001")));
        assert_eq!((&first["subject"], &first["priority"]), (&json!("Grinder stops after ten seconds"), &json!("Low")));
        assert!(history.len() > 3 && first["author"]["lastName"].is_string(), "{of}: {history:?}");
    }
    let narrowed = "/api/v1/contacts/189200000000051001/history?departmentId=189200000000006903";
    assert!(fixture.list(narrowed).iter().all(|event| event["departmentId"] == "189200000000006903"));
}
