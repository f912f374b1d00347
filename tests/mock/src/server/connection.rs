//! Connections, and the requests that come over them.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::Response;
use http_body_util::{BodyExt as _, Limited};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{oneshot, watch};
use tokio::task::JoinSet;

use crate::accounts::{Decision, Endpoint};
use crate::desk::{Desk, Room};
use crate::exchange::content::Body;
use crate::exchange::incoming::Incoming;
use crate::exchange::refusal::{Code, Refusal};
use crate::exchange::reply::{HangUp, Reply};

/// A request whose body is still to come.
type Request = http::Request<hyper::body::Incoming>;

/// The largest body that is taken.
const BODY_LIMIT: usize = 64 * 1024 * 1024;

/// How long to wait after a connection could not be accepted, as when no file is left to open.
const AFTER_ERROR: Duration = Duration::from_millis(20);

/// How long calls that are under way may still take when the server stops.
const LAST_CALLS: Duration = Duration::from_secs(5);

/// How the server is to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// Connections are closed.
    AtOnce,
    /// Connections are closed when the calls on them have their answers.
    AfterCalls,
}

/// Serves until told to stop, or until whoever would tell so is gone.
pub(crate) async fn serve(listener: TcpListener, desk: Arc<Desk>, mut stop: oneshot::Receiver<Stop>) {
    let mut connections = JoinSet::new();
    let (last_calls, ending) = watch::channel(());
    loop {
        tokio::select! {
            how = &mut stop => {
                if how == Ok(Stop::AfterCalls) {
                    drop((listener, last_calls));
                    let all = async { while connections.join_next().await.is_some() {} };
                    // What takes longer is cut off.
                    let _ = tokio::time::timeout(LAST_CALLS, all).await;
                }
                return;
            }
            // Nothing is done with what ended; it is only taken out of the set.
            Some(_) = connections.join_next() => {}
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(connection(stream, Arc::clone(&desk), ending.clone()));
                }
                Err(_) => tokio::time::sleep(AFTER_ERROR).await,
            },
        }
    }
}

async fn connection(stream: TcpStream, desk: Arc<Desk>, mut ending: watch::Receiver<()>) {
    // Small answers would otherwise wait for the client's acknowledgement of the one before.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request| {
        let desk = Arc::clone(&desk);
        async move { respond(&desk, request).await }
    });
    // An error is the client's leaving, or a connection that a test wants broken: the service's error and a body's
    // error close it.
    let mut serving = pin!(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
    tokio::select! {
        _ = serving.as_mut() => {}
        // Nothing is ever sent: its sender goes when the server is to stop.
        _ = ending.changed() => {
            serving.as_mut().graceful_shutdown();
            let _ = serving.await;
        }
    }
}

async fn respond(desk: &Desk, request: Request) -> Result<Response<Body>, HangUp> {
    let reply = if Endpoint::has(request.uri().path()) {
        let reply = match read(request).await {
            Ok(incoming) => desk.sign_in(&incoming, Decision::Accept),
            Err((_, refusal)) => refusal.reply(),
        };
        wait(&reply).await;
        reply
    } else {
        call(desk, request).await
    };
    // With the place among the calls under way given back: a client that has its answer may call again at once.
    reply.into_response()
}

/// A call under way: from its arrival until its answer is ready to be sent.
async fn call(desk: &Desk, request: Request) -> Reply {
    let under_way = desk.limits().enter();
    let reply = match read(request).await {
        Ok(incoming) => desk.handle(&incoming, if under_way.is_some() { Room::Free } else { Room::Full }),
        Err((incoming, refusal)) => desk.refuse(&incoming, refusal),
    };
    wait(&reply).await;
    reply
}

async fn wait(reply: &Reply) {
    if let Some(delay) = reply.delay {
        tokio::time::sleep(delay).await;
    }
}

/// A request with its body, or what is known of it and why its body could not be read.
async fn read(request: Request) -> Result<Incoming, (Incoming, Refusal)> {
    let (parts, body) = request.into_parts();
    let uri = &parts.uri;
    let mut incoming =
        Incoming::new(parts.method.as_str(), uri.path(), uri.query().unwrap_or_default(), parts.headers, Bytes::new());
    let announced = incoming.header("content-length").and_then(|length| length.parse::<usize>().ok());
    if announced.is_some_and(|length| length > BODY_LIMIT) {
        let refusal = Refusal::new(Code::ResourceSizeExceeded, format!("A body has at most {BODY_LIMIT} bytes."));
        return Err((incoming, refusal));
    }
    match Limited::new(body, BODY_LIMIT).collect().await {
        Ok(body) => {
            incoming.body = body.to_bytes();
            Ok(incoming)
        }
        Err(error) => {
            let refusal = Refusal::new(Code::BadRequest, format!("The body could not be read: {error}."));
            Err((incoming, refusal))
        }
    }
}
