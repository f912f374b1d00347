//! Whole exchanges: whatever a server sends, a call ends with what it says or with an error.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::Result;
use arbitrary::Unstructured;
use desk_sdk::agents::GetAgentProfilePhoto;
use desk_sdk::contacts::GetContacts;
use desk_sdk::{Client, Error, Retry};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;

use crate::documents::any;

/// The most that the client keeps of an answer.
const LARGEST: usize = 4096;

/// The longest that an error may be when it is shown.
const LONGEST: usize = 16 * 1024;

/// A client, and a server that sends what it is told.
#[derive(Debug)]
pub struct Exchanges {
    runtime: Runtime,
    client: Client,
    next: Arc<Mutex<Vec<u8>>>,
}

/// What the server sends, and what can be told about it beforehand.
struct Sent {
    bytes: Vec<u8>,
    /// The body that a reader of HTTP sees; none where the answer is not well-formed or nothing is known.
    body: Option<Vec<u8>>,
    /// Whether it is known that the answer is not well-formed.
    broken: bool,
    status: Option<u16>,
}

impl Exchanges {
    /// Starts the server.
    ///
    /// # Errors
    ///
    /// When there is no port for it.
    pub fn start() -> Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0"))?;
        let address = format!("http://{}", listener.local_addr()?);
        let next = Arc::new(Mutex::new(Vec::new()));
        let answer = Arc::clone(&next);
        runtime.spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let answer = answer.lock().unwrap_or_else(PoisonError::into_inner).clone();
                tokio::spawn(serve(stream, answer));
            }
        });
        let retry = Retry::never().deadline(Duration::from_secs(20));
        let client = Client::builder().base_url(address).access_token("x").organization("1").retry(retry);
        let client = client.largest_answer(LARGEST).http(|defaults| defaults.no_proxy()).build()?;
        Ok(Self { runtime, client, next })
    }

    /// Makes an answer of the bytes and a call that gets it.
    ///
    /// # Panics
    ///
    /// When the call succeeds although the answer is none, or gives something else than was sent.
    pub fn try_bytes(&self, bytes: &[u8]) {
        // Bytes that end too early make no input.
        let _ = self.input(&mut Unstructured::new(bytes));
    }

    fn input(&self, bytes: &mut Unstructured<'_>) -> arbitrary::Result<()> {
        let kind = bytes.int_in_range(0..=2)?;
        let start = bytes.int_in_range(0..=3_u64)?;
        let sent = if bytes.ratio(1, 8)? { raw(bytes)? } else { answer(bytes)? };
        sent.bytes.clone_into(&mut self.next.lock().unwrap_or_else(PoisonError::into_inner));
        match kind {
            0 => self.read(&sent),
            1 => self.download(&sent, None),
            _ => self.download(&sent, Some(start)),
        }
        Ok(())
    }

    fn read(&self, sent: &Sent) {
        let call = self.client.get_contacts(GetContacts::new());
        match self.runtime.block_on(call) {
            Ok(answer) => {
                self.succeeded(sent, answer.meta().status(), answer.raw());
                let text = answer.raw().strip_prefix(b"\xef\xbb\xbf").unwrap_or(answer.raw());
                let blank = text.iter().all(u8::is_ascii_whitespace);
                assert!(blank || serde_json::from_slice::<Value>(text).is_ok(), "no JSON: {:?}", shown(sent));
            }
            Err(error) => failed(sent, &error),
        }
    }

    fn download(&self, sent: &Sent, start: Option<u64>) {
        let call = self.client.get_agent_profile_photo(GetAgentProfilePhoto::new("7"));
        let call = if let Some(start) = start { call.from_byte(start) } else { call };
        let read = async {
            let download = call.await?;
            let status = download.meta().status();
            Ok((status, download.bytes().await?))
        };
        match self.runtime.block_on(read) {
            Ok((status, content)) => self.succeeded(sent, status, &content),
            Err(error) => failed(sent, &error),
        }
    }

    fn succeeded(&self, sent: &Sent, status: u16, body: &[u8]) {
        let shown = shown(sent);
        assert!((200..300).contains(&status), "{status} is no success: {shown:?}");
        assert!(!sent.broken, "what was cut off is no success: {shown:?}");
        assert!(sent.status.is_none_or(|told| told == status), "{status}: {shown:?}");
        assert!(body.len() <= LARGEST, "{} bytes: {shown:?}", body.len());
        if let Some(told) = &sent.body {
            assert_eq!(String::from_utf8_lossy(body), String::from_utf8_lossy(told), "{shown:?}");
        }
    }
}

/// What must hold for any error.
fn failed(sent: &Sent, error: &Error) {
    let text = error.to_string();
    assert!(text.len() <= LONGEST, "{} bytes of an error: {:?}", text.len(), shown(sent));
    assert!(!text.contains(char::is_control), "{text:?} is more than one line: {:?}", shown(sent));
    assert!(!matches!(error, Error::DeadlineExceeded { .. }), "it did not end by itself: {:?}", shown(sent));
}

fn shown(sent: &Sent) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(&sent.bytes)
}

