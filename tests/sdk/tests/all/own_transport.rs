//! Transports of one's own, and the fake Desk that is one: all of the client stays in the way.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::common::{EVERYTHING, builder, desk};
use desk_mock::Fault;
use desk_sdk::agents::GetAgentProfilePhoto;
use desk_sdk::contacts::GetContacts;
use desk_sdk::testing::{FakeDesk, Reply};
use desk_sdk::tickets::{CreateTicket, CreateTicketAttachment, DeleteTicket, GetTicket, GetTickets, UpdateTicket};
use desk_sdk::transport::{Body, BoxFuture, Transport, TransportError};
use desk_sdk::{
    Answer, ApiError, Client, Download, Endpoint as _, Error, FieldError, FilePart, Meta, Method, Operation, Retry,
    Risk, ScopeCheck, http, types,
};
use futures_util::stream::{self, StreamExt as _};
use serde_json::json;

/// Hands requests on to HTTP, and remembers their operations.
#[derive(Clone, Debug, Default)]
struct Watching {
    http: reqwest::Client,
    seen: Arc<Mutex<Vec<&'static str>>>,
}

impl Transport for Watching {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let operation = request.extensions().get::<&'static Operation>().expect("the operation");
        self.seen.lock().expect("operations").push(operation.id);
        self.http.send(request)
    }
}

#[tokio::test]
async fn a_transport_hands_everything_on_to_http() {
    let desk = desk().await;
    let watching = Watching::default();
    let client = builder(&desk, &EVERYTHING).transport(watching.clone()).build().expect("a client");
    let tickets = client.get_tickets(GetTickets::new().limit(5)).await.expect("tickets");
    assert_eq!(tickets.data.len(), 5);
    assert_eq!(tickets.meta().credits_spent(), Some(1), "headers come through");
    let ticket = tickets.data[0].id.clone().expect("an id");
    let file = FilePart::new("notes.txt", "some notes").media_type("text/plain");
    client.create_ticket_attachment(CreateTicketAttachment::new(&ticket).file(file)).await.expect("an upload");
    let sent = desk.requests().pop().expect("a request");
    assert!(String::from_utf8_lossy(&sent.body).contains("some notes"));
    assert!(sent.header("content-length").is_some(), "the size of a form from memory is known");
    let agents = client.get_agents(desk_sdk::agents::GetAgents::new()).await.expect("agents");
    let photo = GetAgentProfilePhoto::new(agents.data[0].id.as_ref().expect("an id"));
    let download = client.get_agent_profile_photo(photo).await.expect("a photo");
    let size = download.size();
    assert_eq!(u64::try_from(download.bytes().await.expect("all of it").len()).ok(), size);
    desk.fault("get_contacts", Fault::Reset);
    client.get_contacts(GetContacts::new()).await.expect("the second attempt");
    let seen = watching.seen.lock().expect("operations").clone();
    let expected = [
        "get_tickets",
        "create_ticket_attachment",
        "get_agents",
        "get_agent_profile_photo",
        "get_contacts",
        "get_contacts",
    ];
    assert_eq!(seen, expected);
}

#[tokio::test]
async fn what_is_not_there_is_no_connection_through_a_transport_too() {
    let client = Client::builder().access_token("x").organization("1").base_url("http://127.0.0.1:1");
    let client = client.transport(reqwest::Client::new()).retry(Retry::never()).build().expect("a client");
    let error = client.update_ticket(UpdateTicket::new("7").subject("x")).await.expect_err("nobody is there");
    let Error::Transport { source, .. } = &error else { panic!("{error}") };
    assert!(source.is_connect() && source.get_ref().downcast_ref::<reqwest::Error>().is_some());
    assert!(error.is_transient() && !error.may_have_been_made());
}

