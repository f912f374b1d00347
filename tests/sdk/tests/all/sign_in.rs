//! Sign-in with a person in between, played by the local server.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use crate::common::desk;
use desk_mock::MockDesk;
use desk_sdk::auth::{AuthError, MemoryStore, OauthClient, RefreshingToken, exchange_console_code};
use desk_sdk::tickets::GetTickets;
use desk_sdk::{Client, SignIn, operation};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::oneshot;

/// A port that nobody listens on now.
fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").port()
}

fn sign_in(desk: &MockDesk) -> (OauthClient, SignIn) {
    let known = desk.register_client_at(format!("http://localhost:{}/back", free_port()));
    let client =
        OauthClient::new(&known.id, known.secret.as_str()).redirect_uri(&known.redirect_uri).accounts_url(desk.url());
    let used = ["get_tickets"].into_iter().filter_map(operation);
    (client.clone(), SignIn::new(client).for_operations(used).desk_url(desk.url()))
}

/// What the browser shows at an address.
async fn browse(address: &str) -> (u16, String) {
    let address = address.replace("localhost", "127.0.0.1");
    let page = reqwest::get(address).await.expect("an answer");
    (page.status().as_u16(), page.text().await.expect("a page"))
}

#[tokio::test]
async fn a_self_client_brings_a_code_of_the_console() {
    let desk = desk().await;
    let known = desk.register_client();
    let client = OauthClient::new(&known.id, known.secret.as_str()).accounts_url(desk.url());
    let code = desk.console_code(&known, ["Desk.tickets.READ"]);
    let store = MemoryStore::new();
    let token = exchange_console_code(&client, code.as_str(), &store).await.expect("signed in");
    assert_eq!(token.scopes.expect("told").to_string(), "Desk.tickets.READ");
    let builder = Client::builder().base_url(desk.url()).organization(desk.organization());
    let calls = builder.token_provider(RefreshingToken::new(client.clone(), store)).build().expect("a client");
    calls.get_tickets(GetTickets::new()).await.expect("tickets");
    // It can be used once, and is not repeated.
    let again = exchange_console_code(&client, code.as_str(), &MemoryStore::new()).await.expect_err("it is spent");
    assert!(matches!(again, AuthError::InvalidCode) && !again.to_string().contains(&code), "{again}");
}

#[tokio::test]
async fn a_person_signs_in_and_calls_are_made() {
    let desk = desk().await;
    let (client, sign_in) = sign_in(&desk);
    let store = MemoryStore::new();
    let (shown, address) = oneshot::channel::<String>();
    let person = async {
        let address: String = address.await.expect("the address is shown");
        let back = desk.consent(&address);
        // Others who knock first change nothing.
        let elsewhere = back.replace("/back", "/favicon.ico");
        assert_eq!(browse(&elsewhere).await.0, 404);
        let mut forged: reqwest::Url = back.parse().expect("an address");
        let pairs: Vec<(String, String)> =
            forged.query_pairs().into_owned().filter(|(name, _)| name != "state").collect();
        forged.query_pairs_mut().clear().extend_pairs(pairs).append_pair("state", "forged");
        assert_eq!(browse(forged.as_str()).await.0, 404);
        let (status, page) = browse(&back).await;
        assert!(status == 200 && page.contains("You are signed in"), "{page}");
    };
    let show = |address: &str| shown.send(address.to_owned()).expect("the person looks");
    let (token, ()) = tokio::join!(sign_in.run(store.clone(), show), person);
    let token = token.expect("signed in");
    assert_eq!(token.organization.expect("found").as_str(), desk.organization());
    let scopes = token.scopes.expect("told").to_string();
    assert!(scopes.contains("Desk.tickets.READ"), "{scopes}");

    let tokens = RefreshingToken::new(client, store);
    let client = Client::builder().base_url(desk.url()).token_provider(tokens).build().expect("a client");
    desk.reset_requests();
    client.get_tickets(GetTickets::new()).await.expect("tickets");
    assert_eq!(desk.requests().len(), 1, "the organization is known from the store");
}