/// Any bytes, after something that looks like an answer or not.
fn raw(bytes: &mut Unstructured<'_>) -> arbitrary::Result<Sent> {
    let starts = ["", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.0 206 \r\ncontent-length: 3\r\n"];
    let mut sent = bytes.choose(&starts)?.as_bytes().to_vec();
    sent.extend_from_slice(bytes.bytes(bytes.len())?);
    Ok(Sent { bytes: sent, body: None, broken: false, status: None })
}

/// An answer of HTTP, which may be cut off.
fn answer(bytes: &mut Unstructured<'_>) -> arbitrary::Result<Sent> {
    let status = match bytes.int_in_range(0..=3)? {
        0 => bytes.int_in_range(200..=599)?,
        _ => *bytes.choose(&[200, 201, 204, 206, 400, 401, 422, 429, 500, 503])?,
    };
    let mut head = format!("HTTP/1.1 {status} Any\r\nconnection: close\r\n").into_bytes();
    let (mut packed, mut parts) = (false, false);
    for _ in 0..bytes.int_in_range(0..=4)? {
        let (name, value) = header(bytes)?;
        packed |= name == "content-encoding";
        parts |= name == "content-range";
        head.extend_from_slice(name.as_bytes());
        head.extend_from_slice(b": ");
        head.extend_from_slice(&value);
        head.extend_from_slice(b"\r\n");
    }
    let mut body = body(bytes)?;
    let cut = bytes.int_in_range(0..=8)?.min(body.len());
    let is_cut = cut > 0 && bytes.ratio(1, 4)?;
    let end = body.len() - if is_cut { cut } else { 0 };
    match bytes.int_in_range(0..=2)? {
        0 => {
            head.extend_from_slice(format!("content-length: {}\r\n\r\n", body.len()).as_bytes());
            head.extend_from_slice(&body[..end]);
        }
        1 => {
            head.extend_from_slice(format!("transfer-encoding: chunked\r\n\r\n{:x}\r\n", body.len()).as_bytes());
            head.extend_from_slice(&body[..end]);
            head.extend_from_slice(if is_cut || body.is_empty() { b"\r\n" } else { b"\r\n0\r\n\r\n" });
        }
        _ => {
            // Until the end of the connection: nobody can tell that it was cut.
            head.extend_from_slice(b"\r\n");
            head.extend_from_slice(&body[..end]);
            body.truncate(end);
            return Ok(sent(head, status, body, false, packed || parts));
        }
    }
    Ok(sent(head, status, body, is_cut, packed || parts))
}

fn sent(bytes: Vec<u8>, status: u16, body: Vec<u8>, is_cut: bool, unknown: bool) -> Sent {
    // These statuses have no body, whatever comes.
    let empty = matches!(status, 204 | 304);
    let body = if empty { Vec::new() } else { body };
    Sent { bytes, body: (!unknown).then_some(body), broken: is_cut && !empty && !unknown, status: Some(status) }
}

fn header(bytes: &mut Unstructured<'_>) -> arbitrary::Result<(&'static str, Vec<u8>)> {
    let names = [
        "content-type",
        "content-encoding",
        "content-range",
        "etag",
        "retry-after",
        "x-request-id",
        "location",
        "www-authenticate",
        "x-rate-limit-remaining-v3",
        "x-rate-limit-request-weight-v3",
        "set-cookie",
    ];
    let values = [
        "",
        "gzip",
        "application/json",
        "bytes 0-3/4",
        "bytes 2-9/10",
        "bytes 0-0/*",
        "*",
        "1000000000",
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "-1",
        "18446744073709551615",
        "\"tag\"",
        "\u{1b}[31m",
    ];
    let name = bytes.choose(&names)?;
    let value = if bytes.ratio(1, 4)? {
        let mut value: Vec<u8> = bytes.arbitrary()?;
        value.retain(|byte| !matches!(byte, b'\r' | b'\n'));
        value
    } else {
        bytes.choose(&values)?.as_bytes().to_vec()
    };
    Ok((name, value))
}

fn body(bytes: &mut Unstructured<'_>) -> arbitrary::Result<Vec<u8>> {
    let keys: Vec<String> = ["data", "id", "errorCode", "message", "errors", "fieldName"].map(str::to_owned).to_vec();
    Ok(match bytes.int_in_range(0..=5)? {
        0 => Vec::new(),
        1 => bytes.arbitrary()?,
        2 => vec![b' '; bytes.int_in_range(LARGEST - 2..=LARGEST + 2)?],
        3 => {
            let code = *bytes.choose(&["TOO_MANY_REQUESTS", "THRESHOLD_EXCEEDED", "INVALID_OAUTH", "\r\nFORGED"])?;
            let message: String = bytes.arbitrary()?;
            json!({ "errorCode": code, "message": message.repeat(100) }).to_string().into_bytes()
        }
        _ => any(bytes, &keys, 0)?.to_string().into_bytes(),
    })
}

async fn serve(mut stream: TcpStream, answer: Vec<u8>) -> Option<()> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut some = [0; 1024];
        let count = stream.read(&mut some).await.ok().filter(|count| *count > 0)?;
        head.extend_from_slice(&some[..count]);
    }
    stream.write_all(&answer).await.ok()?;
    stream.shutdown().await.ok()
}
