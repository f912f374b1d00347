//! Calls by name, beside the typed calls that they equal.

use crate::common::{EVERYTHING, builder, client, desk};
use desk_mock::{Fault, MockDesk, Received};
use desk_sdk::agents::{GetAgentProfilePhoto, GetOfflineAgents, UploadMyPhoto};
use desk_sdk::analytics::GetSessionAnalytics;
use desk_sdk::by_name::LARGEST_FILE;
use desk_sdk::contacts::GetContacts;
use desk_sdk::knowledge_base::CreateArticle;
use desk_sdk::tickets::{
    CreateTicket, CreateTicketAttachment, DeleteTicket, GetAgentsTicketsCount, GetTicket, GetTickets, MoveTicket,
    UpdateTicket,
};
use desk_sdk::types::{TicketContactInput, TicketFilterInput, TicketInclude, TicketSortBy};
use desk_sdk::{Client, Error, FilePart, Null, OpenEnum as _, Retry, Risk};
use serde_json::{Map, Value, json};

/// An agent of the local server.
const AGENT: &str = "189200000000042001";

/// The one request that the server got, without what differs from one to the next: the boundary of a form.
fn sent(desk: &MockDesk) -> Value {
    let requests = desk.requests();
    let [request] = &requests[..] else { panic!("one request, not {}", requests.len()) };
    let Received { method, path, query, headers, body, .. } = request;
    let kind = request.header("content-type").unwrap_or_default();
    let boundary = kind.split_once("boundary=").map_or("no boundary", |(_, boundary)| boundary);
    let plain = |text: &str| text.replace(boundary, "…");
    let headers: Vec<_> = headers.iter().map(|(name, value)| (name, plain(value))).collect();
    json!([method, path, query, headers, plain(&String::from_utf8_lossy(body))])
}

/// Makes a typed call, then the same by name, and compares what the server got.
macro_rules! same {
    ($desk:expr, $client:expr, $method:ident($typed:expr), $operation:literal, $arguments:tt) => {{
        let _ = $client.$method($typed).await;
        let typed = sent(&$desk);
        $desk.reset_requests();
        let _ = $client.invoke($operation, json!($arguments)).await;
        assert_eq!(sent(&$desk), typed, "{}", $operation);
        $desk.reset_requests();
    }};
}

