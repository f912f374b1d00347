//! Rules of the description can be passed by, for one call and for a client; risk, scopes and the path cannot.

use crate::common::{EVERYTHING, builder, client, desk};
use desk_sdk::activities::GetEventAttachments;
use desk_sdk::agents::GetSkillsOfAgent;
use desk_sdk::contacts::GetContacts;
use desk_sdk::data::CreateRecord;
use desk_sdk::messaging::StartSessionIm;
use desk_sdk::tickets::{CreateTicket, GetTickets, SendReply, UpdateTicket};
use desk_sdk::types::{FacebookMessengerPayloadInput, TicketContactInput};
use desk_sdk::{
    Answer, Checked, Client, Content, Endpoint, Error, FilePart, Id, List, Method, Result, Risk, ScopeCheck,
    TokenScopes, operation,
};
use serde_json::{Value, json};

const AGENT: &str = "189200000000042001";
const TICKET: &str = "/api/v1/tickets/189200000000071001";

#[tokio::test]
async fn an_unchecked_call_goes_out_and_tells_which_rules_it_broke() {
    let desk = desk().await;
    let client = client(&desk, &EVERYTHING);
    let call = || GetContacts::new().limit(101).sort_by("colour");
    assert!(matches!(client.get_contacts(call()).await, Err(Error::InvalidCall(_))));
    assert!(desk.requests().is_empty());

    desk.answer_always("get_contacts", 200, "application/json", r#"{"data":[]}"#);
    let error = client.get_contacts(call()).unchecked().await.expect_err("this server keeps to its rules");
    let refused = error.api().expect("by the server");
    assert_eq!((refused.status, refused.broken_rules.len()), (422, 2));
    let reason = "the call broke a documented rule: limit must be at most 100, but is 101";
    assert!(error.to_string().contains(reason), "{error}");
    let sent = desk.requests().pop().expect("a request");
    assert_eq!((sent.query_value("limit"), sent.query_value("sortBy")), (Some("101"), Some("colour")));

    // A rule that the server does not have is broken without harm, and told.
    let skills = client.get_skills_of_agent(GetSkillsOfAgent::new(AGENT)).await;
    let error = skills.err().and_then(|error| error.api().map(|refused| refused.status));
    assert!(error.is_none_or(|status| status == 404), "what is in doubt is sent without asking: {error:?}");
    let loose = builder(&desk, &EVERYTHING).unchecked().build().expect("a client");
    let answer = loose.update_ticket(UpdateTicket::new("189200000000071001").subject("x".repeat(1001))).await;
    let error = answer.expect_err("the server has the rule as well");
    assert_eq!(error.api().map(|refused| refused.status), Some(422));
}

#[tokio::test]
async fn broken_rules_are_in_the_answer() {
    let desk = desk().await;
    let client = client(&desk, &EVERYTHING);
    let tickets = client.get_tickets(GetTickets::new().sort_by("priority")).await.expect("an open list of values");
    let broken = tickets.meta().broken_rules();
    assert_eq!(broken.len(), 1, "{broken:?}");
    let told = broken[0].to_string();
    assert!(told.contains("sortBy must be one of") && !told.contains("no request"), "a request was made: {told}");
    let clean = client.get_tickets(GetTickets::new()).await.expect("tickets");
    assert!(clean.meta().broken_rules().is_empty());
}

#[tokio::test]
async fn a_declared_name_can_be_overruled_when_unchecked() {
    let desk = desk().await;
    let client = client(&desk, &EVERYTHING);
    let call = || GetTickets::new().limit(5).query("limit", "7");
    let error = client.get_tickets(call()).await.expect_err("it has a method of its own");
    assert_eq!(
        error.to_string(),
        "get_tickets: limit is declared and has its own setter; \
         `query` can set it only on an `unchecked` call; no request was made"
    );
    let page = client.get_tickets(call()).unchecked().await.expect("tickets");
    assert_eq!(page.data.len(), 7);
    assert_eq!(desk.requests().pop().expect("one").query, [("limit".to_owned(), "7".to_owned())]);
}

#[tokio::test]
async fn the_organization_is_the_clients_in_whatever_case_and_way() {
    let desk = desk().await;
    let client = client(&desk, &EVERYTHING);
    for name in ["orgId", "orgid", "ORGID"] {
        let error = client.get_tickets(GetTickets::new().query(name, "1")).unchecked().await.expect_err(name);
        assert!(error.to_string().contains("set on the client"), "{error}");
        let error = client.request(Method::Get, "/api/v1/tickets").query(name, "1").await.expect_err(name);
        assert!(error.to_string().contains("set on the client"), "{error}");
    }
    let error = client.for_organization("12\r\n34").get_tickets(GetTickets::new()).await.expect_err("no id");
    assert!(error.to_string().contains("must be"), "{error}");
    assert!(desk.requests().is_empty());
}

#[tokio::test]
async fn a_request_by_path_goes_the_clients_way() {
    let desk = desk().await;
    let client = client(&desk, &EVERYTHING);
    let ticket = client.request(Method::Get, TICKET).query("include", "contacts").await.expect("a ticket");
    assert_eq!(ticket["id"], "189200000000071001");
    assert_eq!(ticket.meta().operation().id, "get_ticket");
    let typed: Answer<List<desk_sdk::types::Ticket>> =
        client.request(Method::Get, "/api/v1/tickets").query("limit", "2").answer().await.expect("tickets");
    assert_eq!(typed.data.len(), 2);
    let changed = client.request(Method::Patch, TICKET).json(&json!({ "priority": "High" })).await.expect("changed");
    assert_eq!(changed["priority"], "High");
    assert_eq!(desk.requests().pop().expect("one").header("orgid"), Some(desk.organization()));

    let path = "/api/v1/agents/189200000000042001/photo";
    desk.set_download_size(5);
    let mut photo = client.request(Method::Get, path).download().expect("it can be sent").await.expect("a photo");
    assert_eq!(photo.chunk().await.expect("bytes").map(|bytes| bytes.len()), Some(5));

    // Nobody knows this one: the server says so, not the client.
    let error = client.request(Method::Get, "/api/v1/appointmentSlots").await.expect_err("no such path");
    assert_eq!(error.api().map(|refused| refused.status), Some(404));
}

#[tokio::test]
async fn a_requests_risk_and_scopes_are_those_of_the_operation_that_it_is() {
    let desk = desk().await;
    let reader = builder(&desk, &EVERYTHING).max_risk(Risk::Safe).build().expect("a client");
    let pins = reader.request(Method::Get, "/api/v1/_doc/___pin_removal").risk(Risk::Safe).await;
    assert!(matches!(pins, Err(Error::RiskNotAllowed { .. })), "a GET that destroys: {pins:?}");
    // Of an unknown path the caller tells the risk; else all but a GET counts as the highest.
    let writer = builder(&desk, &EVERYTHING).max_risk(Risk::Write).build().expect("a client");
    let unknown = || writer.request(Method::Post, "/api/v1/appointments").json(&json!({}));
    let refused = unknown().await.expect_err("a POST counts as the highest");
    assert!(matches!(refused, Error::RiskNotAllowed { .. }));
    for part in ["POST /api/v1/appointments", "counts as destructive", "limited to write", "`.risk(…)`"] {
        assert!(refused.to_string().contains(part), "{part} in: {refused}");
    }
    let told = unknown().risk(Risk::Write).await.expect_err("no such path");
    assert_eq!(told.api().map(|refused| refused.status), Some(404));
    desk.reset_requests();

    let poor = client(&desk, &["Desk.basic.READ"]);
    let error = poor.request(Method::Get, TICKET).await.expect_err("a scope is missing");
    assert!(matches!(&error, Error::MissingScopes(missing) if missing.operation.id == "get_ticket"), "{error}");
    assert!(desk.requests().is_empty());
}

#[tokio::test]
async fn what_a_request_may_not_set_is_refused() {
    let desk = desk().await;
    let client = client(&desk, &EVERYTHING);
    for path in
        ["tickets", "/api/v1/../oauth", "//elsewhere.example/x", "/api/v1/a\r\nb", "/api/v1/tickets?limit=1", ""]
    {
        let error = client.request(Method::Get, path).await.expect_err(path);
        assert!(matches!(error, Error::InvalidCall(_)), "{path:?}: {error:?}");
    }
    for name in ["Authorization", "orgId", "Host", "Content-Length"] {
        let error = client.request(Method::Get, TICKET).header(name, "x").await.expect_err(name);
        assert!(matches!(error, Error::InvalidCall(_)), "{name}: {error:?}");
    }
    assert!(desk.requests().is_empty());
    let _ = client.request(Method::Get, TICKET).header("If-None-Match", "x").await.expect("a ticket");
    assert_eq!(desk.requests().pop().expect("one").header("if-none-match"), Some("x"));
}

/// Code that knows nothing but that it has an endpoint.
async fn counted<E: Endpoint>(client: &Client, parameters: E) -> Result<Answer<E::Answer>>
where
    E::Answer: Content,
{
    client.call(parameters).await
}

#[tokio::test]
async fn code_can_be_generic_over_endpoints() {
    let desk = desk().await;
    let client = client(&desk, &EVERYTHING);
    assert_eq!(counted(&client, GetTickets::new().limit(3)).await.expect("tickets").data.len(), 3);
}

#[tokio::test]
async fn scopes_in_doubt_warn_and_sure_ones_refuse() {
    let doubtful = operation("get_event_attachments").expect("an operation");
    assert!(doubtful.doubtful_scopes);
    let desk = desk().await;
    let client = client(&desk, &["Desk.events.READ"]);
    let refused = client.get_event_attachments(GetEventAttachments::new("189200000000105001")).await;
    let error = refused.expect_err("this server takes the description at its word");
    assert_eq!(error.api().map(|refused| refused.code.as_str()), Some("SCOPE_MISMATCH"));
    let missing = error.api().and_then(|refused| refused.missing_scopes.as_deref()).expect("a likely reason");
    assert_eq!(missing.operation.id, "get_event_attachments");
    assert!(!missing.to_string().contains("no request") && error.to_string().contains(", which the token lacks"));
    let checked = client.check(doubtful).await.expect("judged as the call is");
    assert!(matches!(&checked, Checked::InDoubt(missing) if missing.operation.id == doubtful.id), "{checked}");
    assert!(matches!(client.get_tickets(GetTickets::new()).await, Err(Error::MissingScopes(_))));
    let sure = operation("get_tickets").expect("an operation");
    assert!(matches!(client.check(sure).await, Err(Error::MissingScopes(_))));
}

#[tokio::test]
async fn a_client_that_knows_no_scopes_says_so() {
    let desk = desk().await;
    let unknown = builder(&desk, &EVERYTHING).build().expect("a client");
    assert_eq!(unknown.scopes().await.expect("nothing to read"), TokenScopes::Unknown);
    let tickets = operation("get_tickets").expect("an operation");
    assert_eq!(unknown.check(tickets).await.expect("nothing refuses"), Checked::Unknown);
    let off = builder(&desk, &EVERYTHING).scope_check(ScopeCheck::Off).build().expect("a client");
    assert_eq!(off.check(tickets).await.expect("nothing refuses"), Checked::Off);
    let known = client(&desk, &["Desk.tickets.READ"]);
    let TokenScopes::Granted(scopes) = known.scopes().await.expect("told") else { panic!("they were told") };
    assert_eq!(scopes.to_string(), "Desk.tickets.READ");
    assert_eq!(known.check(tickets).await.expect("it has them"), Checked::Covered);
}

#[tokio::test]
async fn a_refused_path_says_which_rule_it_breaks() {
    let desk = desk().await;
    let client = client(&desk, &EVERYTHING);
    let cases = [
        ("/api/v1/tickets/", "a trailing slash"),
        ("/api//tickets", "empty parts"),
        ("/api/v1/../tickets", "only dots"),
        ("/api/v1/%2e%2e/tickets", "only dots"),
        ("/api/v1/tickets/a%2Fb", "no slashes"),
        ("/api/v1/tickets/a%0Ab", "control characters"),
        ("/api/v1/tickets?limit=1", "`query`"),
        ("api/v1/tickets", "on the service's host"),
    ];
    for (path, rule) in cases {
        let error = client.request(Method::Get, path).await.expect_err(path);
        assert!(error.to_string().contains(rule), "{path}: {error}");
    }
    assert!(desk.requests().is_empty());
}

#[tokio::test]
async fn what_leaves_the_house_is_a_risk_of_its_own() {
    let desk = desk().await;
    let careful = builder(&desk, &EVERYTHING).max_risk(Risk::Write).build().expect("a client");
    let reply = SendReply::new("189200000000071001").channel("EMAIL").content("Hello");
    let error = careful.send_reply(reply).await.expect_err("a reply cannot be taken back");
    assert!(matches!(error, Error::RiskNotAllowed { .. }), "{error}");
    assert!(error.to_string().contains("outbound"), "{error}");
    assert!(Risk::Write < Risk::Outbound && Risk::Outbound < Risk::Destructive);
}

#[tokio::test]
async fn a_module_is_one_of_ones_own() {
    let desk = desk().await;
    let client = client(&desk, &EVERYTHING);
    for module in ["tickets", "contacts", "Tickets", "cm_", "../tickets"] {
        for unchecked in [false, true] {
            let call = client.create_record(CreateRecord::new(module).name("A record"));
            let call = if unchecked { call.unchecked() } else { call };
            assert!(matches!(call.await, Err(Error::InvalidCall(_))), "{module}");
        }
    }
    assert!(desk.requests().is_empty());
}

#[tokio::test]
async fn one_field_stands_for_another() {
    let desk = desk().await;
    let client = client(&desk, &EVERYTHING);
    let neither =
        client.create_ticket(CreateTicket::new().department_id("189200000000006901")).await.expect_err("whose ticket?");
    assert!(neither.to_string().contains("contactId is required unless `contact` is given"), "{neither}");
    let contact = TicketContactInput::new().email("new@harbour-coffee.example");
    let new = CreateTicket::new().department_id("189200000000006901").contact(contact).subject("Kaput");
    let created = client.create_ticket(new).await.expect("created");
    assert_eq!(created.subject.as_deref(), Some("Kaput"));
}

#[tokio::test]
async fn beside_a_file_a_document_travels_in_the_query() {
    let desk = desk().await;
    let client = client(&desk, &EVERYTHING);
    let payload = FacebookMessengerPayloadInput::new().facebook_comment_id("1_2").facebook_user_id("3");
    let call = StartSessionIm::new(Id::from(4_000_000_001_001_i64))
        .facebook_messenger_payload(payload.message("Hello"))
        .integration_service_id("FACEBOOKMESSENGER");
    let _ = client.start_session_im(call.clone()).await;
    let plain = desk.requests().pop().expect("one");
    assert_eq!(plain.json().expect("JSON")["facebookMessengerPayload"]["message"], "Hello");
    assert_eq!(plain.query_value("payload"), None);
    let _ = client.start_session_im(call.file(FilePart::new("a.txt", "hi"))).await;
    let form = desk.requests().pop().expect("one");
    assert!(form.header("content-type").is_some_and(|kind| kind.starts_with("multipart/form-data")));
    let document: Value = serde_json::from_str(form.query_value("payload").expect("the document")).expect("JSON");
    assert_eq!(document["facebookMessengerPayload"]["message"], "Hello");
}
