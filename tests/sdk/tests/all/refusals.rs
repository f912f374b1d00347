//! What is refused: by the client before sending, by the server after; and answers that make
//! no sense.

use crate::common::{EVERYTHING, builder, client, desk};
use desk_sdk::agents::GetOfflineAgents;
use desk_sdk::contacts::{GetContact, GetContacts};
use desk_sdk::tickets::{CreateTicket, CreateTicketApproval, GetTicket, GetTickets, UpdateTicket};
use desk_sdk::{Client, Decoding, Error, Retry};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

#[tokio::test]
async fn values_that_break_a_rule_never_leave() {
    let desk = desk().await;
    let client = client(&desk, &EVERYTHING);
    let long = "x".repeat(70_000);
    let cases = [
        (
            client.get_tickets(GetTickets::new().limit(101)).await.err(),
            "get_tickets: limit must be at most 100, but is 101",
        ),
        (
            client.get_tickets(GetTickets::new().from(u64::MAX)).await.err(),
            "from must be a whole number, but is \"18446744073709551615\"",
        ),
        (client.get_contacts(GetContacts::new().limit(0)).await.err(), "limit must be at least 1, but is 0"),
        (client.get_contacts(GetContacts::new().sort_by("colour")).await.err(), "sortBy must be one of "),
        (
            client.get_tickets(GetTickets::new().include(["contacts", "contacts"])).await.err(),
            "include must be a list without duplicates",
        ),
        (
            client.get_tickets(GetTickets::new().department_ids(["12", "x7"])).await.err(),
            "departmentIds[1] must be an id (digits), but is \"x7\"",
        ),
        (client.get_tickets(GetTickets::new().assignee(["Nobody"])).await.err(), "assignee[0] must be an id"),
        (client.get_ticket(GetTicket::new("")).await.err(), "ticketId must be an id (digits), but is \"\""),
        (client.update_ticket(UpdateTicket::new("1").resolution(long)).await.err(), "resolution must be at most "),
        (
            client.create_ticket(CreateTicket::new().department_id("two").contact_id("1")).await.err(),
            "departmentId must be an id (digits), but is \"two\"",
        ),
    ];
    for (error, expected) in cases {
        let error = error.expect("it is refused");
        assert!(matches!(error, Error::InvalidCall(_)), "{error:?}");
        let text = error.to_string();
        assert!(text.contains(expected), "{expected} in: {text}");
        assert!(text.ends_with("no request was made"), "{text}");
    }
    assert!(desk.requests().is_empty());
}

#[tokio::test]
async fn documented_words_are_allowed_beside_ids() {
    let desk = desk().await;
    let client = client(&desk, &EVERYTHING);
    client.get_tickets(GetTickets::new().assignee(["Unassigned"])).await.expect("the word is documented");
    client.get_offline_agents(GetOfflineAgents::new().department_id("-1")).await.expect("-1 is documented");
}

#[tokio::test]
async fn a_refusal_of_the_server_is_typed() {
    let desk = desk().await;
    let client = client(&desk, &EVERYTHING);
    let body = r#"{"errorCode":"INVALID_DATA","message":"The data is invalid","errors":[{"fieldName":"/email","errorType":"duplicate","errorMessage":"taken"}]}"#;
    desk.answer_next("get_contact", 422, "application/json", body);
    let error = client.get_contact(GetContact::new("7")).await.expect_err("refused");
    let refused = error.api().expect("by the server");
    assert_eq!((refused.operation, refused.status, refused.code.as_str()), ("get_contact", 422, "INVALID_DATA"));
    assert_eq!((refused.errors[0].field.as_str(), refused.errors[0].kind.as_str()), ("/email", "duplicate"));
    let start =
        "get_contact was refused with 422 INVALID_DATA: The data is invalid; /email is duplicate (taken); request ";
    assert!(error.to_string().starts_with(start) && refused.request_id.is_some(), "{error}");

    desk.answer_next("get_contact", 404, "text/html", "<html><body>Not   here</body></html>");
    let error = client.get_contact(GetContact::new("7")).await.expect_err("refused");
    let start = "get_contact was refused with 404: <html><body>Not here</body></html>";
    assert!(error.to_string().starts_with(start), "{error}");

    let revoked = desk.token(["Desk.contacts.READ"]);
    desk.revoke(&revoked);
    let client = Client::builder().base_url(desk.url()).organization(desk.organization()).access_token(revoked).build();
    let error = client.expect("a client").get_contact(GetContact::new("7")).await.expect_err("refused");
    assert_eq!(error.api().map(|refused| refused.code.as_str()), Some("INVALID_OAUTH"));
}