/// A visitor who sends this and waits for what comes, if anything does.
async fn visit(port: u16, request: &str) -> TcpStream {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.expect("connected");
    stream.write_all(request.as_bytes()).await.expect("sent");
    stream
}

#[tokio::test]
async fn silent_visitors_and_other_hosts_change_nothing() {
    let desk = desk().await;
    let (_, sign_in) = sign_in(&desk);
    let (shown, address) = oneshot::channel::<String>();
    let person = async {
        let back = desk.consent(&address.await.expect("the address is shown"));
        let back: reqwest::Url = back.parse().expect("an address");
        let port = back.port().expect("a port");
        let mut silent = Vec::new();
        for request in ["", "GET /back", "GET / HTTP/1.1\r\n"].repeat(10) {
            silent.push(visit(port, request).await);
        }
        let target = format!("{}?{}", back.path(), back.query().expect("a code"));
        let own = format!("localhost:{port}");
        let evil = format!("desk.example:{port}");
        for hosts in [vec![evil.as_str()], vec![], vec!["localhost"], vec!["localhost:1"], vec![&own, &evil]] {
            let hosts: String = hosts.iter().map(|host| format!("Host: {host}\r\n")).collect();
            let mut answer = String::new();
            let mut stream = visit(port, &format!("GET {target} HTTP/1.1\r\n{hosts}\r\n")).await;
            stream.read_to_string(&mut answer).await.expect("an answer");
            assert!(answer.starts_with("HTTP/1.1 421 "), "{hosts}: {answer}");
        }
        let began = Instant::now();
        assert_eq!(browse(back.as_str()).await.0, 200);
        assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
        drop(silent);
    };
    let show = |address: &str| shown.send(address.to_owned()).expect("the person looks");
    let (token, ()) = tokio::join!(sign_in.run(MemoryStore::new(), show), person);
    token.expect("signed in");
}

#[tokio::test]
async fn sign_in_can_be_a_task() {
    let desk = desk().await;
    let (_, sign_in) = sign_in(&desk);
    let (shown, address) = oneshot::channel::<String>();
    let show = |address: &str| shown.send(address.to_owned()).expect("the person looks");
    let task = tokio::spawn(sign_in.run(MemoryStore::new(), show));
    browse(&desk.consent(&address.await.expect("shown"))).await;
    task.await.expect("no panic").expect("signed in");
}

#[tokio::test]
async fn a_person_refuses() {
    let desk = desk().await;
    let (_, sign_in) = sign_in(&desk);
    let (shown, address) = oneshot::channel::<String>();
    let person = async { browse(&desk.refuse_consent(&address.await.expect("shown"))).await };
    let show = |address: &str| shown.send(address.to_owned()).expect("the person looks");
    let (token, (status, _)) = tokio::join!(sign_in.run(MemoryStore::new(), show), person);
    assert_eq!(status, 200);
    let error = token.expect_err("not signed in");
    assert!(matches!(&error, AuthError::NoConsent { reason } if reason == "access_denied"), "{error}");
}

#[tokio::test]
async fn a_taken_port_is_said() {
    let desk = desk().await;
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port();
    let client =
        OauthClient::new("1000.ID", "x").redirect_uri(format!("http://localhost:{port}/")).accounts_url(desk.url());
    let error =
        SignIn::new(client).run(MemoryStore::new(), |_| panic!("too early")).await.expect_err("the port is taken");
    assert!(error.to_string().contains(&format!("cannot listen on port {port} of the registered address")), "{error}");
    let elsewhere = OauthClient::new("1000.ID", "x").redirect_uri("https://example.com/back");
    let error = SignIn::new(elsewhere).run(MemoryStore::new(), |_| panic!("too early")).await.expect_err("not here");
    assert!(error.to_string().contains("does not lead to this computer"), "{error}");
}
