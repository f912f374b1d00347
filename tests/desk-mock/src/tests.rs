//! The way of a request through a server, and once over a real connection.

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::desk::{Desk, Room};
use crate::incoming::Incoming;
use crate::reply::Reply;
use crate::tokens::Grant;
use crate::{MockDesk, seed, spec};

const EVERYTHING: [&str; 8] = [
    "Desk.tickets.ALL",
    "Desk.contacts.ALL",
    "Desk.basic.ALL",
    "Desk.settings.ALL",
    "Desk.search.READ",
    "Desk.articles.ALL",
    "Desk.activities.ALL",
    "Desk.organization.ALL",
];

struct Fixture {
    desk: Desk,
    token: String,
    organization: Option<String>,
}

impl Fixture {
    fn new(scopes: &[&str]) -> Self {
        let desk = Desk::new(spec::built_in().unwrap(), seed::read().unwrap());
        let scopes = scopes.iter().map(|scope| (*scope).to_owned()).collect();
        let token = desk.tokens().issue(Grant { scopes });
        let organization = desk.organizations().first().cloned();
        Self { desk, token, organization }
    }

    fn send(&self, method: &str, target: &str, body: Option<&Value>) -> Reply {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let mut headers = HeaderMap::new();
        let mut header = |name: &'static str, value: &str| {
            headers.insert(HeaderName::from_static(name), HeaderValue::from_str(value).unwrap());
        };
        header("authorization", &format!("Zoho-oauthtoken {}", self.token));
        if let Some(organization) = &self.organization {
            header("orgid", organization);
        }
        let body = body.map_or_else(Bytes::new, |body| {
            header("content-type", "application/json");
            Bytes::from(body.to_string())
        });
        self.desk.handle(&Incoming::new(method, path, query, headers, body), Room::Free)
    }

    fn get(&self, target: &str) -> Reply {
        self.send("GET", target, None)
    }
}

fn value(reply: &Reply) -> Value {
    serde_json::from_slice(reply.body.bytes()).unwrap_or_default()
}

fn refused(reply: &Reply) -> (u16, String) {
    (reply.status, value(reply)["errorCode"].as_str().unwrap_or_default().to_owned())
}

