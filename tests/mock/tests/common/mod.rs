//! HTTP by hand, so that what a client library makes good is seen.

#![allow(dead_code, reason = "each test file uses a part of it")]

use std::time::{Duration, Instant};

use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// An answer as far as it came.
pub(crate) struct Answer {
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
    /// How long it took.
    pub(crate) took: Duration,
}

impl Answer {
    pub(crate) fn new(mut head: Vec<u8>, took: Duration) -> Self {
        let end = head.windows(4).position(|four| four == b"\r\n\r\n").map_or(0, |at| at + 4);
        let body = head.split_off(end);
        Self { head: String::from_utf8(head).unwrap(), body, took }
    }

    pub(crate) fn status(&self) -> u16 {
        self.head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let named = |line: &'_ &str| line.split_once(':').is_some_and(|(key, _)| key.eq_ignore_ascii_case(name));
        self.head.lines().find(named).and_then(|line| line.split_once(": ")).map(|(_, value)| value)
    }

    pub(crate) fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }

    pub(crate) fn code(&self) -> String {
        self.json().and_then(|body| body["errorCode"].as_str().map(str::to_owned)).unwrap_or_default()
    }
}

/// Sends bytes over a connection of their own; what comes until it closes.
pub(crate) async fn send(url: &str, request: String) -> Answer {
    let started = Instant::now();
    let mut stream = TcpStream::connect(url.strip_prefix("http://").unwrap()).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut bytes = Vec::new();
    // A reset is an end too.
    let _ = stream.read_to_end(&mut bytes).await;
    Answer::new(bytes, started.elapsed())
}
