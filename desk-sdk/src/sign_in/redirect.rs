//! The way back to this program: a server on a loopback port that waits for a single visit.

use std::time::Duration;

use futures_util::stream::{FuturesUnordered, StreamExt as _};
use reqwest::Url;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::address::{is_loopback_host, query_value, shown};
use crate::auth::AuthError;
use crate::secrets::Secrets;

/// A browser sends at most this much before the empty line …
const LONGEST_REQUEST: usize = 16 * 1024;

/// … and within this time.
const LONGEST_VISIT: Duration = Duration::from_secs(10);

/// How many visitors are served at once; others wait.
const MOST_VISITS: usize = 100;

/// Where the person is redirected to.
pub(super) struct Redirect {
    listener: TcpListener,
    port: u16,
    path: String,
}

impl Redirect {
    /// Listens at the registered address.
    pub(super) async fn listen(registered: &str) -> Result<Self, AuthError> {
        let not_here = || {
            let address = shown(registered);
            let reason = "does not lead to this computer; register one such as http://localhost:8080/";
            AuthError::Other(format!("the registered address {address} {reason}"))
        };
        let address: Url = registered.parse().map_err(|_| not_here())?;
        let here = match address.host_str() {
            Some("localhost" | "127.0.0.1") if address.scheme() == "http" => "127.0.0.1",
            Some("[::1]") if address.scheme() == "http" => "::1",
            _ => return Err(not_here()),
        };
        let port = address.port_or_known_default().ok_or_else(not_here)?;
        let listener = TcpListener::bind((here, port)).await.map_err(|error| {
            let address = shown(registered);
            AuthError::Other(format!(
                "cannot listen on port {port} of the registered address {address}: {error}. \
                 Stop the program that uses the port, or register one with another port and pass it to `redirect_uri`"
            ))
        })?;
        Ok(Self { listener, port, path: address.path().to_owned() })
    }

    /// Waits for the request that brings the code for this state. All other requests are answered and forgotten,
    /// concurrently, so that nobody can end or delay a sign-in from outside.
    pub(super) async fn code(&self, state: &str) -> Result<String, AuthError> {
        let mut visits = FuturesUnordered::new();
        loop {
            tokio::select! {
                accepted = self.listener.accept(), if visits.len() < MOST_VISITS => match accepted {
                    Ok((stream, _)) => visits.push(tokio::time::timeout(LONGEST_VISIT, self.visit(stream, state))),
                    // For example, too many open files, which may pass.
                    Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
                },
                Some(visit) = visits.next() => if let Ok(Some(outcome)) = visit {
                    return outcome;
                },
            }
        }
    }

    /// Answers one visitor; `None` unless it is the person coming back.
    async fn visit(&self, mut stream: TcpStream, state: &str) -> Option<Result<String, AuthError>> {
        let Request { target, host } = read(&mut stream).await?;
        if !host.is_some_and(|host| self.is_own(&host)) {
            answer(&mut stream, "421 Misdirected Request", "Wrong host.").await;
            return None;
        }
        let back = Url::parse("http://localhost").and_then(|base| base.join(&target)).ok()?;
        let value = |key: &str| query_value(&back, key);
        if back.path() != self.path || value("state").as_deref() != Some(state) {
            answer(&mut stream, "404 Not Found", "Not found.").await;
            return None;
        }
        if let Some(code) = value("code") {
            answer(&mut stream, "200 OK", "You are signed in. This window can be closed.").await;
            return Some(Ok(code));
        }
        answer(&mut stream, "200 OK", "You are not signed in. This window can be closed.").await;
        let reason = value("error").unwrap_or_else(|| "no code came back".to_owned());
        Some(Err(AuthError::NoConsent { reason: Secrets::new([state.into()]).excerpt(reason.as_bytes()) }))
    }

    /// Whether a browser on this computer would send this host. Another name may have been made to resolve to this
    /// computer maliciously.
    fn is_own(&self, host: &str) -> bool {
        let (name, port) = match host.rsplit_once(':') {
            Some((name, port)) if !port.ends_with(']') => (name, port.parse().ok()),
            _ => (host, Some(80)),
        };
        is_loopback_host(name) && port == Some(self.port)
    }
}

/// The relevant parts of a GET request.
struct Request {
    /// Such as `/?code=…&state=…`.
    target: String,
    host: Option<String>,
}

async fn read(stream: &mut TcpStream) -> Option<Request> {
    let mut request = Vec::new();
    let mut piece = [0; 1024];
    while !request.windows(4).any(|end| end == b"\r\n\r\n") {
        let length = stream.read(&mut piece).await.ok().filter(|length| *length > 0)?;
        request.extend_from_slice(&piece[..length]);
        if request.len() > LONGEST_REQUEST {
            return None;
        }
    }
    let text = String::from_utf8(request).ok()?;
    let mut lines = text.split("\r\n");
    let target = lines.next()?.strip_prefix("GET ")?.split(' ').next()?.to_owned();
    let mut hosts = lines.filter_map(|line| line.split_once(':')).filter(|(name, _)| name.eq_ignore_ascii_case("host"));
    let host = hosts.next().map(|(_, host)| host.trim().to_owned());
    Some(Request { target, host: host.filter(|_| hosts.next().is_none()) })
}

async fn answer(stream: &mut TcpStream, status: &str, text: &str) {
    let page = format!("<!doctype html><meta charset=\"utf-8\"><title>desk-sdk</title><p>{text}</p>");
    let length = page.len();
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    );
    // It does not matter whether the browser still reads it.
    let _ = stream.write_all(format!("{head}{page}").as_bytes()).await;
    let _ = stream.shutdown().await;
}