#[tokio::test]
async fn the_request_is_that_of_the_typed_call() {
    let desk = desk().await;
    let client = client(&desk, &EVERYTHING);
    same!(desk, client, get_tickets(GetTickets::new()), "get_tickets", null);
    same!(desk, client, get_ticket(GetTicket::new("4000000008001")), "getTicket", { "ticketId": "4000000008001" });
    same!(desk, client, get_ticket(GetTicket::new(7_u64)), "get_ticket", { "ticketId": 7 });
    let list = GetTickets::new()
        .include([TicketInclude::Contacts, TicketInclude::Departments])
        .sort_by(TicketSortBy::CreatedTime.descending())
        .assignee(["Unassigned", "5"])
        .department_ids(["1001", " 1002"])
        .status(["Open", "On Hold & more"])
        .filters(TicketFilterInput::new().mode(["email"]))
        .from(0)
        .limit(5);
    same!(desk, client, get_tickets(list), "get_tickets", {
        "include": ["contacts", "departments"], "sortBy": "-createdTime", "assignee": ["Unassigned", "5"],
        "departmentIds": [1001, " 1002"], "status": ["Open", "On Hold & more"],
        "filters": { "Mode": ["email"] }, "from": 0, "limit": 5.0
    });
    let count = GetAgentsTicketsCount::new().agent_ids(["1", "2"]).department_id("allDepartment");
    same!(desk, client, get_agents_tickets_count(count), "get_agents_tickets_count", {
        "agentIds": ["1", "2"], "departmentId": "allDepartment"
    });
    same!(desk, client, get_offline_agents(GetOfflineAgents::new().department_id(-1_i64)), "get_offline_agents", { "departmentId": -1 });
    let contact = TicketContactInput::new().email("ada@example.com").last_name("Lovelace").field("cf_rank", "1");
    let create = CreateTicket::new()
        .department_id("2")
        .contact_id("1")
        .subject("Käse")
        .contact(contact)
        .field("cf_shelf", json!([7]));
    let create = create.cf(json!({ "cf_any": true }).as_object().cloned());
    same!(desk, client, create_ticket(create.clone()), "create_ticket", {
        "contactId": 1, "departmentId": "2", "subject": "Käse", "cf_shelf": [7], "cf": { "cf_any": true },
        "contact": { "email": "ada@example.com", "lastName": "Lovelace", "cf_rank": "1" }
    });
    same!(desk, client, create_ticket(create), "createTicket", {
        "contactId": 1, "body": { "departmentId": "2", "subject": "Käse", "cf_shelf": [7], "cf": { "cf_any": true },
        "contact": { "email": "ada@example.com", "lastName": "Lovelace", "cf_rank": "1" } }
    });
    let update = UpdateTicket::new("9").priority("High").due_date(Null).entity_skills(Null);
    same!(desk, client, update_ticket(update), "update_ticket", {
        "ticketId": "9", "priority": "High", "dueDate": null, "entitySkills": null
    });
    same!(desk, client, update_ticket(UpdateTicket::new("9")), "update_ticket", { "ticketId": "9" });
    same!(desk, client, delete_ticket(DeleteTicket::new().ticket_ids(["3", "4"])), "delete_ticket", { "ticketIds": ["3", "4"] });
    let move_it = MoveTicket::new("9").department_id("10").department_id_in_body("11");
    same!(desk, client, move_ticket(move_it), "move_ticket", {
        "ticketId": "9", "departmentId": "10", "body": { "departmentId": "11" }
    });
    let article = CreateArticle::new()
        .answer("Off and on")
        .category_id("5")
        .status("Published")
        .title("A title")
        .template_id("77");
    same!(desk, client, create_article(article), "create_article", {
        "answer": "Off and on", "categoryId": "5", "status": "Published", "title": "A title", "templateId": "77"
    });
    let criteria = Map::from_iter([("any".to_owned(), json!([1, null]))]);
    same!(desk, client, get_contacts(GetContacts::new().body(criteria)), "get_contacts", {
        "body": { "any": [1, null] }
    });
    let photo = FilePart::new("face \"1\".png", &b"\x89PNG"[..]).media_type("image/png");
    same!(desk, client, upload_my_photo(UploadMyPhoto::new().user_photo(photo)), "upload_my_photo", {
        "userPhoto": { "name": "face \"1\".png", "base64": "iVBORw==", "media_type": "image/png" }
    });
    let attachment = CreateTicketAttachment::new("9").file(FilePart::new("a.txt", &b"hi"[..])).is_public(true);
    same!(desk, client, create_ticket_attachment(attachment), "create_ticket_attachment", {
        "ticketId": "9", "isPublic": true, "file": { "name": "a.txt", "base64": "aGk" }
    });
    let undocumented = GetSessionAnalytics::new().query("deep", "true").query("department", "5");
    same!(desk, client, get_session_analytics(undocumented), "get_session_analytics_2", {
        "department": 5, "deep": true
    });
    let photo = client.get_agent_profile_photo(GetAgentProfilePhoto::new(AGENT)).await.expect("a photo");
    drop(photo);
    let typed = sent(&desk);
    desk.reset_requests();
    client.invoke("get_agent_profile_photo", json!({ "agentId": AGENT })).await.expect("a photo");
    assert_eq!(sent(&desk), typed);
}

/// What is refused before anything is sent.
async fn refused(client: &Client, operation: &str, arguments: Value) -> Error {
    client.invoke(operation, arguments).await.expect_err("it is refused")
}

#[tokio::test]
async fn unknown_arguments_are_refused_with_what_was_likely_meant() {
    let desk = desk().await;
    let client = client(&desk, &EVERYTHING);
    let cases = [
        ("get_tickets", json!({ "department_ids": ["1"] }), "department_ids", Some("departmentIds")),
        ("get_tickets", json!({ "limti": 5 }), "limti", Some("limit")),
        ("get_tickets", json!({ "sort": "createdTime" }), "sort", Some("sortBy")),
        ("get_tickets", json!({ "page": 2 }), "page", None),
        ("get_tickets", json!({ "body": {} }), "body", None),
        ("get_tickets", json!({ "cf_shelf": "7" }), "cf_shelf", None),
        ("get_tickets", json!({ "filters": { "mode": ["email"] } }), "filters.mode", Some("Mode")),
        ("get_tickets", json!({ "filters": { "cf_shelf": ["7"] } }), "filters.cf_shelf", None),
        ("update_ticket", json!({ "ticketId": "1", "due_date": null }), "due_date", Some("dueDate")),
        (
            "update_ticket",
            json!({ "ticketId": "1", "body": { "Priority": "High" } }),
            "body.Priority",
            Some("priority"),
        ),
        (
            "create_ticket",
            json!({ "contactId": "1", "departmentId": "1", "contact": { "last_name": "x", "email": "y" } }),
            "contact.last_name",
            Some("lastName"),
        ),
    ];
    for (operation, arguments, argument, likely) in cases {
        let error = refused(&client, operation, arguments).await;
        assert_eq!(error.operation(), Some(operation));
        let text = error.to_string();
        let Error::UnknownArgument(unknown) = error else { panic!("{error:?}") };
        assert_eq!((unknown.argument.as_str(), unknown.likely.as_deref()), (argument, likely), "{text}");
        assert!(text.starts_with(&format!("{operation} has no argument {argument:?}; ")), "{text}");
        assert!(text.ends_with("; no request was made") && unknown.known.iter().all(|known| text.contains(known)));
        assert_eq!(likely.is_some(), text.contains("did you mean"), "{text}");
    }
    assert!(desk.requests().is_empty());
}

