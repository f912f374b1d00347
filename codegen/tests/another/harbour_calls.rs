//! Calls with the client of the harbour: pages by number, `Bearer`, scopes such as `read:ships`, errors in an object.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use desk_sdk::auth::{AuthorizationRequest, DataCentre, OauthClient};
use desk_sdk::port::{CloseBerth, ListBerths, ListFlags, ReadLog};
use desk_sdk::shipping::{AnnounceVisit, DownloadPhoto, GetShip, ListShips, RegisterShip, ReplacePhoto, ScrapShip};
use desk_sdk::{Client, Endpoint as _, ScopeSet, scopes, smallest_scopes};
use serde_json::{Value, json};

const SHIPS: usize = 120;

type Seen = Arc<Mutex<Vec<String>>>;

#[tokio::main]
async fn main() {
    let seen = Seen::default();
    let address = served(Arc::clone(&seen)).await;
    let client = |token: &str, granted: &str| {
        Client::builder().access_token(token).scopes([granted]).base_url(&address).build().expect("a client")
    };
    let all = client("good", "admin:harbour");
    let taken = || std::mem::take(&mut *seen.lock().expect("no panic"));

    a_list_is_read_page_by_page(&all).await;
    let pages = taken();
    assert!(pages.contains(&"GET /v2/ships?page=1&per_page=50".to_owned()), "{pages:?}");
    assert!(pages.contains(&"GET /v2/ships?page=3&per_page=50".to_owned()), "{pages:?}");

    a_walk_goes_on_where_it_stopped(&all).await;
    lists_that_are_not_numbered(&all).await;
    refusals_are_read(&all).await;

    drop(taken());
    scopes_are_checked_before_a_call(&client("good", "read:ships")).await;
    assert_eq!(taken(), ["GET /v2/ships/s1"], "only the call that has its scope is made");
    let expired = client("bad", "read:ships").get_ship(GetShip::new("s1")).await.expect_err("the token is refused");
    assert!(expired.is_unauthorized() && expired.to_string().contains("sign in again"), "{expired}");

    consent_is_asked_for_as_the_accounts_server_wants_it();
    let none = all.organization().await.expect_err("there are none");
    assert!(none.to_string().contains("Harbour: there are no organizations"), "{none}");
    let named = all.invoke("list_ships", json!({ "flag": "nl", "page": 2 })).await.expect("a page");
    assert_eq!(named["items"][0]["uid"], "s51");
    files_travel(&all).await;
    println!("all calls were as expected");
}

async fn a_list_is_read_page_by_page(client: &Client) {
    let mut ships = client.list_ships(ListShips::new()).records();
    let mut uids = BTreeSet::new();
    while let Some(ship) = ships.next().await {
        assert!(uids.insert(ship.expect("a ship").uid.expect("an id")), "each comes once");
    }
    assert_eq!(uids.len(), SHIPS);
    let estimate = client.list_ships(ListShips::new()).records().estimate().await.expect("an estimate");
    assert_eq!((estimate.records, estimate.calls), (Some(120), Some(3)));
    let unknown = client.list_berths(ListBerths::new()).records().estimate().await.expect("an estimate");
    assert_eq!(unknown.calls, None, "nobody knows how many berths there are");
}

async fn a_walk_goes_on_where_it_stopped(client: &Client) {
    let mut first = client.list_ships(ListShips::new()).records();
    let mut uids = Vec::new();
    for _ in 0..70 {
        uids.push(first.next().await.expect("one more").expect("a ship").uid.expect("an id"));
    }
    let position = serde_json::to_string(&first.position().expect("a position")).expect("it can be kept");
    let position: desk_sdk::Position = serde_json::from_str(&position).expect("it can be read");
    let mut rest = client.list_ships(ListShips::new()).records().resume_from(position);
    while let Some(ship) = rest.next().await {
        uids.push(ship.expect("a ship").uid.expect("an id"));
    }
    let expected: Vec<String> = (1..=SHIPS).map(|number| format!("s{number}")).collect();
    assert_eq!(uids, expected, "no ship is lost or comes again");
}

async fn lists_that_are_not_numbered(client: &Client) {
    let mut log = client.read_log(ReadLog::new()).records();
    assert!(log.next().await.is_some_and(|entry| entry.is_ok()) && log.next().await.is_some_and(|entry| entry.is_ok()));
    let error = log.next().await.expect("it does not end in silence").expect_err("there is more behind a cursor");
    assert!(error.to_string().contains("read_log has more records"), "{error}");
    let flags = client.list_flags(ListFlags::new()).await.expect("flags");
    assert_eq!(flags.data[0].code.as_deref(), Some("nl"));
}

async fn refusals_are_read(client: &Client) {
    let error = client.get_ship(GetShip::new("s999")).await.expect_err("it is not there");
    let told = error.api().expect("a refusal");
    assert!(error.is_not_found() && told.code == "unknown_ship" && told.message == "no such ship", "{error}");
    assert_eq!(told.request_id.as_deref(), Some("t-1"));
    let error = client.register_ship(RegisterShip::new().name("Taken").flag("nl")).await.expect_err("it is taken");
    let told = &error.api().expect("a refusal").errors;
    assert_eq!((told[0].field.as_str(), told[0].kind.as_str()), ("/name", "taken"));
    let visit = AnnounceVisit::new("s1").arrives_at("2026-05-01T10:00:00Z");
    let error = client.announce_visit(visit).await.expect_err("a success that is none");
    assert!(error.to_string().contains("choose another berth"), "{error}");
    let broken = client.register_ship(RegisterShip::new().name("No flag")).await.expect_err("it lacks a flag");
    assert!(broken.to_string().contains("flag"), "{broken}");
}

