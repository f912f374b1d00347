//! Over HTTP.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

use super::client::program;
use crate::common::{Desk, ran};

const SECRET: &str = "a-secret-of-the-tests-0123456789";

/// The program, with the port that it has taken.
pub(super) struct Served {
    child: Child,
    pub(super) port: u16,
    /// What it has told at its start.
    told: Vec<String>,
}

impl Served {
    pub(super) fn start(desk: &Desk, arguments: &[&str], secret: Option<&str>) -> Self {
        let mut command = program(desk, &[&["--http", "0"], arguments].concat());
        if let Some(secret) = secret {
            command.env("DESK_MCP_SECRET", secret);
        }
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut told = Vec::new();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let wanted = if secret.is_some() { 1 } else { 2 };
        while told.len() < wanted {
            told.push(lines.next().unwrap().unwrap());
        }
        std::thread::spawn(move || lines.for_each(drop));
        let address = told[0].strip_prefix("serving at http://127.0.0.1:").unwrap();
        let port = address.strip_suffix("/mcp").unwrap().parse().unwrap();
        Self { child, port, told }
    }

    /// The status and the body that a request gets.
    fn ask(&self, request: &str, headers: &[(&str, &str)], body: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        let mut text = format!("{request} HTTP/1.1\r\nconnection: close\r\n");
        for (name, value) in headers {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
        text.push_str(&format!("content-length: {}\r\n\r\n{body}", body.len()));
        stream.write_all(text.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer);
        let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
        (status, answer.split_once("\r\n\r\n").unwrap().1.to_owned())
    }

    /// A request to list the tools, in the way that needs no session.
    fn list(&self, headers: &[(&str, &str)]) -> (u16, String) {
        let host = format!("127.0.0.1:{}", self.port);
        let meta = json!({
            "io.modelcontextprotocol/protocolVersion": "2026-07-28",
            "io.modelcontextprotocol/clientInfo": { "name": "test", "version": "1" },
            "io.modelcontextprotocol/clientCapabilities": {},
        });
        let body =
            json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": { "_meta": meta } }).to_string();
        let usual = [
            ("host", host.as_str()),
            ("content-type", "application/json"),
            ("accept", "application/json, text/event-stream"),
            ("mcp-protocol-version", "2026-07-28"),
            ("mcp-method", "tools/list"),
        ];
        let is_given = |name: &str| headers.iter().any(|(given, _)| *given == name);
        let kept = usual.into_iter().filter(|(name, _)| !is_given(name));
        let all: Vec<(&str, &str)> =
            kept.chain(headers.iter().copied()).filter(|(_, value)| !value.is_empty()).collect();
        self.ask("POST /mcp", &all, &body)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn bearer(secret: &str) -> String {
    format!("Bearer {secret}")
}

#[test]
fn only_programs_of_this_computer_that_know_the_secret_are_answered() {
    let desk = Desk::start();
    let served = Served::start(&desk, &[], Some(SECRET));
    let good = bearer(SECRET);
    let (status, body) = served.list(&[("authorization", &good)]);
    assert_eq!(status, 200, "{body}");
    let start = body.find('{').unwrap();
    let answer: Value = serde_json::Deserializer::from_str(&body[start..]).into_iter().next().unwrap().unwrap();
    assert_eq!(answer["result"]["tools"].as_array().unwrap().len(), 33, "{answer}");

    for wrong in ["", "Bearer", "Bearer ", "Bearer wrong", SECRET, &format!("Basic {SECRET}"), &format!("{good}x")] {
        let (status, body) = served.list(&[("authorization", wrong)]);
        assert_eq!(status, 401, "{wrong:?}: {body}");
        assert!(!body.contains(SECRET) && body.contains("Authorization: Bearer"), "{body}");
    }
    // A page that has given its own name this computer's address, and one that asks across.
    let port = served.port;
    for host in
        ["evil.example", &format!("evil.example:{port}"), "127.0.0.1:1", &format!("127.0.0.1.evil.example:{port}"), ""]
    {
        let (status, body) = served.list(&[("authorization", &good), ("host", host)]);
        assert!((400..500).contains(&status), "{host:?}: {status} {body}");
    }
    for origin in ["https://evil.example", "null", &format!("http://127.0.0.1:{port}"), "http://localhost"] {
        let (status, body) = served.list(&[("authorization", &good), ("origin", origin)]);
        assert_eq!(status, 403, "{origin}: {body}");
    }
    let host = format!("127.0.0.1:{port}");
    let (status, _) = served.ask("GET /", &[("host", &host), ("authorization", &good)], "");
    assert_eq!(status, 404);
    assert!(desk.server.requests().is_empty());
}

#[test]
fn it_listens_on_this_computer_alone() {
    let desk = Desk::start();
    let served = Served::start(&desk, &[], Some(SECRET));
    #[cfg(target_os = "linux")]
    {
        let listed = std::fs::read_to_string(format!("/proc/{}/net/tcp", served.child.id())).unwrap();
        let port = format!(":{:04X} ", served.port);
        let own: Vec<&str> = listed.lines().filter(|line| line.contains(&port) && line.contains(" 0A ")).collect();
        assert_eq!(own.len(), 1, "{listed}");
        assert!(own[0].contains(&format!("0100007F{}", port.trim_end())), "{own:?}");
    }
    assert!(served.told[0].starts_with("serving at http://127.0.0.1:"));
}

#[test]
fn a_secret_is_made_if_none_is_given_and_a_weak_one_is_refused() {
    let desk = Desk::start();
    let served = Served::start(&desk, &[], None);
    let secret = served.told[1].rsplit(' ').next().unwrap();
    assert_eq!(secret.len(), 64, "{:?}", served.told);
    assert_eq!(served.list(&[("authorization", &bearer(secret))]).0, 200);
    let mut command = program(&desk, &["--http", "0"]);
    let refused = ran(command.env("DESK_MCP_SECRET", "short"));
    assert_eq!(refused.code, Some(2), "{refused:?}");
    assert!(refused.err.contains("at least 16 characters") && !refused.err.contains("short\n"), "{refused:?}");
    let taken = ran(program(&desk, &["--http", &served.port.to_string()]).env("DESK_MCP_SECRET", SECRET));
    assert_eq!(taken.code, Some(1), "{taken:?}");
}

#[test]
fn requests_and_sessions_have_limits() {
    let desk = Desk::start();
    let served = Served::start(&desk, &[], Some(SECRET));
    let (host, good) = (format!("127.0.0.1:{}", served.port), bearer(SECRET));
    let headers = [
        ("host", host.as_str()),
        ("authorization", good.as_str()),
        ("content-type", "application/json"),
        ("accept", "application/json, text/event-stream"),
    ];
    for body in ["", "no JSON", "[]", "{}", "null"] {
        let (status, answer) = served.ask("POST /mcp", &headers, body);
        assert!((400..500).contains(&status), "{body:?}: {status} {answer}");
    }
    let giant = format!("{{\"x\": \"{}\"}}", "x".repeat(17 * 1024 * 1024));
    assert_eq!(served.ask("POST /mcp", &headers, &giant).0, 413);
    let info = json!({ "name": "test", "version": "1" });
    let params = json!({ "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": info });
    let begin = json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params }).to_string();
    let statuses: Vec<u16> = (0..34).map(|_| served.ask("POST /mcp", &headers, &begin).0).collect();
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 32, "{statuses:?}");
    assert_eq!(statuses[33], 503);
    // Those that need no session are still answered.
    assert_eq!(served.list(&[("authorization", &good)]).0, 200);
}
