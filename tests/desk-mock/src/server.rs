//! The server as tests see it.

use std::fmt;
use std::net::Ipv4Addr;
use std::sync::Arc;

use axum::Router;
use axum::body::{Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::response::Response;
use axum::serve::ListenerExt;
use desk_codegen::load::Spec;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::desk::Desk;
use crate::incoming::Incoming;
use crate::project::{self, StartError};
use crate::received::Received;
use crate::refusal::{Code, Refusal};
use crate::reply::Reply;
use crate::seed;
use crate::tokens::Grant;

/// The largest body that is taken.
const BODY_LIMIT: usize = 64 * 1024 * 1024;

/// A local Desk server on a loopback port; it stops when this is dropped.
///
/// Each server has its own tokens, records and log of requests. It needs the tokio runtime it was started in.
pub struct MockDesk {
    desk: Arc<Desk>,
    url: String,
    organization: String,
    stop: Option<oneshot::Sender<()>>,
}

impl MockDesk {
    /// Starts a server with the project's own spec, on a port that the system chooses.
    ///
    /// # Errors
    ///
    /// When the spec has errors, or no port can be opened.
    pub async fn start() -> Result<Self, StartError> {
        let read = tokio::task::spawn_blocking(project::spec).await;
        let spec = read.map_err(|error| StartError::Spec(error.to_string()))??;
        Self::with_spec(spec).await
    }

    /// Starts a server with a given spec, on a port that the system chooses.
    ///
    /// # Errors
    ///
    /// When no port can be opened.
    pub async fn with_spec(spec: Arc<Spec>) -> Result<Self, StartError> {
        let desk = Arc::new(Desk::new(spec, seed::read().map_err(StartError::Seed)?));
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.map_err(StartError::Listen)?;
        let address = listener.local_addr().map_err(StartError::Listen)?;
        // Small answers would otherwise wait for the client's acknowledgement of the one before.
        let listener = listener.tap_io(|stream| {
            let _ = stream.set_nodelay(true);
        });
        let router = Router::new().fallback(serve).with_state(Arc::clone(&desk));
        let (stop, stopped) = oneshot::channel::<()>();
        let server = axum::serve(listener, router).with_graceful_shutdown(async {
            // An error says that the sender is gone, which means the same.
            let _ = stopped.await;
        });
        tokio::spawn(async { server.await });
        let organization = desk.organizations().first().cloned().unwrap_or_default();
        Ok(Self { desk, url: format!("http://{address}"), organization, stop: Some(stop) })
    }

    /// The server's address without a slash at its end, such as `http://127.0.0.1:40123`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The id of the first organization, for `orgId`.
    pub fn organization(&self) -> &str {
        &self.organization
    }

    /// A new access token with these granted scopes, such as `Desk.tickets.READ`.
    pub fn token(&self, scopes: impl IntoIterator<Item = impl Into<String>>) -> String {
        let scopes = scopes.into_iter().map(Into::into).collect();
        self.desk.tokens().issue(Grant { scopes })
    }

    /// Makes a token invalid; calls with it are answered 401 INVALID_OAUTH.
    pub fn revoke(&self, token: &str) {
        self.desk.tokens().revoke(token);
    }

    /// Every request that arrived, in order, refused ones too.
    pub fn requests(&self) -> Vec<Received> {
        self.desk.received().clone()
    }

    /// Forgets the requests that arrived so far.
    pub fn reset_requests(&self) {
        self.desk.received().clear();
    }

    /// Gives exactly this answer to the next call of the operation that passes every check.
    ///
    /// Called several times, the answers are given one after the other. A 204 has no body. Aliases share their answers.
    ///
    /// # Panics
    ///
    /// When the spec has no operation of that id, as the test would then wait for it in vain.
    #[track_caller]
    pub fn answer_next(&self, operation_id: &str, status: u16, content_type: &str, body: impl Into<Vec<u8>>) {
        let reply = if status == 204 { Reply::empty(status) } else { Reply::of(status, content_type, body) };
        assert!(self.desk.script(operation_id, reply), "the spec has no operation {operation_id:?}");
    }
}

impl Drop for MockDesk {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // An error says that the server has ended already.
            let _ = stop.send(());
        }
    }
}

impl fmt::Debug for MockDesk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockDesk")
            .field("url", &self.url)
            .field("organization", &self.organization)
            .field("tokens", &*self.desk.tokens())
            .field("requests", &self.desk.received().len())
            .finish_non_exhaustive()
    }
}

async fn serve(State(desk): State<Arc<Desk>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let uri = &parts.uri;
    let mut incoming =
        Incoming::new(parts.method.as_str(), uri.path(), uri.query().unwrap_or_default(), parts.headers, Bytes::new());
    let announced = incoming.header("content-length").and_then(|length| length.parse::<usize>().ok());
    if announced.is_some_and(|length| length > BODY_LIMIT) {
        let refusal = Refusal::new(Code::ResourceSizeExceeded, format!("A body has at most {BODY_LIMIT} bytes."));
        return desk.refuse(&incoming, refusal).into_response();
    }
    match to_bytes(body, BODY_LIMIT).await {
        Ok(body) => {
            incoming.body = body;
            desk.handle(&incoming).into_response()
        }
        Err(error) => {
            let refusal = Refusal::new(Code::BadRequest, format!("The body could not be read: {error}."));
            desk.refuse(&incoming, refusal).into_response()
        }
    }
}
