//! Calls with the client of the ledger: offsets, a header that names a book, keys instead of tokens, flat scopes, two
//! regions, and lists that are read by time.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use desk_sdk::auth::{AuthorizationRequest, DataCentre, OauthClient};
use desk_sdk::books::{Book, Entries, Status};
use desk_sdk::{Client, ScopeSet, scopes};
use serde_json::{Value, json};

#[tokio::main]
async fn main() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let address = served(Arc::clone(&seen)).await;
    let builder = || Client::builder().access_token("k1").base_url(format!("{address}/api")).scopes(["entries_read"]);
    let client = builder().organization("main book").build().expect("ids of books are not digits");

    let mut entries = client.entries(Entries::new()).records();
    let mut numbers = Vec::new();
    while let Some(entry) = entries.next().await {
        numbers.push(entry.expect("an entry").no.expect("a number").to_string());
    }
    assert_eq!(numbers, ["1", "2", "3", "4", "5"]);
    let asked: Vec<String> = std::mem::take(&mut *seen.lock().expect("no panic"));
    assert!(asked.contains(&"GET /api/entries?offset=4&count=2 main book Ledger-Key k1".to_owned()), "{asked:?}");

    let mut by_time = client.entries(Entries::new()).all();
    let mut count = 0;
    while let Some(entry) = by_time.next().await {
        count += usize::from(entry.expect("an entry").no.is_some());
    }
    assert_eq!(count, 5);
    let asked = std::mem::take(&mut *seen.lock().expect("no panic"));
    assert!(asked[0].contains("booked_at_between=") && asked[0].contains("order=booked_at"), "{asked:?}");

    let error = client.book(Book::new().amount(7.5)).await.expect_err("it may only read");
    assert!(error.is_missing_scopes() && error.to_string().contains("entries_write"), "{error}");
    assert!(ScopeSet::parse("entries_read").covers(scopes::ENTRIES_READ));
    assert!(!ScopeSet::parse("entries").covers(scopes::ENTRIES_READ));
    assert_eq!(scopes::ENTRIES_READ.to_string(), "entries_read");
    assert!(seen.lock().expect("no panic").is_empty(), "nothing was sent");

    let nameless = builder().build().expect("a client");
    let error = nameless.entries(Entries::new()).await.expect_err("it names no book");
    assert!(error.to_string().contains("set one with `organization`"), "{error}");
    client.status(Status::new()).await.expect("it needs neither a book nor a scope");

    let unwritten = AuthorizationRequest::new(&OauthClient::new("id", "secret"), ["entries_read"]);
    assert!(unwritten.err().is_some_and(|error| error.to_string().contains("Ledger has no such request")));
    assert_eq!("south".parse(), Ok(DataCentre::South));
    assert_eq!(DataCentre::from_api_domain("https://south.ledger.example"), Some(DataCentre::South));
    println!("all calls were as expected");
}

async fn served(seen: Arc<Mutex<Vec<String>>>) -> String {
    let router = Router::new().fallback(move |request: Request| {
        let seen = Arc::clone(&seen);
        async move {
            let header = |name: &str| {
                request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
            };
            let (method, uri, book, key) = (request.method(), request.uri(), header("x-book"), header("authorization"));
            seen.lock().expect("no panic").push(format!("{method} {uri} {book} {key}"));
            answer(&request)
        }
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}")
}

/// Five entries, booked on five days; two on a page.
fn answer(request: &Request) -> Response {
    if request.uri().path() == "/api/status" {
        return json(&json!({ "up": true }));
    }
    let query = request.uri().query().unwrap_or_default().replace("%3A", ":").replace("%2C", ",");
    let value = |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(&format!("{name}=")));
    let number = |name: &str, usual: usize| value(name).and_then(|text| text.parse().ok()).unwrap_or(usual);
    let since = value("booked_at_between").and_then(|range| range.split(',').next()).unwrap_or_default();
    let rows = (1..=5).map(|day| json!({ "no": day, "booked_at": format!("2026-01-0{day}T00:00:00.000Z") }));
    let rows: Vec<Value> = rows.filter(|row| row["booked_at"].as_str().is_some_and(|at| at >= since)).collect();
    let (offset, count) = (number("offset", 0), number("count", 2));
    let page: Vec<&Value> = rows.iter().skip(offset).take(count).collect();
    json(&json!({ "rows": page, "all": rows.len(), "more": offset + count < rows.len() }))
}

fn json(body: &Value) -> Response {
    let answer = Response::builder().status(200).header("content-type", "application/json");
    answer.body(Body::from(body.to_string())).expect("an answer")
}