#[tokio::test]
async fn unknown_operations_are_refused_with_what_was_likely_meant() {
    let desk = desk().await;
    let client = client(&desk, &EVERYTHING);
    for (name, likely) in [("get_tickest", Some("get_tickets")), ("list the weather", None), ("", None)] {
        let error = refused(&client, name, json!({})).await;
        let text = error.to_string();
        let Error::UnknownOperation(unknown) = error else { panic!("{error:?}") };
        assert_eq!((unknown.operation.as_str(), unknown.likely.as_deref()), (name, likely));
        assert_eq!(unknown.known.len(), desk_sdk::operations().count());
        assert!(text.starts_with(&format!("no enabled operation is named {name:?}; ")), "{text}");
    }
    assert!(desk.requests().is_empty());
}

#[tokio::test]
async fn what_the_typed_call_refuses_is_refused_alike() {
    let desk = desk().await;
    let careful = builder(&desk, &EVERYTHING).scopes(["Desk.tickets.READ"]).max_risk(Risk::Write);
    let client = careful.build().expect("a client");
    let by_name = |operation, arguments| refused(&client, operation, arguments);
    let cases = [
        (client.get_tickets(GetTickets::new().limit(101)).await.err(), by_name("get_tickets", json!({ "limit": 101 }))),
        (
            client.get_ticket(GetTicket::new("7/../8")).await.err(),
            by_name("get_ticket", json!({ "ticketId": "7/../8" })),
        ),
        (
            client.get_tickets(GetTickets::new().include(["x"])).await.err(),
            by_name("get_tickets", json!({ "include": ["x"] })),
        ),
        (
            client.get_tickets(GetTickets::new().status(["a,b"])).await.err(),
            by_name("get_tickets", json!({ "status": ["a,b"] })),
        ),
        (
            client.delete_ticket(DeleteTicket::new().ticket_ids(["1"])).await.err(),
            by_name("delete_ticket", json!({ "ticketIds": ["1"] })),
        ),
        (
            client.create_ticket(CreateTicket::new().department_id("2").contact_id("1")).await.err(),
            by_name("create_ticket", json!({ "contactId": "1", "departmentId": "2" })),
        ),
    ];
    for (typed, by_name) in cases {
        assert_eq!(by_name.await.to_string(), typed.expect("it is refused").to_string());
    }
    for (operation, arguments, expected) in [
        ("get_tickets", json!({ "limit": "5" }), "limit must be a whole number, but is \"5\""),
        ("get_tickets", json!({ "limit": null }), "limit must be given a value, or left out, but is null"),
        ("get_ticket", json!({}), "ticketId is required but was not given"),
        ("update_ticket", json!({ "ticketId": "1", "status": {} }), "status must be text, but is {}"),
        (
            "create_ticket",
            json!({ "contactId": null, "departmentId": "1" }),
            "contactId must be an id (digits), because it cannot be cleared, but is null",
        ),
        ("upload_my_photo", json!({ "userPhoto": "/etc/passwd" }), "(paths are not accepted), but is \"/etc/passwd\""),
        ("get_tickets", json!([1]), "arguments must be a JSON object, or null for none, but is [1]"),
    ] {
        let error = refused(&client, operation, arguments).await;
        assert!(matches!(error, Error::InvalidCall(_)) && error.to_string().contains(expected), "{error}");
    }
    assert!(desk.requests().is_empty());
}

