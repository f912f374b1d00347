//! Over HTTP, for programs on the same computer.

use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use http::header::{AUTHORIZATION, HeaderValue, WWW_AUTHENTICATE};
use http::{Method, Request, Response, StatusCode};
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt as _, Full};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use rmcp::transport::streamable_http_server::session::local::LocalSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

use super::LARGEST_REQUEST;
use super::secret::Secret;
use super::server::Server;

/// Where the protocol is spoken.
pub const PATH: &str = "/mcp";

/// How many connections there are at once; further ones wait.
const CONNECTIONS: usize = 64;
/// How many clients of earlier versions of the protocol have a session.
const SESSIONS: usize = 32;
/// After this time without a request, a session ends.
const IDLE: Duration = Duration::from_secs(60 * 60);
/// How long a request's head may take.
const HEAD: Duration = Duration::from_secs(10);
/// The header by which a session is known.
const SESSION: &str = "mcp-session-id";
/// The header of every request but the one that begins a session.
const VERSION: &str = "mcp-protocol-version";

/// A server that has an address, and takes connections once it is [served](Self::serve).
#[derive(Debug)]
pub struct Bound {
    listener: TcpListener,
    address: SocketAddr,
}

type Body = BoxBody<Bytes, Infallible>;
type Tools = StreamableHttpService<Server, LocalSessionManager>;

impl Bound {
    /// Takes a port of this computer, which other computers cannot reach; 0 stands for any that is free.
    ///
    /// # Errors
    ///
    /// If it cannot be had.
    pub async fn to(port: u16) -> std::io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let address = listener.local_addr()?;
        Ok(Self { listener, address })
    }

    /// The address that clients are given.
    pub fn url(&self) -> String {
        format!("http://{}{PATH}", self.address)
    }

    /// Serves whoever knows the secret, until the future is dropped.
    pub async fn serve(self, server: Server, secret: Secret) {
        let port = self.address.port();
        // Pages in a browser can reach this computer's ports, under a name of their own that they have changed to its
        // address: so the name must be one of these, and a request that comes from a page is refused.
        let config = StreamableHttpServerConfig::default()
            .with_allowed_hosts([format!("127.0.0.1:{port}"), format!("localhost:{port}")])
            .enforce_origin_validation()
            .with_max_request_body_bytes(LARGEST_REQUEST);
        let mut sessions = LocalSessionManager::default();
        sessions.session_config.keep_alive = Some(IDLE);
        let sessions = Arc::new(sessions);
        let tools = StreamableHttpService::new(move || Ok(server.clone()), Arc::clone(&sessions), config);
        let gate = Arc::new(Gate { tools, sessions, secret });
        let free = Arc::new(Semaphore::new(CONNECTIONS));
        loop {
            let Ok(place) = Arc::clone(&free).acquire_owned().await else { return };
            match self.listener.accept().await {
                Ok((stream, _)) => {
                    let gate = Arc::clone(&gate);
                    tokio::spawn(async move {
                        connection(stream, gate).await;
                        drop(place);
                    });
                }
                // Such as too many open files: it may pass.
                Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
            }
        }
    }
}

async fn connection(stream: TcpStream, gate: Arc<Gate>) {
    let service = service_fn(move |request| {
        let gate = Arc::clone(&gate);
        async move { Ok::<_, Infallible>(gate.answer(request).await) }
    });
    // How a connection ends concerns nobody but its client.
    let _ = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

/// What a request has to pass before it is looked at.
struct Gate {
    tools: Tools,
    sessions: Arc<LocalSessionManager>,
    secret: Secret,
}

impl Gate {
    async fn answer(&self, request: Request<Incoming>) -> Response<Body> {
        if !self.is_known(&request) {
            let mut refused =
                told(StatusCode::UNAUTHORIZED, "every request needs the header Authorization: Bearer SECRET");
            refused.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            return refused;
        }
        if request.uri().path() != PATH {
            return told(StatusCode::NOT_FOUND, "the protocol is spoken at /mcp");
        }
        let has = |name| request.headers().contains_key(name);
        let begins = request.method() == Method::POST && !has(SESSION) && !has(VERSION);
        if begins && self.sessions.sessions.read().await.len() >= SESSIONS {
            return told(StatusCode::SERVICE_UNAVAILABLE, "too many sessions; end one, or wait");
        }
        self.tools.handle(request).await
    }

    fn is_known(&self, request: &Request<Incoming>) -> bool {
        let given = request.headers().get(AUTHORIZATION).map(HeaderValue::as_bytes).unwrap_or_default();
        let (scheme, secret) = given.split_at(given.len().min("Bearer ".len()));
        scheme.eq_ignore_ascii_case(b"Bearer ") && self.secret.is(secret)
    }
}

fn told(status: StatusCode, text: &'static str) -> Response<Body> {
    let mut response = Response::new(Full::new(Bytes::from_static(text.as_bytes())).boxed());
    *response.status_mut() = status;
    response
}
