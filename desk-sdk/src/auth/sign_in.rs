//! Sign-in on a desktop: a person consents in a browser, which leads back to this program.

use std::time::Duration;

use reqwest::Url;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::accounts::query_value;
use super::{AuthError, AuthorizationRequest, OauthClient, RefreshingToken, StoredToken, TokenStore};
use crate::scope::{Scope, smallest_scopes};
use crate::{Client, Operation};

/// A browser sends this much at most before the empty line.
const LONGEST_REQUEST: usize = 16 * 1024;

/// Signs a person in: shows where to consent, waits for the browser to come back on a loopback
/// port, exchanges the code, keeps the token, and finds the organization.
///
/// The address that is registered for the client must lead here: `http://localhost:8080/`, or
/// whatever [`OauthClient::redirect_uri`] says, with a port of this computer.
///
/// ```no_run
/// use desk_sdk::auth::{FileStore, OauthClient, SignIn};
/// use desk_sdk::operation;
///
/// # async fn example() -> Result<(), desk_sdk::auth::AuthError> {
/// let used = ["get_tickets", "update_ticket"].into_iter().filter_map(operation);
/// let client = OauthClient::new("1000.ID", "secret");
/// let token = SignIn::new(client)
///     .for_operations(used)
///     .run(FileStore::new("desk-token.json"), |address| println!("Please open {address}"))
///     .await?;
/// println!("signed in for organization {:?}", token.organization);
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
#[must_use = "it begins with `run`"]
pub struct SignIn {
    client: OauthClient,
    scopes: Vec<String>,
    desk_url: Option<String>,
    timeout: Duration,
}

impl SignIn {
    /// For a registered client. Without further scopes only the organization can be found.
    pub fn new(client: OauthClient) -> Self {
        Self { client, scopes: Vec::new(), desk_url: None, timeout: Duration::from_secs(300) }
    }

    /// Asks for the smallest set of scopes that allows these operations, and to find the
    /// organization.
    pub fn for_operations<'a>(self, operations: impl IntoIterator<Item = &'a Operation>) -> Self {
        let discovery: &Operation = &crate::generated::ORGANIZATION_DISCOVERY;
        let scopes = smallest_scopes(operations.into_iter().chain([discovery]));
        self.scopes(scopes.iter().map(Scope::to_string))
    }

    /// Asks for these scopes as well.
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scopes.extend(scopes.into_iter().map(Into::into));
        self.scopes.sort();
        self.scopes.dedup();
        self
    }

    /// Another address of Desk to find the organization at, for tests and gateways.
    pub fn desk_url(mut self, url: impl Into<String>) -> Self {
        self.desk_url = Some(url.into());
        self
    }

    /// How long to wait for the person; five minutes unless told otherwise.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Signs in. `show` gets the address that the person must open.
    ///
    /// # Errors
    ///
    /// When the port is taken, the person refuses or does not come back, and when the accounts
    /// server, the store or Desk refuses.
    pub async fn run(
        self,
        store: impl TokenStore + Clone + 'static,
        show: impl FnOnce(&str),
    ) -> Result<StoredToken, AuthError> {
        let redirect: Url = self.client.redirect_uri.parse().map_err(|_| not_loopback(&self.client.redirect_uri))?;
        let listener = listen(&redirect).await?;
        let request = AuthorizationRequest::new(&self.client, &self.scopes)?;
        show(request.url());
        let waiting = wait(&listener, redirect.path(), request.state());
        let code = tokio::time::timeout(self.timeout, waiting).await.map_err(|_| AuthError::NoConsent {
            reason: format!("nobody came back within {} s", self.timeout.as_secs()),
        })??;
        let state = request.state().to_owned();
        request.exchange(&self.client, code, &state, &store).await?;
        self.find_organization(store.clone()).await?;
        store.load().await?.ok_or(AuthError::NotSignedIn)
    }

    async fn find_organization(&self, store: impl TokenStore + 'static) -> Result<(), AuthError> {
        let tokens = RefreshingToken::new(self.client.clone(), store);
        let mut builder = Client::builder().token_provider(tokens);
        if let Some(url) = &self.desk_url {
            builder = builder.base_url(url);
        }
        let found = async { builder.build()?.organization().await.map(|_| ()) };
        found.await.map_err(|error: crate::Error| AuthError::Other(format!("signed in, but {error}")))
    }
}

async fn listen(redirect: &Url) -> Result<TcpListener, AuthError> {
    let loopback = matches!(redirect.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    let port = redirect.port_or_known_default().filter(|_| loopback && redirect.scheme() == "http");
    let port = port.ok_or_else(|| not_loopback(redirect.as_str()))?;
    TcpListener::bind(("127.0.0.1", port)).await.map_err(|error| {
        AuthError::Other(format!(
            "port {port}, to which the registered address {redirect} leads, cannot be listened on: {error}. \
             End the program that uses it, or register an address with another port and give it to `redirect_uri`"
        ))
    })
}

fn not_loopback(address: &str) -> AuthError {
    AuthError::Other(format!(
        "the registered address {address:?} does not lead to this computer; register one such as http://localhost:8080/"
    ))
}

/// Waits for the request that brings the code for this state. Whatever else comes is answered and
/// forgotten, so that nobody can end a sign-in from outside.
async fn wait(listener: &TcpListener, path: &str, state: &str) -> Result<String, AuthError> {
    loop {
        let Ok((mut stream, _)) = listener.accept().await else { continue };
        let reading = tokio::time::timeout(Duration::from_secs(10), read_target(&mut stream));
        let Ok(Some(target)) = reading.await else { continue };
        let Some(back) = Url::parse("http://localhost").and_then(|base| base.join(&target)).ok() else { continue };
        let value = |key: &str| query_value(&back, key);
        if back.path() != path || value("state").as_deref() != Some(state) {
            answer(&mut stream, "404 Not Found", "Nothing is here.").await;
            continue;
        }
        match (value("code"), value("error")) {
            (Some(code), _) => {
                answer(&mut stream, "200 OK", "You are signed in. This window can be closed.").await;
                return Ok(code);
            }
            (None, reason) => {
                answer(&mut stream, "200 OK", "You are not signed in. This window can be closed.").await;
                let reason = reason.unwrap_or_else(|| "no code came back".to_owned());
                return Err(AuthError::NoConsent { reason: crate::error::excerpt(reason.as_bytes()) });
            }
        }
    }
}

/// The target of a GET request, such as `/?code=…&state=…`.
async fn read_target(stream: &mut TcpStream) -> Option<String> {
    let mut request = Vec::new();
    let mut piece = [0; 1024];
    while !request.windows(4).any(|end| end == b"\r\n\r\n") {
        let length = stream.read(&mut piece).await.ok().filter(|length| *length > 0)?;
        request.extend_from_slice(&piece[..length]);
        if request.len() > LONGEST_REQUEST {
            return None;
        }
    }
    let line = request.split(|byte| *byte == b'\r').next()?;
    let mut words = std::str::from_utf8(line).ok()?.split(' ');
    (words.next() == Some("GET")).then(|| words.next().map(str::to_owned))?
}

async fn answer(stream: &mut TcpStream, status: &str, text: &str) {
    let page = format!("<!doctype html><meta charset=\"utf-8\"><title>desk-sdk</title><p>{text}</p>");
    let length = page.len();
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    );
    // Whether the browser still wants to see it does not matter.
    let _ = stream.write_all(format!("{head}{page}").as_bytes()).await;
    let _ = stream.shutdown().await;
}
