//! Typed calls over real HTTP.

use crate::common::{EVERYTHING, client, desk};
use desk_sdk::agents::{GetAgentProfilePhoto, GetAgents, UploadMyPhoto};
use desk_sdk::analytics::{GetSessionAnalytics, GetSessionAnalytics2};
use desk_sdk::contacts::GetContacts;
use desk_sdk::knowledge_base::CreateArticle;
use desk_sdk::organization::GetDepartments;
use desk_sdk::tickets::{CreateTicket, GetTicket, GetTickets, UpdateTicket};
use desk_sdk::types::{TicketInclude, TicketSortBy};
use desk_sdk::{FilePart, Id, Null, OpenEnum as _};
use serde_json::json;

#[tokio::test]
async fn a_list_is_read_page_by_page_to_its_end() {
    let desk = desk().await;
    let client = client(&desk, &EVERYTHING);
    let mut numbers = Vec::new();
    let mut from = 0;
    loop {
        let page = client.get_tickets(GetTickets::new().from(from).limit(5)).await.expect("a page");
        if page.data.is_empty() {
            assert_eq!(page.meta().status(), 204);
            assert!(page.raw().is_empty());
            break;
        }
        numbers.extend(page.data.iter().filter_map(|ticket| ticket.ticket_number));
        from += 5;
    }
    assert!(numbers.len() >= 12, "{numbers:?}");
    let mut once = numbers.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), numbers.len(), "no ticket comes twice");
}

#[tokio::test]
async fn lists_are_written_with_commas_and_records_as_json() {
    let desk = desk().await;
    let client = client(&desk, &EVERYTHING);
    let call = GetTickets::new()
        .include([TicketInclude::Contacts, TicketInclude::Departments])
        .department_ids(["1001", "1002"])
        .sort_by(TicketSortBy::CreatedTime.descending())
        .status(["Open", "On Hold & more"]);
    let _ = client.get_tickets(call).await.expect("the server takes the call");
    let received = desk.requests().pop().expect("one request");
    assert_eq!(received.query_value("include"), Some("contacts,departments"));
    assert_eq!(received.query_value("departmentIds"), Some("1001,1002"));
    assert_eq!(received.query_value("sortBy"), Some("-createdTime"));
    assert_eq!(received.query_value("status"), Some("Open,On Hold & more"));
    assert_eq!(received.header("orgid"), Some(desk.organization()));
}

#[tokio::test]
async fn a_record_is_created_read_and_changed() {
    let desk = desk().await;
    let client = client(&desk, &EVERYTHING);
    let contacts = client.get_contacts(GetContacts::new()).await.expect("contacts");
    let departments = client.get_departments(GetDepartments::new()).await.expect("departments");
    let (contact, department) = (contacts.data[0].id.clone().expect("id"), departments.data[0].id.clone().expect("id"));

    let new = CreateTicket::new()
        .department_id(&department)
        .contact_id(&contact)
        .subject("Kaput")
        .due_date("2026-12-01T08:00:00.000Z");
    let created = client.create_ticket(new.field("cf", json!({ "cf_shelf": "7" }))).await.expect("created");
    let id = created.id.clone().expect("an id");
    assert_eq!(created.subject.as_deref(), Some("Kaput"));

    let update = UpdateTicket::new(&id).priority("High").due_date(Null);
    let _ = client.update_ticket(update).await.expect("changed");
    let sent = desk.requests().pop().and_then(|request| request.json()).expect("a JSON body");
    assert_eq!(sent, json!({ "priority": "High", "dueDate": null }), "what is not set is not sent");

    let read = client.get_ticket(GetTicket::new(&id)).await.expect("read");
    assert_eq!((read.subject.as_deref(), read.priority.as_deref()), (Some("Kaput"), Some("High")));
    assert_eq!(read.json()["cf"], json!({ "cf_shelf": "7" }));
}

#[tokio::test]
async fn both_names_of_an_alias_make_the_same_request() {
    let desk = desk().await;
    let client = client(&desk, &EVERYTHING);
    let one = client.get_session_analytics(GetSessionAnalytics::new().query("department", "5")).await.expect("one");
    let other =
        client.get_session_analytics_2(GetSessionAnalytics2::new().query("department", "5")).await.expect("other");
    assert_eq!(one.raw(), other.raw());
    let requests = desk.requests();
    let [first, second] = &requests[..] else { panic!("two requests, not {}", requests.len()) };
    assert_eq!((&first.method, &first.path, &first.query), (&second.method, &second.path, &second.query));
    assert_eq!(first.query_value("department"), Some("5"));
}

#[tokio::test]
async fn files_go_up_as_forms_and_come_down_in_pieces() {
    let desk = desk().await;
    let client = client(&desk, &EVERYTHING);
    let photo = FilePart::new("face.png", &b"\x89PNG"[..]).media_type("image/png");
    let _ = client.upload_my_photo(UploadMyPhoto::new().user_photo(photo)).await.expect("uploaded");
    let sent = desk.requests().pop().expect("a request");
    assert!(sent.header("content-type").is_some_and(|kind| kind.starts_with("multipart/form-data; boundary=")));
    let body = String::from_utf8_lossy(&sent.body).into_owned();
    assert!(body.contains("filename=\"face.png\"") && body.contains("image/png"), "{body}");

    let agents = client.get_agents(GetAgents::new()).await.expect("agents");
    let agent = agents.data[0].id.clone().expect("id");
    let mut download = client.get_agent_profile_photo(GetAgentProfilePhoto::new(&agent)).await.expect("a photo");
    assert_eq!(download.media_type(), Some("application/octet-stream"));
    let mut length = 0;
    while let Some(piece) = download.chunk().await.expect("a piece") {
        length += piece.len();
    }
    assert!(length > 0);
}

#[tokio::test]
async fn headers_and_paths_carry_what_was_set() {
    let desk = desk().await;
    let client = client(&desk, &EVERYTHING);
    let article = CreateArticle::new()
        .answer("Turn it off and on")
        .category_id("189200000000108001")
        .status("Published")
        .title("A title")
        .template_id("77");
    client.create_article(article).await.expect("created");
    let sent = desk.requests().pop().expect("a request");
    assert_eq!(sent.header("templateid"), Some("77"));

    // A value cannot leave its place in the path.
    desk.reset_requests();
    let refused = client.get_ticket(GetTicket::new(Id::from("7/../8"))).await.expect_err("no digits");
    assert!(refused.to_string().contains("ticketId must be an id (digits), but is \"7/../8\""), "{refused}");
    assert!(desk.requests().is_empty());
}

#[tokio::test]
async fn every_answer_tells_its_cost() {
    let desk = desk().await;
    let client = client(&desk, &EVERYTHING);
    let first = client.get_tickets(GetTickets::new()).await.expect("tickets");
    let second = client.get_tickets(GetTickets::new()).await.expect("tickets");
    assert_eq!(first.meta().credits_spent(), Some(1));
    assert!(first.meta().credits_left() > second.meta().credits_left());
}
