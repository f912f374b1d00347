//! What only shows over real connections: limits, faults, ranges, sign-in from end to end.

mod common;

use std::time::Duration;

use common::Answer;
use desk_mock::{Edition, Fault, MockDesk, TokenFault};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const TICKETS: &str = "/api/v1/tickets?limit=1";
const LOGO: &str = "/api/v1/departments/189200000000006901/logo";

async fn send(desk: &MockDesk, request: String) -> Answer {
    common::send(desk.url(), request).await
}

async fn get_with(desk: &MockDesk, token: &str, target: &str, header: &str) -> Answer {
    let organization = desk.organization();
    let request = format!(
        "GET {target} HTTP/1.1\r\nhost: desk\r\norgId: {organization}\r\nconnection: close\r\n\
         authorization: Zoho-oauthtoken {token}\r\n{header}\r\n"
    );
    send(desk, request).await
}

async fn get(desk: &MockDesk, token: &str, target: &str) -> Answer {
    get_with(desk, token, target, "").await
}

async fn post(desk: &MockDesk, form: &str) -> Answer {
    let request = format!(
        "POST /oauth/v2/token HTTP/1.1\r\nhost: desk\r\nconnection: close\r\ncontent-length: {}\r\n\
         content-type: application/x-www-form-urlencoded\r\n\r\n{form}",
        form.len()
    );
    send(desk, request).await
}

async fn desk() -> (MockDesk, String) {
    let desk = MockDesk::start().await.unwrap();
    let token = desk.token(["Desk.tickets.ALL", "Desk.settings.ALL", "Desk.basic.ALL"]);
    (desk, token)
}

#[tokio::test]
async fn a_connection_serves_many_calls() {
    let (desk, token) = desk().await;
    let organization = desk.organization();
    let request = |connection| {
        format!(
            "GET {TICKETS} HTTP/1.1\r\nhost: desk\r\norgId: {organization}\r\nconnection: {connection}\r\n\
             authorization: Zoho-oauthtoken {token}\r\n\r\n"
        )
    };
    let answers = send(&desk, [request("keep-alive"), request("keep-alive"), request("close")].concat()).await;
    let text = answers.head + &String::from_utf8_lossy(&answers.body);
    assert_eq!(text.matches("HTTP/1.1 200 OK").count(), 3);
    assert_eq!(desk.max_concurrency_seen(), 1);
}

