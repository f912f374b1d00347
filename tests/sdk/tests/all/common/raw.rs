//! A server that sends just what a test wants, whether that is HTTP or not.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use desk_sdk::{Client, ClientBuilder, Retry};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// What a request is answered with.
#[derive(Debug, Default)]
pub(crate) struct Script {
    bytes: Vec<u8>,
    then: Then,
}

#[derive(Debug, Default)]
enum Then {
    #[default]
    Close,
    Repeat(Vec<u8>, Duration),
    Hold,
}

impl Script {
    /// These bytes, then the connection is closed.
    pub(crate) fn bytes(bytes: impl Into<Vec<u8>>) -> Self {
        Self { bytes: bytes.into(), then: Then::Close }
    }

    /// A status with headers and a body, and the length that it says it has.
    pub(crate) fn answer(status: u16, headers: &[(&str, &str)], length: usize, body: &[u8]) -> Self {
        let mut head = format!("HTTP/1.1 {status} Any\r\ncontent-length: {length}\r\nconnection: close\r\n");
        headers.iter().for_each(|(name, value)| head.push_str(&format!("{name}: {value}\r\n")));
        let mut bytes = format!("{head}\r\n").into_bytes();
        bytes.extend_from_slice(body);
        Self::bytes(bytes)
    }

    /// A body whose length is not said, in chunks.
    pub(crate) fn chunked(status: u16, headers: &[(&str, &str)], body: &[u8]) -> Self {
        let mut head = format!("HTTP/1.1 {status} Any\r\ntransfer-encoding: chunked\r\nconnection: close\r\n");
        headers.iter().for_each(|(name, value)| head.push_str(&format!("{name}: {value}\r\n")));
        let mut bytes = format!("{head}\r\n").into_bytes();
        if !body.is_empty() {
            bytes.extend_from_slice(&chunk(body));
        }
        Self::bytes(bytes)
    }

    /// After that, this again and again, with a pause between.
    pub(crate) fn then_repeat(self, bytes: impl Into<Vec<u8>>, pause: Duration) -> Self {
        Self { then: Then::Repeat(bytes.into(), pause), ..self }
    }

    /// After that, nothing more, but the connection stays open.
    pub(crate) fn then_hold(self) -> Self {
        Self { then: Then::Hold, ..self }
    }
}

/// A piece of a body in chunks; an empty one ends it.
pub(crate) fn chunk(content: &[u8]) -> Vec<u8> {
    let mut chunk = format!("{:x}\r\n", content.len()).into_bytes();
    chunk.extend_from_slice(content);
    chunk.extend_from_slice(b"\r\n");
    chunk
}

/// The server, with the heads of the requests that it saw.
#[derive(Clone, Debug)]
pub(crate) struct Raw {
    url: String,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Raw {
    /// Starts a server that answers the first request (number 0) and the others as this says.
    pub(crate) async fn start(script: impl Fn(usize, &str) -> Script + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let raw = Self { url, seen: Arc::default() };
        let (seen, script) = (Arc::clone(&raw.seen), Arc::new(script));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&seen), Arc::clone(&script)));
            }
        });
        raw
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// A client of it, with short pauses.
    pub(crate) fn builder(&self) -> ClientBuilder {
        let retry = Retry::default().first_pause(Duration::from_millis(1)).longest_pause(Duration::from_millis(5));
        Client::builder().base_url(&self.url).access_token("x").organization("1").retry(retry)
    }

    pub(crate) fn client(&self) -> Client {
        self.builder().build().expect("a client")
    }

    /// The heads of the requests so far.
    pub(crate) fn seen(&self) -> Vec<String> {
        self.seen.lock().expect("the requests").clone()
    }

    /// A header of each request so far.
    pub(crate) fn headers(&self, name: &str) -> Vec<Option<String>> {
        self.seen().iter().map(|head| header(head, name)).collect()
    }
}

/// A header of a request; several of the same name are put together.
pub(crate) fn header(head: &str, name: &str) -> Option<String> {
    let lines = head.lines().filter_map(|line| line.split_once(": "));
    let values: Vec<_> = lines.filter(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value).collect();
    (!values.is_empty()).then(|| values.join(" and "))
}

async fn serve(
    mut stream: TcpStream,
    seen: Arc<Mutex<Vec<String>>>,
    script: Arc<impl Fn(usize, &str) -> Script + Send + Sync>,
) -> Option<()> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    let head = String::from_utf8(head).ok()?;
    let number = {
        let mut seen = seen.lock().expect("the requests");
        seen.push(head.clone());
        seen.len() - 1
    };
    let Script { bytes, then } = script(number, &head);
    stream.write_all(&bytes).await.ok()?;
    match then {
        Then::Close => stream.shutdown().await.ok()?,
        Then::Hold => std::future::pending().await,
        Then::Repeat(bytes, pause) => loop {
            stream.write_all(&bytes).await.ok()?;
            if !pause.is_zero() {
                tokio::time::sleep(pause).await;
            }
        },
    }
    // What the client still sends is taken, so that the connection is not reset before it has read the answer.
    let mut rest = [0; 4096];
    while stream.read(&mut rest).await.ok()? > 0 {}
    Some(())
}