fn error(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

/// Field and kind of each fault.
fn faults(reply: &Reply) -> Vec<(String, String)> {
    let value = value(reply);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let errors = value["errors"].as_array().cloned().unwrap_or_default();
    errors.iter().map(|error| (text(&error["fieldName"]), text(&error["errorType"]))).collect()
}

fn fault(field: &str, kind: &str) -> (String, String) {
    (field.to_owned(), kind.to_owned())
}

#[test]
fn refusals_in_the_order_of_the_checks() {
    let mut fixture = Fixture::new(&["Desk.tickets.READ"]);
    assert_eq!(refused(&fixture.get("/api/v1/nothing/of/the/kind")), error(404, "URL_NOT_FOUND"));
    assert_eq!(refused(&fixture.send("DELETE", "/api/v1/tickets", None)), error(405, "METHOD_NOT_ALLOWED"));
    assert_eq!(refused(&fixture.get("/api/v1/contacts")), error(403, "SCOPE_MISMATCH"));
    assert_eq!(refused(&fixture.get("/api/v1/tickets?limit=x")), error(422, "INVALID_DATA"));
    assert_eq!(fixture.get("/api/v1/tickets").status, 200);

    fixture.organization = Some("1".to_owned());
    assert_eq!(refused(&fixture.get("/api/v1/contacts")), error(403, "OAUTH_ORG_MISMATCH"));
    fixture.organization = None;
    let reply = fixture.get("/api/v1/contacts");
    assert_eq!(refused(&reply), error(422, "INVALID_DATA"));
    assert_eq!(faults(&reply), [fault("/orgId", "missing")]);
    assert_eq!(fixture.get("/api/v1/tickets?orgId=600123456").status, 200);

    fixture.desk.tokens().revoke(&fixture.token);
    assert_eq!(refused(&fixture.get("/api/v1/contacts")), error(401, "INVALID_OAUTH"));
    fixture.token.clear();
    assert_eq!(refused(&fixture.get("/api/v1/contacts")), error(401, "UNAUTHORIZED"));
}

#[test]
fn an_organization_where_none_is_taken() {
    let mut fixture = Fixture::new(&EVERYTHING);
    assert_eq!(faults(&fixture.get("/api/v1/organizations")), [fault("/orgId", "invalid")]);
    fixture.organization = None;
    let reply = fixture.get("/api/v1/organizations");
    assert_eq!(value(&reply)["data"][0]["id"], "600123456");
}

#[test]
fn every_fault_of_the_parameters_at_once() {
    let fixture = Fixture::new(&EVERYTHING);
    let reply = fixture.get("/api/v1/contacts?limit=101&from=a&colour=red&sortBy=-email&sortBy=email");
    let expected = [
        fault("/limit", "invalid"),
        fault("/from", "invalid"),
        fault("/colour", "invalid"),
        fault("/sortBy", "duplicate"),
    ];
    assert_eq!(faults(&reply), expected);
    assert_eq!(faults(&fixture.get("/api/v1/tickets/abc")), [fault("/ticketId", "invalid")]);
    assert_eq!(faults(&fixture.get("/api/v1/departmentsByIds")), [fault("/departmentIds", "missing")]);
    assert_eq!(fixture.get("/api/v1/_doc/_agent_performance_metrics?colour=red").status, 200);
}

#[test]
fn bodies() {
    let fixture = Fixture::new(&EVERYTHING);
    let post = |body: Option<&Value>| fixture.send("POST", "/api/v1/tickets", body);
    assert_eq!(refused(&post(None)), error(422, "EMPTY_PAYLOAD"));
    let missing = [fault("/contactId", "missing"), fault("/departmentId", "missing")];
    let mut found = faults(&post(Some(&json!({ "subject": "a" }))));
    found.sort();
    assert_eq!(found, missing);
    let wrong = json!({ "contactId": 1, "departmentId": "2", "subject": ["a"], "uploads": "1" });
    let mut found = faults(&post(Some(&wrong)));
    found.sort();
    assert_eq!(found, [fault("/subject", "invalid"), fault("/uploads", "invalid")]);
}

#[test]
fn pages_count_from_the_operations_own_first_index() {
    let fixture = Fixture::new(&EVERYTHING);
    let ids = |target: &str| -> Vec<String> {
        let value = value(&fixture.get(target));
        let records = value["data"].as_array().cloned().unwrap_or_default();
        records.iter().filter_map(|record| record["id"].as_str().map(str::to_owned)).collect()
    };
    let tickets = ids("/api/v1/tickets");
    assert_eq!(tickets.len(), 12);
    assert_eq!(ids("/api/v1/tickets?from=0&limit=2"), tickets[..2]);
    assert_eq!(ids("/api/v1/tickets?from=10&limit=5"), tickets[10..]);
    let accounts = ids("/api/v1/accounts");
    assert_eq!(accounts.len(), 3);
    assert_eq!(ids("/api/v1/accounts?from=1&limit=2"), accounts[..2]);
    assert_eq!(ids("/api/v1/accounts?from=3&limit=2"), accounts[2..]);
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
fn related_records_exist() {
    let fixture = Fixture::new(&EVERYTHING);
    for ticket in value(&fixture.get("/api/v1/tickets"))["data"].as_array().unwrap() {
        for (field, path) in [
            ("contactId", "contacts"),
            ("accountId", "accounts"),
            ("departmentId", "departments"),
            ("assigneeId", "agents"),
        ] {
            if let Some(id) = ticket[field].as_str() {
                assert_eq!(fixture.get(&format!("/api/v1/{path}/{id}")).status, 200, "{field} {id}");
            }
        }
    }
}

#[test]
fn records_are_created_and_changed() {
    let fixture = Fixture::new(&EVERYTHING);
    let sent = json!({ "subject": "New", "contactId": "189200000000051001", "departmentId": "189200000000006901" });
    let created = value(&fixture.send("POST", "/api/v1/tickets", Some(&sent)));
    assert_eq!(created["subject"], "New");
    assert_eq!(created["ticketNumber"], 113);
    let path = format!("/api/v1/tickets/{}", created["id"].as_str().unwrap());
    let changed = value(&fixture.send("PATCH", &path, Some(&json!({ "priority": "High", "phone": null }))));
    assert_eq!(changed["priority"], "High");
    assert_eq!(value(&fixture.get(&path))["priority"], "High");
    assert_eq!(refused(&fixture.get("/api/v1/tickets/1")), error(404, "URL_NOT_FOUND"));
    assert_eq!(value(&Fixture::new(&EVERYTHING).get(&path))["errorCode"], "URL_NOT_FOUND");
}

#[test]
fn answers_come_from_types_and_are_the_same_again() {
    let fixture = Fixture::new(&EVERYTHING);
    let target = "/api/v1/tickets/189200000000071001/comments";
    let first = fixture.get(target);
    assert_eq!(first.status, 200);
    assert_eq!(value(&first)["data"].as_array().map(Vec::len), Some(1));
    assert_eq!(first.body, fixture.get(target).body);
    let later = fixture.get(&format!("{target}?from=100"));
    assert_eq!((later.status, value(&later)), (200, json!({ "data": [] })));
    let later = fixture.get("/api/v1/contracts/189200000000099001/comments?from=100");
    assert_eq!((later.status, later.body.len()), (204, 0));
    let logo = fixture.get("/api/v1/departments/189200000000006901/logo");
    assert_eq!(logo.content_type.as_deref(), Some("application/octet-stream"));
    assert_eq!(logo.body.len(), 4096);
}

#[test]
fn a_scripted_answer_is_given_once_and_only_after_the_checks() {
    let fixture = Fixture::new(&EVERYTHING);
    fixture.desk.script("get_session_analytics_2", Reply::of(200, "text/plain", "odd"));
    assert_eq!(fixture.get("/api/v1/_doc/__session_analytics?a=1&a=2").status, 422);
    assert_eq!(fixture.get("/api/v1/_doc/__session_analytics").body.bytes(), b"odd");
    assert_ne!(fixture.get("/api/v1/_doc/__session_analytics").body.bytes(), b"odd");
    let log = fixture.desk.received();
    assert_eq!(log.iter().map(|request| request.status).collect::<Vec<_>>(), [422, 200, 200]);
    assert_eq!(log[0].operation.as_deref(), Some("get_session_analytics"));
    assert_eq!(log[0].header("Authorization"), Some("Zoho-oauthtoken ***"));
    assert!(!format!("{log:?}").contains(&fixture.token));
}

#[tokio::test]
async fn over_a_real_connection() {
    let desk = MockDesk::start().await.unwrap();
    let token = desk.token(["Desk.tickets.READ"]);
    let address = desk.url().strip_prefix("http://").unwrap().to_owned();
    let mut stream = TcpStream::connect(&address).await.unwrap();
    let request = format!(
        "GET /api/v1/tickets?limit=1 HTTP/1.1\r\nhost: {address}\r\norgId: {}\r\n\
         authorization: Zoho-oauthtoken {token}\r\nconnection: close\r\n\r\n",
        desk.organization()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(answer.contains("x-rate-limit-remaining-v3: 99999\r\n"), "{answer}");
    assert!(answer.contains("Grinder stops"), "{answer}");
    let received = desk.requests();
    assert_eq!(received.len(), 1);
    assert_eq!(received[0].operation.as_deref(), Some("get_tickets"));
    assert_eq!(received[0].query_value("limit"), Some("1"));
    assert!(!format!("{desk:?} {received:?}").contains(&token));
    desk.reset_requests();
    assert!(desk.requests().is_empty());

    drop(desk);
    for _ in 0..100 {
        if TcpStream::connect(&address).await.is_err() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("the server did not stop");
}