#[tokio::test]
async fn answers_are_json_of_their_kind() {
    let desk = desk().await;
    let client = client(&desk, &EVERYTHING);
    let tickets = client.invoke("get_tickets", json!({ "limit": 1 })).await.expect("tickets");
    assert_eq!(*tickets, tickets.json());
    assert_eq!(tickets.meta().credits_spent(), Some(1));
    let id = tickets["data"][0]["id"].clone();
    assert!(id.is_string(), "{id}");
    let changed = client.invoke("update_ticket", json!({ "ticketId": id, "dueDate": null })).await.expect("changed");
    assert_eq!(changed["id"], id);
    let nothing = client.invoke("get_tickets", json!({ "from": 900 })).await.expect("an empty page");
    assert_eq!((nothing.meta().status(), &*nothing), (204, &Value::Null));
    let deleted = client.invoke("delete_ticket", json!({ "ticketIds": [id] })).await.expect("moved to the bin");
    assert_eq!(*deleted, Value::Null);

    desk.fault("get_tickets", Fault::Html(200));
    let error = refused(&client, "get_tickets", json!({})).await;
    assert!(matches!(&error, Error::Decode { operation: "get_tickets", status: 200, .. }), "{error:?}");
    desk.fault("get_ticket", Fault::Status(404));
    let error = refused(&client, "get_ticket", json!({ "ticketId": "1" })).await;
    assert_eq!(error.api().map(|refused| refused.status), Some(404));
}

#[tokio::test]
async fn files_come_in_base64_up_to_a_size() {
    let desk = desk().await;
    let client = client(&desk, &EVERYTHING);
    let photo = || client.invoke("get_agent_profile_photo", json!({ "agentId": AGENT }));
    desk.set_download_size(4);
    let file = photo().await.expect("a file");
    assert_eq!(*file, json!({ "media_type": "application/octet-stream", "size": 4, "base64": "AAECAw==" }));
    assert_eq!(file.raw().as_ref(), [0, 1, 2, 3]);
    desk.set_download_size(LARGEST_FILE);
    assert_eq!(photo().await.expect("just small enough")["size"], LARGEST_FILE);
    desk.set_download_size(LARGEST_FILE + 1);
    let error = photo().await.expect_err("too large");
    assert!(matches!(error, Error::FileTooLarge { limit: LARGEST_FILE, .. }), "{error:?}");
    assert!(error.to_string().contains("the client's method `get_agent_profile_photo`"), "{error}");
}

#[tokio::test]
async fn repetition_is_as_the_caller_says() {
    let desk = desk().await;
    let never_twice = || json!({ "contactId": "1", "departmentId": "2" });
    let client = builder(&desk, &EVERYTHING).build().expect("a client");
    desk.fault("create_ticket", Fault::Status(500));
    let error = refused(&client, "create_ticket", never_twice()).await;
    assert_eq!((error.api().map(|refused| refused.status), desk.requests().len()), (Some(500), 1));
    desk.reset_requests();
    desk.fault("create_ticket", Fault::Status(500));
    let _ = client.invoke("create_ticket", never_twice()).repeatable().await;
    assert_eq!(desk.requests().len(), 2);

    let once = builder(&desk, &EVERYTHING).retry(Retry::never()).build().expect("a client");
    desk.fault("get_tickets", Fault::Delay(std::time::Duration::from_secs(5)));
    let late = once.invoke("get_tickets", json!({})).timeout(std::time::Duration::from_millis(50)).await;
    assert!(matches!(late, Err(Error::Transport { .. })), "{late:?}");
}

/// A program decides which files it reads, so they come beside the arguments.
#[tokio::test]
async fn files_from_disk_come_beside_the_arguments() {
    let desk = desk().await;
    let client = client(&desk, &EVERYTHING);
    let attachment = || FilePart::new("a.txt", &b"hi"[..]);
    let arguments = || json!({ "ticketId": "9", "isPublic": true });
    let _ = client.create_ticket_attachment(CreateTicketAttachment::new("9").file(attachment()).is_public(true)).await;
    let typed = sent(&desk);
    desk.reset_requests();
    let _ = client.invoke("create_ticket_attachment", arguments()).file("file", attachment()).await;
    assert_eq!(sent(&desk), typed);
    desk.reset_requests();
    let error = client.invoke("create_ticket_attachment", arguments()).file("fiel", attachment()).await;
    let error = error.expect_err("it is refused").to_string();
    assert!(error.contains("no argument \"fiel\"") && error.contains("did you mean \"file\""), "{error}");
    assert!(desk.requests().is_empty());
}

#[tokio::test]
async fn files_of_any_size_are_saved_by_name() {
    let desk = desk().await;
    let client = client(&desk, &EVERYTHING);
    desk.set_download_size(LARGEST_FILE + 1);
    let folder = tempfile::tempdir().expect("a folder");
    let photo = client.invoke("get_agent_profile_photo", json!({ "agentId": AGENT })).download().expect("a download");
    let saved = photo.save(folder.path().join("photo")).await.expect("a file");
    assert_eq!(saved, LARGEST_FILE + 1);
    assert!(client.invoke("get_agent_profile_foto", json!({})).download().is_err());
}