async fn scopes_are_checked_before_a_call(client: &Client) {
    client.get_ship(GetShip::new("s1")).await.expect("it may read ships");
    let error = client.scrap_ship(ScrapShip::new("s1")).await.expect_err("it may not scrap ships");
    assert!(error.is_missing_scopes() && error.to_string().contains("admin:ships"), "{error}");
    for (granted, needed, covered) in [
        ("write:ships", scopes::READ_SHIPS, true),
        ("admin:ships", scopes::WRITE_SHIPS, true),
        ("write:ships", scopes::ADMIN_SHIPS, false),
        ("write:harbour", scopes::WRITE_BERTHS, true),
        ("read:harbour", scopes::WRITE_BERTHS, false),
        ("READ:ships", scopes::READ_SHIPS, false),
        ("ships", scopes::READ_SHIPS, false),
    ] {
        assert_eq!(ScopeSet::parse(granted).covers(needed), covered, "{needed} by {granted}");
    }
    assert_eq!(scopes::READ_SHIPS.broader(), ["write:ships", "admin:ships", "read:harbour", "write:harbour", "admin:harbour"]);
    assert_eq!("write:berths".parse(), Ok(scopes::WRITE_BERTHS));
    let odd: Vec<String> = ScopeSet::parse("read:shops fly:ships read").odd().map(|odd| odd.to_string()).collect();
    assert!(odd.iter().any(|odd| odd.contains("does not begin with read, write or admin")), "{odd:?}");
    let smallest = smallest_scopes([ListShips::OPERATION, CloseBerth::OPERATION]);
    assert_eq!(smallest.len(), 1, "{smallest:?}");
}

fn consent_is_asked_for_as_the_accounts_server_wants_it() {
    let registered = OauthClient::new("id", "secret");
    let request = AuthorizationRequest::new(&registered, ["read:ships", "write:berths"]).expect("a request");
    let start = "https://id.harbour.example/authorize?scope=read%3Aships+write%3Aberths&client_id=id";
    assert!(request.url().starts_with(start) && request.url().contains("&audience=harbour&"), "{}", request.url());
    assert_eq!(DataCentre::default().desk_url(), "https://api.harbour.example");
    assert_eq!(DataCentre::all().count(), 1);
}

async fn files_travel(client: &Client) {
    client.replace_photo(ReplacePhoto::new("s1").body(vec![1, 2, 3])).await.expect("it is replaced");
    let photo = client.download_photo(DownloadPhoto::new("s1")).await.expect("a photo").bytes().await.expect("bytes");
    assert_eq!(&photo[..], [1, 2, 3]);
}

async fn served(seen: Seen) -> String {
    let router = Router::new().fallback(move |request: Request| {
        let seen = Arc::clone(&seen);
        async move {
            seen.lock().expect("no panic").push(format!("{} {}", request.method(), request.uri()));
            answer(&request)
        }
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}")
}

fn answer(request: &Request) -> Response {
    let (path, query) = (request.uri().path(), request.uri().query().unwrap_or_default());
    let value = |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(&format!("{name}="))?.parse().ok());
    if request.headers().get("authorization").is_none_or(|token| token != "Bearer good") {
        return refused(401, "token_expired", "the token has expired", json!([]));
    }
    assert!(!request.headers().contains_key("orgId"));
    match (request.method().as_str(), path) {
        ("GET", "/v2/ships") => {
            let (page, size) = (value("page").unwrap_or(1_usize), value("per_page").unwrap_or(50_usize).min(50));
            let ships = ((page - 1) * size + 1..=SHIPS).take(size).map(ship);
            let ships: Vec<Value> = ships.collect();
            json(200, &json!({ "items": ships, "total": SHIPS, "has_next": page * size < SHIPS }))
        }
        ("GET", "/v2/berths") => json(200, &json!({ "items": [{ "number": 1 }], "has_next": true })),
        ("GET", "/v2/log") => json(200, &json!({ "items": [{ "uid": "a" }, { "uid": "b" }], "next_cursor": "c" })),
        ("GET", "/v2/flags") => json(200, &json!([{ "code": "nl", "name": "Netherlands" }])),
        ("GET", "/v2/ships/s1") => json(200, &ship(1)),
        ("GET", "/v2/ships/s1/photo") => with(200, "image/jpeg", vec![1, 2, 3]),
        ("PUT", "/v2/ships/s1/photo") => with(204, "text/plain", Vec::new()),
        ("POST", "/v2/ships") => {
            let details = json!([{ "path": "/name", "reason": "taken", "text": "another ship has it" }]);
            refused(422, "invalid", "the ship cannot be registered", details)
        }
        ("POST", "/v2/ships/s1/visits") => {
            json(201, &json!({ "error": { "code": "berth_taken", "message": "no berth is free" } }))
        }
        _ => refused(404, "unknown_ship", "no such ship", json!([])),
    }
}

fn ship(number: usize) -> Value {
    json!({ "uid": format!("s{number}"), "name": format!("Ship {number}"), "flag": "nl" })
}

fn refused(status: u16, code: &str, message: &str, details: Value) -> Response {
    json(status, &json!({ "error": { "code": code, "message": message, "details": details } }))
}

fn json(status: u16, body: &Value) -> Response {
    with(status, "application/json", body.to_string().into_bytes())
}

fn with(status: u16, kind: &str, body: Vec<u8>) -> Response {
    let answer = Response::builder().status(status).header("content-type", kind).header("x-trace", "t-1");
    answer.body(Body::from(body)).expect("an answer")
}