#[tokio::test]
async fn from_consent_to_calls() {
    let (desk, endless) = desk().await;
    let client = desk.register_client();
    let address = format!(
        "{}/oauth/v2/auth?response_type=code&client_id={}&redirect_uri=http%3A%2F%2Flocalhost%3A8080%2Fcallback\
         &scope=Desk.tickets.READ&access_type=offline&prompt=consent&state=s",
        desk.url(),
        client.id
    );
    assert_eq!(desk.refuse_consent(&address), "http://localhost:8080/callback?error=access%5Fdenied&state=s");
    let back = desk.consent(&address);
    let code = back.split('&').find_map(|part| part.strip_prefix("code=")).unwrap();
    let secrets = format!("client_id={}&client_secret={}", client.id, client.secret);
    let form = format!("grant_type=authorization_code&code={code}&redirect_uri={}&{secrets}", client.redirect_uri);
    let tokens = post(&desk, &form).await.json().unwrap();
    assert_eq!(tokens["api_domain"], desk.url());
    let access = tokens["access_token"].as_str().unwrap();
    assert_eq!(get(&desk, access, TICKETS).await.status(), 200);
    desk.advance(Duration::from_secs(3601));
    let late = get(&desk, access, TICKETS).await;
    assert_eq!((late.status(), late.code().as_str()), (401, "INVALID_OAUTH"));
    assert_eq!(get(&desk, &endless, TICKETS).await.status(), 200);

    // The query will do as well as a form.
    let refresh = tokens["refresh_token"].as_str().unwrap();
    let target = format!("/oauth/v2/token?grant_type=refresh_token&refresh_token={refresh}&{secrets}");
    let request = format!("POST {target} HTTP/1.1\r\nhost: desk\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
    let refreshed = send(&desk, request).await.json().unwrap();
    let access = refreshed["access_token"].as_str().unwrap();
    assert_eq!((get(&desk, access, TICKETS).await.status(), desk.refreshes()), (200, 1));
    desk.expire_tokens();
    assert_eq!(get(&desk, access, TICKETS).await.status(), 401);
    assert_eq!(get(&desk, &endless, TICKETS).await.status(), 401);
    assert_eq!((desk.requests().len(), desk.token_requests().len()), (6, 4));

    let browser = format!("GET {} HTTP/1.1\r\nhost: desk\r\nconnection: close\r\n\r\n", &address[desk.url().len()..]);
    let sent = send(&desk, browser).await;
    assert_eq!(sent.status(), 302);
    assert!(sent.header("location").is_some_and(|to| to.starts_with("http://localhost:8080/callback?state=s&code=")));
}

#[tokio::test]
async fn the_token_endpoint_goes_wrong_to_order() {
    let (desk, _) = desk().await;
    let client = desk.register_client_at("http://127.0.0.1:9/");
    let token = desk.refresh_token(&client, ["Desk.basic.READ"]);
    let form = format!(
        "grant_type=refresh_token&client_id={}&client_secret={}&refresh_token={token}",
        client.id, client.secret
    );
    desk.token_fault_times(2, TokenFault::Status(503));
    desk.token_fault(TokenFault::AccessDenied);
    desk.token_fault(TokenFault::Html(502));
    desk.token_fault(TokenFault::Reset);
    desk.token_fault(TokenFault::Delay(Duration::from_millis(100)));
    assert_eq!(post(&desk, &form).await.status(), 503);
    assert_eq!(post(&desk, &form).await.status(), 503);
    assert_eq!(post(&desk, &form).await.json().unwrap()["error"], "Access Denied");
    let page = post(&desk, &form).await;
    assert_eq!((page.status(), page.header("content-type")), (502, Some("text/html;charset=UTF-8")));
    let nothing = post(&desk, &form).await;
    assert_eq!((nothing.head.len(), nothing.body.len(), desk.refreshes()), (0, 0, 0));
    let slow = post(&desk, &form).await;
    assert!(slow.took >= Duration::from_millis(100) && slow.json().unwrap()["access_token"].is_string());
    let statuses: Vec<u16> = desk.token_requests().iter().map(|request| request.status).collect();
    assert_eq!((statuses, desk.refreshes()), (vec![503, 503, 200, 502, 0, 200], 1));
}

#[tokio::test]
async fn calls_beyond_the_limit_are_refused() {
    let (desk, token) = desk().await;
    desk.set_concurrency(2);
    desk.fault_times("get_tickets", 2, Fault::Delay(Duration::from_millis(300)));
    let call = || get(&desk, &token, TICKETS);
    let (one, two, three) = tokio::join!(call(), call(), call());
    let mut answers = [one, two, three];
    answers.sort_by_key(Answer::status);
    assert_eq!(answers.each_ref().map(Answer::status), [200, 200, 429]);
    let [_, _, refused] = &answers;
    assert_eq!((refused.code().as_str(), refused.header("retry-after")), ("TOO_MANY_REQUESTS", None));
    assert_eq!(refused.header("x-rate-limit-request-weight-v3"), Some("0"));
    assert_eq!(desk.max_concurrency_seen(), 3);
    assert_eq!(call().await.status(), 200);
    assert_eq!(call().await.header("x-rate-limit-remaining-v3"), Some("99996"));
}

#[tokio::test]
async fn credits_are_spent_and_come_back() {
    let (desk, token) = desk().await;
    let told = |answer: &Answer| {
        let header = |name| answer.header(name).map(|value| value.parse::<u64>().unwrap());
        (answer.status(), header("x-rate-limit-request-weight-v3"), header("x-rate-limit-remaining-v3"))
    };
    assert_eq!(told(&get(&desk, &token, TICKETS).await), (200, Some(1), Some(99_999)));
    desk.set_edition(Edition::Free);
    desk.set_highest_from(60_000);
    assert_eq!(told(&get(&desk, &token, TICKETS).await), (200, Some(3), Some(4_997)));
    assert_eq!(told(&get(&desk, &token, "/api/v1/tickets?from=60000").await), (204, Some(100), Some(4_897)));
    desk.set_credits(4);
    assert_eq!(told(&get(&desk, &token, "/api/v1/tickets/189200000000071001").await), (200, Some(1), Some(3)));
    assert_eq!(told(&get(&desk, &token, TICKETS).await), (200, Some(3), Some(0)));
    let refused = get(&desk, &token, TICKETS).await;
    assert_eq!((told(&refused), refused.code().as_str()), ((429, Some(0), Some(0)), "THRESHOLD_EXCEEDED"));
    let seconds: u64 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!((86_000..=86_400).contains(&seconds), "{seconds}");
    desk.advance(Duration::from_secs(seconds));
    assert_eq!(told(&get(&desk, &token, TICKETS).await), (200, Some(3), Some(4_997)));
}

#[tokio::test]
async fn calls_go_wrong_to_order() {
    let (desk, token) = desk().await;
    let whole = get(&desk, &token, TICKETS).await.body;
    for fault in [
        Fault::Status(500),
        Fault::Delay(Duration::from_millis(100)),
        Fault::Reset,
        Fault::ResetMidBody,
        Fault::Truncated,
        Fault::ContentType("text/plain".to_owned()),
        Fault::Html(502),
        Fault::Redirect("http://elsewhere.test/".to_owned()),
        Fault::TooManyRequests,
        Fault::ThresholdExceeded(3),
        Fault::StaleToken,
    ] {
        desk.fault("get_tickets", fault);
    }
    let call = || get(&desk, &token, TICKETS);
    let failed = call().await;
    assert_eq!((failed.status(), failed.code().as_str()), (500, "INTERNAL_SERVER_ERROR"));
    let slow = call().await;
    assert!(slow.took >= Duration::from_millis(100) && slow.body == whole);
    let nothing = call().await;
    assert_eq!((nothing.head.len(), nothing.body.len()), (0, 0));
    let half = call().await;
    assert_eq!((half.status(), half.body.as_slice()), (200, &whole[..whole.len() / 2]));
    assert_eq!(half.header("content-length"), Some(whole.len().to_string().as_str()));
    let cut = call().await;
    assert_eq!(cut.header("content-length"), Some((whole.len() / 2).to_string().as_str()));
    assert!(cut.json().is_none() && cut.body == half.body);
    let plain = call().await;
    assert_eq!((plain.header("content-type"), &plain.body), (Some("text/plain"), &whole));
    let page = call().await;
    assert!(page.status() == 502 && page.body.starts_with(b"<!DOCTYPE html>"));
    let elsewhere = call().await;
    assert_eq!((elsewhere.status(), elsewhere.header("location")), (302, Some("http://elsewhere.test/")));
    let crowd = call().await;
    assert_eq!((crowd.status(), crowd.code().as_str(), crowd.header("retry-after")), (429, "TOO_MANY_REQUESTS", None));
    let spent = call().await;
    assert_eq!((spent.code().as_str(), spent.header("retry-after")), ("THRESHOLD_EXCEEDED", Some("3")));
    let stale = call().await;
    assert_eq!((stale.status(), stale.code().as_str()), (401, "INVALID_OAUTH"));
    assert_eq!(call().await.status(), 200);
    let statuses: Vec<u16> = desk.requests().iter().map(|request| request.status).collect();
    assert_eq!(statuses, [200, 500, 200, 0, 200, 200, 200, 502, 302, 429, 429, 401, 200]);
}

#[tokio::test]
async fn files_come_in_ranges() {
    let (desk, token) = desk().await;
    let whole = get(&desk, &token, LOGO).await;
    assert_eq!((whole.status(), whole.body.len(), whole.header("accept-ranges")), (200, 4096, Some("bytes")));
    let tag = whole.header("etag").unwrap();
    let part = get_with(&desk, &token, LOGO, "Range: bytes=1000-1999\r\n").await;
    assert_eq!((part.status(), part.header("content-range")), (206, Some("bytes 1000-1999/4096")));
    assert_eq!((part.body.as_slice(), part.header("etag")), (&whole.body[1000..2000], Some(tag)));
    assert_eq!(part.header("content-length"), Some("1000"));
    let rest = get_with(&desk, &token, LOGO, &format!("Range: bytes=4000-\r\nIf-Range: {tag}\r\n")).await;
    assert_eq!(rest.body, &whole.body[4000..]);
    let changed = get_with(&desk, &token, LOGO, "Range: bytes=4000-\r\nIf-Range: \"other\"\r\n").await;
    assert_eq!((changed.status(), changed.body.len()), (200, 4096));
    let beyond = get_with(&desk, &token, LOGO, "Range: bytes=4096-\r\n").await;
    assert_eq!((beyond.status(), beyond.header("content-range")), (416, Some("bytes */4096")));
    desk.set_download_size(0);
    let empty = get(&desk, &token, LOGO).await;
    assert_eq!((empty.status(), empty.body.len()), (200, 0));
}

#[tokio::test]
async fn large_files_are_streamed_and_break_off_half_way() {
    let (desk, token) = desk().await;
    desk.set_download_size(20_000_000);
    let whole = get(&desk, &token, LOGO).await;
    assert_eq!((whole.body.len(), whole.header("content-length")), (20_000_000, Some("20000000")));
    assert!((0..20_000_000_usize).step_by(9973).all(|at| usize::from(whole.body[at]) == at % 251));
    let operation = desk.requests()[0].operation.clone().unwrap();
    desk.fault(&operation, Fault::ResetMidBody);
    let half = get(&desk, &token, LOGO).await;
    assert_eq!(half.header("content-length"), Some("20000000"));
    assert!(half.body == whole.body[..half.body.len()] && half.body.len() <= 10_000_000 && half.body.len() > 5_000_000);
}

#[tokio::test]
async fn stopping_lets_a_call_end_and_dropping_does_not() {
    for (graceful, status) in [(true, 200), (false, 0)] {
        let (desk, token) = desk().await;
        desk.fault("get_tickets", Fault::Delay(Duration::from_millis(300)));
        let address = desk.url().strip_prefix("http://").unwrap().to_owned();
        let mut stream = TcpStream::connect(&address).await.unwrap();
        let organization = desk.organization();
        let request = format!(
            "GET {TICKETS} HTTP/1.1\r\nhost: desk\r\norgId: {organization}\r\n\
             authorization: Zoho-oauthtoken {token}\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        while desk.requests().is_empty() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        if graceful {
            desk.stop().await;
            assert!(TcpStream::connect(&address).await.is_err());
        } else {
            drop(desk);
        }
        let mut bytes = Vec::new();
        // A reset is an end too.
        let _ = stream.read_to_end(&mut bytes).await;
        let answer = Answer::new(bytes, Duration::ZERO);
        assert_eq!(answer.status(), status);
    }
}

#[tokio::test]
async fn a_client_does_what_is_expected() {
    let (desk, token) = desk().await;
    desk.expect("get_tickets").query("limit", "1").times(1);
    desk.expect("get_ticket").path("ticketId", "42").answer(json!({ "id": "42", "subject": "Printer" }));
    assert_eq!(get(&desk, "1000.ended", TICKETS).await.status(), 401);
    assert_eq!(get(&desk, &token, TICKETS).await.status(), 200);
    // The answer is the test's own: there is no such ticket.
    let ticket = get(&desk, &token, "/api/v1/tickets/42").await;
    assert_eq!((ticket.status(), &ticket.json().unwrap()["subject"]), (200, &json!("Printer")));
    desk.verify();
    assert_eq!(desk.calls("get_tickets").iter().map(|call| call.status).collect::<Vec<_>>(), [401, 200]);
}

#[tokio::test]
async fn an_address_for_all_networks_is_told_as_one_to_call() {
    let desk = MockDesk::builder().address([0, 0, 0, 0]).start().await.unwrap();
    assert!(desk.url().starts_with("http://127.0.0.1:"), "{}", desk.url());
    let token = desk.token(["Desk.tickets.READ"]);
    assert_eq!(get(&desk, &token, TICKETS).await.status(), 200);
}

#[tokio::test]
async fn an_organization_of_the_tests_own() {
    let (desk, token) = desk().await;
    let call = async |organization: &str| {
        let header = if organization.is_empty() { String::new() } else { format!("orgId: {organization}\r\n") };
        let request = format!(
            "GET {TICKETS} HTTP/1.1\r\nhost: desk\r\n{header}connection: close\r\n\
             authorization: Bearer {token}\r\n\r\n"
        );
        send(&desk, request).await
    };
    assert_eq!(call("").await.status(), 200);
    let second = desk.add_organization("Second");
    assert_eq!(desk.organizations(), [desk.organization(), second.as_str()]);
    assert_eq!(call("").await.code(), "INVALID_DATA");
    let first = call(&second).await.json().unwrap()["data"][0]["id"].clone();
    assert!(desk.in_organization(&second).records("tickets").iter().any(|ticket| ticket["id"] == first));
    assert!(desk.records("tickets").iter().all(|ticket| ticket["id"] != first));
    let made = desk.in_organization(&second).insert("contacts", json!({ "lastName": "Labs" }));
    desk.in_organization(&second).fill("contacts", 2);
    assert_eq!(desk.in_organization(&second).records("contacts").len(), desk.records("contacts").len() + 3);
    assert!(desk.records("contacts").iter().all(|contact| contact["id"] != made.as_str()));
    desk.reset_records();
    assert_eq!(call(&second).await.code(), "OAUTH_ORG_MISMATCH");
}

#[tokio::test]
async fn every_call_may_have_to_name_its_organization() {
    let desk = MockDesk::builder().strict().start().await.unwrap();
    let token = desk.token(["Desk.tickets.READ"]);
    let request =
        format!("GET {TICKETS} HTTP/1.1\r\nhost: desk\r\nconnection: close\r\nauthorization: Bearer {token}\r\n\r\n");
    assert_eq!(send(&desk, request).await.code(), "INVALID_DATA");
    assert_eq!(get(&desk, &token, TICKETS).await.status(), 200);
}

#[tokio::test]
async fn records_are_of_the_last_days() {
    let newest = async |desk: &MockDesk| {
        let token = desk.token(["Desk.tickets.ALL"]);
        let target = "/api/v1/tickets?sortBy=-createdTime&limit=1";
        let listed = get(desk, &token, target).await.json().unwrap()["data"][0].clone();
        listed["createdTime"].as_str().unwrap().to_owned()
    };
    let desk = MockDesk::builder().day(2030, 1, 2).start().await.unwrap();
    assert_eq!(newest(&desk).await, "2029-12-26T09:30:00.000Z");
    desk.advance(Duration::from_secs(60));
    let id = desk.insert("tickets", json!({ "subject": "Now" }));
    let inserted = desk.records("tickets").into_iter().find(|ticket| ticket["id"] == id.as_str()).unwrap();
    assert_eq!(inserted["createdTime"], "2030-01-02T09:01:00.000Z");
    assert_eq!(newest(&desk).await, inserted["createdTime"]);

    let desk = MockDesk::start().await.unwrap();
    let now = jiff::Timestamp::now();
    let age = |time: &str| now.duration_since(time.parse().unwrap()).as_hours();
    assert!((6 * 24..9 * 24).contains(&age(&newest(&desk).await)), "{}", newest(&desk).await);
    let inserted = |subject: &str| {
        let id = desk.insert("tickets", json!({ "subject": subject }));
        let tickets = desk.records("tickets");
        let found = tickets.into_iter().find(|ticket| ticket["id"] == id.as_str()).unwrap();
        found["createdTime"].as_str().unwrap().to_owned()
    };
    let (one, other) = (inserted("One"), inserted("Other"));
    assert!(age(&one) == 0 && one < other, "{one} {other}");

    let refused = MockDesk::builder().day(2026, 2, 30).start().await.unwrap_err().to_string();
    assert_eq!(refused, "the local Desk server cannot start on 2026-02-30: there is no such day");
}

#[tokio::test]
async fn an_answer_may_stay_until_it_is_taken_back() {
    let (desk, token) = desk().await;
    let text = async || String::from_utf8(get(&desk, &token, TICKETS).await.body).unwrap();
    desk.answer_always("get_tickets", 200, "text/plain", "always");
    desk.answer_next("get_tickets", 200, "text/plain", "once");
    assert_eq!([text().await, text().await, text().await], ["once", "always", "always"]);
    desk.answer_always("get_tickets", 503, "text/plain", "down");
    assert_eq!(get(&desk, &token, TICKETS).await.status(), 503);
    // It comes after the checks, and is for one operation alone.
    assert_eq!(get(&desk, "1000.ended", TICKETS).await.status(), 401);
    assert_eq!(get(&desk, &token, "/api/v1/tickets/189200000000071001").await.status(), 200);
    desk.answer_itself("get_tickets");
    assert!(text().await.contains("Grinder"));
}

#[tokio::test]
async fn refusals_are_those_of_desk() {
    let (desk, token) = desk().await;
    let call = async |method: &str, target: &str| {
        let request = format!(
            "{method} /api/v1/{target} HTTP/1.1\r\nhost: desk\r\nconnection: close\r\ncontent-length: 0\r\n\
             authorization: Bearer {token}\r\n\r\n"
        );
        let answer = send(&desk, request).await;
        let body = answer.json().unwrap_or_default();
        let message = body["message"].as_str().unwrap_or_default().to_owned();
        (answer.status(), answer.code(), message, body.get("errors").is_some())
    };
    for (method, target, status, code, words) in [
        ("GET", "tickets?limit=101", 422, "UNPROCESSABLE_ENTITY", "limit is \"101\", but it must be at most 100."),
        ("GET", "tickets?colour=red", 422, "UNPROCESSABLE_ENTITY", "get_tickets has no query parameter \"colour\""),
        ("GET", "tickets?from=5000", 422, "UNPROCESSABLE_ENTITY", "'from' exceeds the range of '0-4999'."),
        ("GET", "tickts", 404, "URL_NOT_FOUND", "perhaps tickets is meant"),
        ("DELETE", "tickets/189200000000071001", 405, "METHOD_NOT_ALLOWED", "takes GET, PATCH only"),
    ] {
        let (got, got_code, message, errors) = call(method, target).await;
        assert_eq!((got, got_code.as_str(), errors), (status, code, false), "{target}: {message}");
        assert!(message.contains(words), "{target}: {message}");
    }
    assert_eq!(call("GET", "tickets/189200000000071001").await.0, 200);
}

#[tokio::test]
async fn changes_are_told_in_the_history() {
    let (desk, token) = desk().await;
    let body = r#"{"status":"Closed"}"#;
    let request = format!(
        "PATCH /api/v1/tickets/189200000000071001 HTTP/1.1\r\nhost: desk\r\nconnection: close\r\n\
         content-type: application/json\r\ncontent-length: {}\r\nauthorization: Bearer {token}\r\n\r\n{body}",
        body.len()
    );
    assert_eq!(send(&desk, request).await.status(), 200);
    let last = desk.records("history").pop().unwrap();
    assert_eq!((&last["ticketId"], &last["eventName"]), (&json!("189200000000071001"), &json!("TicketUpdated")));
    let told = last["eventInfo"].as_array().unwrap();
    let status = told.iter().find(|told| told["propertyName"] == "status").unwrap();
    assert_eq!(status["propertyValue"]["name"], "Closed");
}
