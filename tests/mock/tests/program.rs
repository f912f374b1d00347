//! The program as people and other programs start it. It needs the feature `cli`.

mod common;

use std::io::{BufRead as _, BufReader, Read as _};
use std::net::TcpListener;
use std::process::{Child, Command, Output, Stdio};

use common::send;

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_desk-mock"));
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// A program that runs, with what it said of itself. It is killed at the end of the test, whatever comes.
struct Running {
    child: Child,
    url: String,
    organization: String,
    token: String,
    client_id: String,
    client_secret: String,
    refresh_token: String,
    curl: String,
}

impl Running {
    fn start(arguments: &[&str]) -> Self {
        let mut child = program(&[&["--port", "0"], arguments].concat()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
        let mut named = |name: &str| {
            let line = lines.next().unwrap();
            line.strip_prefix(name).unwrap_or_else(|| panic!("{name} in {line:?}")).trim().to_owned()
        };
        let (url, organization, token) = (named("url"), named("organization"), named("token"));
        let (client_id, client_secret) = (named("client id"), named("client secret"));
        let refresh_token = named("refresh token");
        assert!(named("redirect to").starts_with("http://localhost"));
        assert!(named("console code").starts_with("1000."));
        named("");
        let curl = named("curl");
        Self { child, url, organization, token, client_id, client_secret, refresh_token, curl }
    }

    async fn get(&self, target: &str) -> common::Answer {
        self.get_with(&self.token, target).await
    }

    async fn get_with(&self, token: &str, target: &str) -> common::Answer {
        let Self { url, organization, .. } = self;
        let request = format!(
            "GET {target} HTTP/1.1\r\nhost: desk\r\norgId: {organization}\r\nconnection: close\r\n\
             authorization: Zoho-oauthtoken {token}\r\n\r\n"
        );
        send(url, request).await
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // An error says that it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn failed(arguments: &[&str]) -> (Output, String) {
    let output = program(arguments).output().unwrap();
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    (output, said)
}

#[tokio::test]
async fn what_it_prints_is_enough_to_call_it() {
    let desk = Running::start(&["--tickets", "40"]);
    assert!(desk.url.starts_with("http://127.0.0.1:"));
    let parts = [&desk.url, &desk.organization, &desk.token];
    assert!(parts.iter().all(|part| desk.curl.contains(part.as_str())), "{}", desk.curl);
    let page = desk.get("/api/v1/tickets?from=10&limit=30").await;
    assert_eq!(page.status(), 200);
    assert_eq!(page.json().unwrap()["data"].as_array().unwrap().len(), 30);
    // The token has every scope.
    assert_eq!(desk.get("/api/v1/organizations").await.status(), 200);
    assert_eq!(desk.get("/api/v1/articles?limit=1").await.status(), 200);
}

/// As a program in any language refreshes its token.
#[tokio::test]
async fn what_it_prints_is_enough_to_refresh_a_token() {
    let desk = Running::start(&[]);
    let Running { url, client_id, client_secret, refresh_token, .. } = &desk;
    let form = format!(
        "grant_type=refresh_token&client_id={client_id}&client_secret={client_secret}&refresh_token={refresh_token}"
    );
    let request = format!(
        "POST /oauth/v2/token HTTP/1.1\r\nhost: desk\r\nconnection: close\r\ncontent-length: {}\r\n\
         content-type: application/x-www-form-urlencoded\r\n\r\n{form}",
        form.len()
    );
    let answer = send(url, request).await.json().unwrap();
    let token = answer["access_token"].as_str().unwrap();
    assert_eq!((&answer["expires_in"], &answer["api_domain"]), (&3600.into(), &url.as_str().into()));
    assert_eq!(desk.get_with(token, "/api/v1/contacts?limit=1").await.status(), 200);
}

#[tokio::test]
async fn days_and_organizations_are_chosen() {
    let desk = Running::start(&["--day", "2024-06-01", "--organizations", "2"]);
    let listed = desk.get("/api/v1/organizations").await.json().unwrap();
    let ids: Vec<&str> = listed["data"].as_array().unwrap().iter().filter_map(|one| one["id"].as_str()).collect();
    assert_eq!(ids, [desk.organization.as_str(), "600123457"]);
    let page = desk.get("/api/v1/tickets?sortBy=createdTime&limit=1").await.json().unwrap();
    assert_eq!(page["data"][0]["createdTime"], "2024-05-14T09:30:00.000Z");
    let without = |running: &Running| {
        let request = format!(
            "GET /api/v1/tickets?limit=1 HTTP/1.1\r\nhost: desk\r\nconnection: close\r\nauthorization: Bearer {}\r\n\r\n",
            running.token
        );
        (running.url.clone(), request)
    };
    for (arguments, status) in [(vec![], 200), (vec!["--strict"], 422)] {
        let desk = Running::start(&arguments);
        let (url, request) = without(&desk);
        assert_eq!(send(&url, request).await.status(), status);
    }
    let (_, said) = failed(&["--day", "tomorrow"]);
    assert!(said.contains("write a day as 2024-06-01"), "{said}");
}

#[tokio::test]
async fn an_edition_limits_it() {
    let desk = Running::start(&["--edition", "free"]);
    let page = desk.get("/api/v1/tickets?limit=1").await;
    assert_eq!(page.header("x-rate-limit-remaining-v3"), Some("4997"));
}

#[tokio::test]
async fn contradictions_are_chosen_by_name() {
    let desk = Running::start(&["--contradictions", "empty-body"]);
    let mut empty = 0;
    for _ in 0..50 {
        empty += usize::from(desk.get("/api/v1/organizations").await.body.is_empty());
    }
    assert!((1..50).contains(&empty), "{empty}");
    let (output, said) = failed(&["--port", "0", "--contradictions", "epoch"]);
    assert!(!output.status.success() && output.stdout.is_empty());
    assert!(said.starts_with("error: there is no contradiction \"epoch\"; there are epoch-number,"), "{said}");
}

#[test]
fn a_port_that_is_taken() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap();
    let (output, said) = failed(&["--port", &address.port().to_string()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said.starts_with("error: ") && said.contains(&address.to_string()), "{said}");
}

/// As containers and service managers end it.
#[cfg(unix)]
#[tokio::test]
async fn it_ends_gracefully() {
    let mut desk = Running::start(&["--log"]);
    assert_eq!(desk.get("/api/v1/tickets?limit=1").await.status(), 200);
    let ended = Command::new("kill").arg(desk.child.id().to_string()).status().unwrap();
    assert!(ended.success() && desk.child.wait().unwrap().success());
    let mut said = String::new();
    desk.child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!(said, "GET /api/v1/tickets?limit=1 get_tickets 200\nstopped\n");
}