#[tokio::test]
async fn answers_come_in_their_order_and_requests_are_kept() {
    let desk = FakeDesk::new();
    let mut ticket = types::Ticket::default();
    ticket.subject = Some("Kaput".into());
    desk.on("get_ticket", Reply::json(&ticket)).on("get_ticket", json!({ "subject": "Mended" }));
    desk.on("create_ticket", json!({ "id": "9" }));
    let client = desk.client();
    for expected in ["Kaput", "Mended", "Mended", "Other"] {
        if expected == "Other" {
            desk.on("get_ticket", json!({ "subject": "Other" }));
        }
        let read = client.get_ticket(GetTicket::new("7")).await.expect("a ticket");
        assert_eq!(read.subject.as_deref(), Some(expected));
    }
    let new = CreateTicket::new().department_id("1").subject("Kaput").contact_id("2");
    assert_eq!(client.create_ticket(new).await.expect("created").id.as_ref().map(|id| id.as_str()), Some("9"));
    let requests = desk.requests();
    assert_eq!(requests.len(), 5);
    let sent = &desk.requests_for("create_ticket")[0];
    assert_eq!((sent.method.as_str(), sent.path.as_str()), ("POST", "/api/v1/tickets"));
    assert_eq!(sent.json(), json!({ "departmentId": "1", "subject": "Kaput", "contactId": "2" }));
    assert_eq!(sent.header("orgId"), Some("1"));
    assert!(!format!("{sent:?}").contains("token-of-a-test"));

    desk.on("get_tickets", Reply::empty());
    let none = client.get_tickets(GetTickets::new().limit(5).status(["Open"])).await.expect("none");
    assert!(none.data.is_empty() && none.meta().status() == 204);
    let asked = &desk.requests_for("get_tickets")[0];
    assert_eq!((asked.query_value("limit"), asked.query_value("status")), (Some("5"), Some("Open")));
}

#[tokio::test]
async fn a_call_without_an_answer_fails_once_and_says_what_there_is() {
    let desk = FakeDesk::new();
    desk.on("get_tickt", json!({}));
    let error = desk.client().get_ticket(GetTicket::new("7")).await.expect_err("it is misspelt");
    assert!(error.to_string().contains("no answer for get_ticket; it has answers for: get_tickt"), "{error}");
    assert_eq!(desk.requests().len(), 1, "it is not repeated");
    assert!(!error.is_transient());
}

#[tokio::test]
async fn refusals_are_read_as_from_desk() {
    let desk = FakeDesk::new();
    let field = FieldError { field: "/subject".into(), kind: "invalid".into(), message: "too long".into() };
    let refusal = ApiError::new("update_ticket", 422).code("INVALID_DATA").message("no").field_error(field.clone());
    desk.on("update_ticket", refusal);
    desk.on("get_ticket", ApiError::new("get_ticket", 403).code("SCOPE_MISMATCH"));
    let client = desk.client();
    let error = client.update_ticket(UpdateTicket::new("7").subject("x")).await.expect_err("refused");
    let refused = error.api().expect("by Desk");
    assert_eq!((refused.status, refused.code.as_str(), &refused.errors[..]), (422, "INVALID_DATA", &[field][..]));
    let error = client.get_ticket(GetTicket::new("7")).await.expect_err("refused");
    assert!(error.is_missing_scopes() && error.is_forbidden() && error.status() == Some(403));
}

#[tokio::test]
async fn all_checks_stay_in_the_way() {
    let desk = FakeDesk::new();
    let client = desk.builder().scopes(["Desk.tickets.READ"]).max_risk(Risk::Write).build().expect("a client");
    let scopes = client.update_ticket(UpdateTicket::new("7").subject("x")).await.expect_err("a scope is missing");
    assert!(scopes.is_missing_scopes() && !scopes.may_have_been_made());
    let risk = client.delete_ticket(DeleteTicket::new().ticket_ids(["7"])).await.expect_err("too much risk");
    assert!(matches!(risk, Error::RiskNotAllowed { .. }));
    let rule = client.get_tickets(GetTickets::new().limit(1000)).await.expect_err("too many");
    assert!(matches!(rule, Error::InvalidCall(_)));
    assert!(desk.requests().is_empty());
    desk.on("get_ticket", json!({ "isSpam": "perhaps" }));
    let unread = client.get_ticket(GetTicket::new("7")).await.expect_err("no truth value");
    assert!(matches!(unread, Error::Decode { status: 200, .. }), "{unread}");
    let warned = desk.builder().scopes(["Desk.basic.READ"]).scope_check(ScopeCheck::Warn).build().expect("a client");
    desk.on("get_tickets", json!({ "data": [] }));
    assert!(warned.get_tickets(GetTickets::new()).await.expect("it goes out").meta().missing_scopes().is_some());
}