#[tokio::test]
async fn an_error_under_a_success_is_an_error() {
    let desk = desk().await;
    let client = client(&desk, &EVERYTHING);
    desk.answer_next(
        "create_ticket_approval",
        200,
        "application/json",
        r#"{"errorCode":"FORBIDDEN","message":"No approvals here"}"#,
    );
    let error = client
        .create_ticket_approval(CreateTicketApproval::new("1").approver_ids(["5"]).subject("please"))
        .await
        .expect_err("it says error");
    assert_eq!(error.api().map(|refused| (refused.status, refused.code.as_str())), Some((200, "FORBIDDEN")));
}

#[tokio::test]
async fn odd_answers_decode_and_nonsense_is_named() {
    let desk = desk().await;
    let client = client(&desk, &EVERYTHING);
    let odd = r#"{"data":[{"id":5,"type":["endUser"],"isSpam":"false","createdTime":1715679000000,"owner":"bare","new":{"a":1},"lastName":null}]}"#;
    desk.answer_next("get_contacts", 200, "application/json", odd);
    let contacts = client.get_contacts(GetContacts::new()).await.expect("it decodes");
    let contact = &contacts.data[0];
    assert!(contact.id.as_ref().is_some_and(|id| *id == "5"));
    assert_eq!(contact.undeclared.get("new"), Some(&serde_json::json!({ "a": 1 })));
    assert_eq!(contacts.json()["data"][0]["createdTime"], 1_715_679_000_000_i64);

    desk.answer_next("get_contacts", 200, "application/json", r#"{"data":[{"isSpam":"perhaps"}]}"#);
    let error = client.get_contacts(GetContacts::new()).await.expect_err("it does not fit");
    assert!(error.to_string().contains("data[0].isSpam: expected true or false, found \"perhaps\""), "{error}");

    desk.answer_next("get_contacts", 200, "application/json", r#"{"data":[{"isSpam":"perhaps","id":"1"}]}"#);
    let lenient = builder(&desk, &EVERYTHING).decoding(Decoding::Lenient).build().expect("a client");
    let contacts = lenient.get_contacts(GetContacts::new()).await.expect("leniently it is read");
    assert_eq!(contacts.mismatches()[0].path, "data[0].isSpam");
    assert_eq!(contacts.data[0].undeclared.get("isSpam"), Some(&"perhaps".into()));

    desk.answer_next("get_contacts", 200, "text/html", "<html>maintenance</html>");
    let error = client.get_contacts(GetContacts::new()).await.expect_err("no JSON");
    assert!(error.to_string().contains("<html>maintenance</html>"), "{error}");
}

#[tokio::test]
async fn the_token_never_shows() {
    let desk = desk().await;
    let token = desk.token(["Desk.basic.READ"]);
    let builder = Client::builder().base_url(desk.url()).access_token(&token).organization("1");
    let mut shown = format!("{builder:?}");
    let client = builder.build().expect("a client");
    shown.push_str(&format!("{client:?}"));
    let error = client.get_tickets(GetTickets::new()).await.expect_err("another organization");
    shown.push_str(&format!("{error} {error:?}"));
    let nowhere = Client::builder().base_url("http://127.0.0.1:1").access_token(&token).organization("1");
    let nowhere = nowhere.retry(Retry::never()).build();
    let error = nowhere.expect("a client").get_tickets(GetTickets::new()).await.expect_err("nobody listens");
    assert!(matches!(error, Error::Transport { .. }));
    shown.push_str(&format!("{error} {error:?} {:?}", desk.requests()));
    let bad = Client::builder().access_token(format!("{token}\n{token}")).build().expect_err("a line break");
    shown.push_str(&format!("{bad} {bad:?}"));
    let address = format!("http://user:{token}@127.0.0.1/?token={token}");
    let builder = Client::builder().access_token("x").base_url(address);
    shown.push_str(&format!("{builder:?}"));
    shown.push_str(&format!("{:?}", builder.build().expect_err("no place for a password")));
    assert!(!shown.contains(&token), "{shown}");
}

/// Answers one request with a redirect to another server.
async fn redirect_once(to: &str) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    let answer = format!("HTTP/1.1 302 Found\r\nLocation: {to}/api/v1/contacts/7\r\nContent-Length: 0\r\n\r\n");
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        let mut request = [0; 4096];
        let _ = stream.read(&mut request).await.expect("a request");
        stream.write_all(answer.as_bytes()).await.expect("answered");
    });
    address
}

#[tokio::test]
async fn a_redirect_to_another_host_is_not_followed_with_the_token() {
    let desk = desk().await;
    let address = redirect_once(desk.url()).await;
    let client = Client::builder().base_url(address).access_token(desk.token(EVERYTHING)).organization("1").build();
    let error = client.expect("a client").get_contact(GetContact::new("7")).await.expect_err("no success");
    assert_eq!(error.api().map(|refused| refused.status), Some(302));
    assert!(desk.requests().is_empty());
}
