//! A server between the SDK and the local Desk, which alters what passes.

use std::net::Ipv4Addr;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::Response;
use desk_smoke::Target;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// A request on its way.
pub(crate) struct Sent {
    pub(crate) method: Method,
    /// The path with its escapes.
    pub(crate) path: String,
    /// Names and values, escapes resolved.
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// An answer on its way.
pub(crate) struct Came {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Came {
    /// Whether it is a result in JSON.
    pub(crate) fn is_json(&self) -> bool {
        let json = |kind: &axum::http::HeaderValue| kind.to_str().is_ok_and(|kind| kind.contains("json"));
        self.status.is_success() && self.headers.get("content-type").is_some_and(json)
    }
}

type Alter<T> = Arc<dyn Fn(&mut T) + Send + Sync>;

/// What stands in between; it ends with this.
pub(crate) struct Between {
    url: String,
    server: JoinHandle<()>,
}

impl Drop for Between {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// A local Desk that is reached through something that alters requests.
pub(crate) async fn requests(alter: impl Fn(&mut Sent) + Send + Sync + 'static) -> (Target, Between) {
    target(Arc::new(alter), Arc::new(|_: &mut Came| {})).await
}

/// A local Desk that is reached through something that alters answers.
pub(crate) async fn answers(alter: impl Fn(&mut Came) + Send + Sync + 'static) -> (Target, Between) {
    target(Arc::new(|_: &mut Sent| {}), Arc::new(alter)).await
}

async fn target(alter_request: Alter<Sent>, alter_answer: Alter<Came>) -> (Target, Between) {
    let Target::Own { desk, url, contradictions } = Target::own().await.unwrap() else {
        unreachable!("it was just made")
    };
    let between = between(url, alter_request, alter_answer).await;
    (Target::Own { desk, url: between.url.clone(), contradictions }, between)
}

async fn between(to: String, alter_request: Alter<Sent>, alter_answer: Alter<Came>) -> Between {
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let pass = move |request: Request| {
        let (http, to) = (http.clone(), to.clone());
        let (alter_request, alter_answer) = (Arc::clone(&alter_request), Arc::clone(&alter_answer));
        async move {
            let (parts, body) = request.into_parts();
            let url: reqwest::Url = format!("{to}{}", parts.uri).parse().unwrap();
            let mut sent = Sent {
                method: parts.method,
                path: parts.uri.path().to_owned(),
                query: url.query_pairs().into_owned().collect(),
                headers: parts.headers,
                body: to_bytes(body, usize::MAX).await.unwrap(),
            };
            alter_request(&mut sent);
            let mut came = forward(&http, &to, sent).await;
            alter_answer(&mut came);
            came.headers.remove("content-length");
            let mut response = Response::new(Body::from(came.body));
            *response.status_mut() = came.status;
            *response.headers_mut() = came.headers;
            response
        }
    };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = tokio::spawn(async move { axum::serve(listener, Router::new().fallback(pass)).await.unwrap() });
    Between { url, server }
}

async fn forward(http: &reqwest::Client, to: &str, mut sent: Sent) -> Came {
    let mut url: reqwest::Url = format!("{to}{}", sent.path).parse().unwrap();
    if !sent.query.is_empty() {
        url.query_pairs_mut().extend_pairs(&sent.query);
    }
    // The length is that of the body as it is now.
    for name in ["content-length", "transfer-encoding", "host"] {
        sent.headers.remove(name);
    }
    let response = http.request(sent.method, url).headers(sent.headers).body(sent.body).send().await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    Came { status, headers, body: response.bytes().await.unwrap() }
}