#[tokio::test]
async fn what_fails_is_repeated_where_that_is_safe_and_no_pause_takes_time() {
    let desk = FakeDesk::new();
    let busy = ApiError::new("get_ticket", 429).code("TOO_MANY_REQUESTS").retry_after(60);
    desk.on("get_ticket", TransportError::new("lost")).on("get_ticket", busy).on("get_ticket", json!({ "id": "7" }));
    let client = desk.client();
    let began = std::time::Instant::now();
    client.get_ticket(GetTicket::new("7")).await.expect("the third attempt");
    assert!(began.elapsed() < Duration::from_secs(10));
    assert_eq!(desk.requests().len(), 3);

    desk.on("update_ticket", TransportError::new("lost"));
    let error = client.update_ticket(UpdateTicket::new("7").subject("x")).await.expect_err("it may have been made");
    assert!(error.may_have_been_made() && desk.requests_for("update_ticket").len() == 1);
    assert_eq!(error.to_string(), "update_ticket got no answer: lost");

    desk.on("create_ticket", TransportError::new("refused").not_sent()).on("create_ticket", json!({ "id": "9" }));
    client
        .create_ticket(CreateTicket::new().department_id("1").subject("x").contact_id("2"))
        .await
        .expect("the second attempt");
    assert_eq!(desk.requests_for("create_ticket").len(), 2);
}

#[tokio::test]
async fn timeouts_hold_for_a_transport() {
    let desk = FakeDesk::new();
    desk.on("get_ticket", Reply::empty().after(Duration::from_secs(30)));
    let client = desk.builder().retry(Retry::never()).build().expect("a client");
    let late = client.get_ticket(GetTicket::new("7")).timeout(Duration::from_millis(5)).await.expect_err("late");
    assert!(matches!(late, Error::Transport { .. }) && late.is_timeout(), "{late}");
    let late = client.get_ticket(GetTicket::new("7")).deadline(Duration::from_millis(5)).await.expect_err("late");
    assert!(matches!(late, Error::DeadlineExceeded { .. }) && late.is_timeout(), "{late}");
}

/// Begins each answer at once, and never ends it.
#[derive(Debug)]
struct Endless;

impl Transport for Endless {
    fn send(&self, _: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let start = stream::once(async { Ok::<_, std::io::Error>("{") });
        Box::pin(async { Ok(http::Response::new(Body::wrap_stream(start.chain(stream::pending())))) })
    }
}

#[tokio::test]
async fn timeouts_and_deadlines_hold_for_a_body() {
    let client = Client::builder().access_token("x").organization("1").transport(Endless).retry(Retry::never());
    let client = client.build().expect("a client");
    let brief = Duration::from_millis(5);
    let late = client.get_ticket(GetTicket::new("7")).timeout(brief).await.expect_err("late");
    assert!(matches!(late, Error::Transport { .. }) && late.is_timeout(), "{late}");
    let late = client.get_ticket(GetTicket::new("7")).deadline(brief).await.expect_err("late");
    assert!(matches!(late, Error::DeadlineExceeded { .. }), "{late}");
    let photo = client.get_agent_profile_photo(GetAgentProfilePhoto::new("7")).timeout(Duration::from_millis(100));
    let mut photo = photo.await.expect("it begins");
    assert_eq!(photo.chunk().await.expect("a piece").as_deref(), Some(&b"{"[..]));
    let late = photo.chunk().await.expect_err("late");
    assert!(matches!(late, Error::Transport { .. }) && late.is_timeout(), "{late}");
}

#[tokio::test]
async fn files_go_both_ways() {
    let desk = FakeDesk::new();
    desk.on("create_ticket_attachment", json!({ "id": "5" })).on("get_agent_profile_photo", Reply::file("a face"));
    let client = desk.client();
    let pieces = ["some ", "notes"].map(|piece| Ok(piece.into()));
    let file = FilePart::stream("notes.txt", stream::iter(pieces), None);
    client.create_ticket_attachment(CreateTicketAttachment::new("7").file(file)).await.expect("an upload");
    let sent = &desk.requests_for("create_ticket_attachment")[0];
    assert!(sent.header("content-type").is_some_and(|kind| kind.starts_with("multipart/form-data; boundary=")));
    assert!(String::from_utf8_lossy(&sent.body).contains("some notes"));

    let photo = || client.get_agent_profile_photo(GetAgentProfilePhoto::new("7"));
    let download = photo().await.expect("a photo");
    assert_eq!((download.size(), download.media_type()), (Some(6), Some("application/octet-stream")));
    assert_eq!(download.bytes().await.expect("all of it"), "a face");
    let target = std::env::temp_dir().join(format!("desk-sdk-own-transport-{}", std::process::id()));
    assert_eq!(photo().save(&target).await.expect("saved"), 6);
    assert_eq!(std::fs::read(&target).expect("the file"), b"a face");
    std::fs::remove_file(&target).expect("removed");
}

#[tokio::test]
async fn requests_by_path_and_calls_by_name_are_answered_alike() {
    let desk = FakeDesk::new();
    desk.on("get_ticket", json!({ "subject": "Kaput" })).on("request", json!({ "slots": [] }));
    let client = desk.client();
    let by_path = client.request(Method::Get, "/api/v1/tickets/7").await.expect("a ticket");
    let by_name = client.invoke("getTicket", json!({ "ticketId": 7 })).await.expect("a ticket");
    assert_eq!((&by_path["subject"], &by_name["subject"]), (&json!("Kaput"), &json!("Kaput")));
    client.request(Method::Get, "/api/v1/appointmentSlots").query("limit", "10").await.expect("slots");
    assert_eq!(desk.requests_for("request")[0].query_value("limit"), Some("10"));
}

#[tokio::test]
async fn a_scope_that_is_missing_for_the_organization_says_how_to_do_without() {
    let desk = FakeDesk::new();
    desk.on("get_organizations", ApiError::new("get_organizations", 403).code("SCOPE_MISMATCH").message("no"));
    let client = Client::builder().access_token("x").transport(desk.clone()).build().expect("a client");
    let error = client.get_ticket(GetTicket::new("7")).await.expect_err("no organization");
    let said = error.to_string();
    assert!(said.starts_with("get_ticket needs an organization, and to find one, get_organizations was"), "{said}");
    assert!(said.contains("`.organization(id)` on the client's builder"), "{said}");
    assert!(error.is_missing_scopes() && !error.may_have_been_made());
    let asked = client.get_organizations(desk_sdk::organization::GetOrganizations::new()).await.expect_err("refused");
    assert!(!asked.to_string().contains("`.organization(id)`"), "{asked}");
}

#[tokio::test]
async fn what_a_function_takes_can_be_made() {
    let mut ticket = types::Ticket::default();
    ticket.subject = Some("Kaput".into());
    let meta = Meta::new(GetTicket::OPERATION).with_status(206);
    let answer = Answer::new(ticket).with_meta(meta).with_raw(r#"{"subject":"Kaput"}"#);
    assert_eq!((answer.meta().operation().id, answer.meta().status()), ("get_ticket", 206));
    assert_eq!((answer.subject.as_deref(), &answer.json()["subject"]), (Some("Kaput"), &json!("Kaput")));
    let shown = format!("{answer:?}");
    assert!(shown.contains("Kaput"), "{shown}");

    let pieces = ["a ", "face"].map(Ok::<_, std::io::Error>);
    let mut download = Download::new(Body::wrap_stream(stream::iter(pieces)));
    assert_eq!((download.size(), download.chunk().await.expect("a piece").as_deref()), (None, Some(&b"a "[..])));
    assert_eq!(download.bytes().await.expect("the rest"), "face");
    let broken = stream::iter([Ok("a "), Err(std::io::Error::other("the line went dead"))]);
    let error = Download::new(Body::wrap_stream(broken)).bytes().await.expect_err("it breaks");
    assert!(matches!(error, Error::Transport { .. }) && error.to_string().contains("the line went dead"), "{error}");
}
