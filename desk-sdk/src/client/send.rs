//! One call: checked, sent, repeated where that is safe, and its answer judged.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::BoxFuture;
use http::HeaderValue;
use http::header::AUTHORIZATION;
use jiff::SignedDuration;
use secrecy::ExposeSecret as _;
use tokio::sync::OwnedSemaphorePermit;
use tracing::field::Empty;
use tracing::{Instrument as _, Span};

use super::deadline::Deadline;
use super::judge::{lost, refusal, unread};
use super::patience::Patience;
use super::retry::{Failure, retry_after};
use super::{Client, Shared, encode, scopes};
use crate::answer::Meta;
use crate::auth::AccessToken;
use crate::call::Call;
use crate::error::ApiError;
use crate::http_body::{read_limited, read_start};
use crate::operation::{Operation, Risk};
use crate::scope::ScopeCheck;
use crate::secrets::Secrets;
use crate::spelling;
use crate::validate::{Check, validate};
use crate::{Error, Result};

/// So much of a refusal is read. What the API says takes less; a page of a gateway that takes more is judged by its
/// status and shown by its start.
const LARGEST_REFUSAL: usize = 256 * 1024;

/// What a caller may choose for one call.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Options {
    pub(crate) repeatable: bool,
    pub(crate) timeout: Option<Duration>,
    /// Whether documented rules are left to the server.
    pub(crate) unchecked: bool,
    /// The risk of a call that no operation tells.
    pub(crate) risk: Option<Risk>,
    pub(crate) deadline: Option<Duration>,
    /// Whether the answer's body is read as a part of the call.
    whole: bool,
    /// Whether an attempt before has told in the log which scopes seem to be missing.
    told_doubt: bool,
}

/// An answer that was read whole.
pub(super) struct Raw {
    pub(super) meta: Meta,
    pub(super) body: Bytes,
}

/// The rest of an answer whose body is not read yet, with the call's place among those at once.
pub(super) struct Rest {
    pub(super) response: reqwest::Response,
    pub(super) place: Option<OwnedSemaphorePermit>,
}

/// An answer: its body, or the rest of it.
struct Opened {
    meta: Meta,
    body: Bytes,
    rest: Option<Rest>,
}

impl Opened {
    fn with(mut self, token: AccessToken) -> Self {
        self.meta.token = Some(token.secret);
        self
    }
}

/// Makes a call and reads its whole answer.
pub(super) async fn send(client: &Client, call: Call, options: Options) -> Result<Raw> {
    let opened = run(client, call, Options { whole: true, ..options }).await?;
    Ok(Raw { meta: opened.meta, body: opened.body })
}

/// Makes a call up to the start of the answer's body.
pub(super) async fn open(client: &Client, call: Call, options: Options) -> Result<(Meta, Rest)> {
    let operation = call.operation();
    opened(operation, run(client, call, options).await?)
}

/// Makes one attempt more at a call that was made before, up to the start of the answer's body.
pub(super) async fn again(
    client: &Client,
    call: Call,
    options: Options,
    deadline: Arc<Deadline>,
) -> Result<(Meta, Rest), Failure> {
    let operation = call.operation();
    let span = span(&call);
    let started = client.shared.clock.now();
    let options = Options { told_doubt: true, ..options };
    let result = attempt(client.clone(), call, options, deadline).instrument(span.clone()).await;
    tell(&span, &result, 1, client.shared.clock.now().duration_since(started));
    opened(operation, result?).map_err(Failure::judged)
}

fn opened(operation: &'static Operation, opened: Opened) -> Result<(Meta, Rest)> {
    let rest = opened.rest.ok_or_else(|| Error::Configuration(format!("{operation} was read before")))?;
    Ok((opened.meta, rest))
}

/// Checks a call, then makes attempts until one succeeds or no other may be made.
async fn run(client: &Client, call: Call, options: Options) -> Result<Opened> {
    let span = span(&call);
    attempts(client.clone(), call, options).instrument(span).await
}

/// What is told of a call.
fn span(call: &Call) -> Span {
    let operation = call.operation();
    tracing::info_span!(
        "desk_call",
        operation = operation.id,
        method = operation.method.as_str(),
        path = call.path.as_deref().filter(|_| operation.path.is_empty()).unwrap_or(operation.path),
        status = Empty,
        attempts = Empty,
        credits = Empty,
        milliseconds = Empty,
    )
}

async fn attempts(client: Client, mut call: Call, options: Options) -> Result<Opened> {
    let operation = call.operation();
    let unchecked = options.unchecked || client.shared.unchecked;
    spelling::settle(&mut call);
    let broken_rules = validate(&call, if unchecked { Check::Report } else { Check::Enforce })?;
    for broken in &broken_rules {
        tracing::warn!(operation = operation.id, "{broken}; the call goes out all the same");
    }
    call.files.iter().try_for_each(|(field, file)| file.check(operation, field))?;
    allowed(&client.shared, operation, options.risk, call.path.as_deref())?;
    if client.shared.granted.is_some() && client.shared.scope_check == ScopeCheck::Enforce {
        // What the client was told needs no token to be known. The token's own scopes come later.
        scopes::judge(&client.shared, client.shared.granted.as_ref(), operation)?;
    }
    let mut patience = Patience::new(&client, operation, options);
    let mut made = 0_u64;
    let result = loop {
        made += 1;
        let options = Options { told_doubt: made > 1, ..options };
        let attempt = attempt(client.clone(), call.clone(), options, patience.deadline());
        match attempt.await {
            Err(failure) if patience.wait(&failure).await => {}
            result => break result,
        }
    };
    tell(&Span::current(), &result, made, client.shared.clock.now().duration_since(patience.started()));
    match result {
        Ok(mut opened) => {
            opened.meta.broken_rules = broken_rules;
            Ok(opened)
        }
        Err(Failure { error: Error::Api(mut refused), .. }) => {
            refused.broken_rules = broken_rules;
            Err(refused.into())
        }
        Err(failure) => Err(failure.error),
    }
}

/// Tells the call's span how the call went.
fn tell(span: &Span, result: &Result<Opened, Failure>, attempts: u64, took: SignedDuration) {
    span.record("attempts", attempts);
    span.record("milliseconds", took.as_millis_f64());
    match result {
        Ok(opened) => {
            span.record("status", opened.meta.status());
            span.record("credits", opened.meta.credits_spent());
        }
        Err(failure) => {
            span.record("status", failure.error.api().map(|refused| refused.status));
        }
    }
}

/// One attempt, to the end of the body where it is read whole. Its type says for which borrows it holds: none; else the
/// call's future could not be sent between threads.
fn attempt(
    client: Client,
    call: Call,
    options: Options,
    deadline: Arc<Deadline>,
) -> BoxFuture<'static, Result<Opened, Failure>> {
    Box::pin(async move {
        let operation = call.operation();
        let token = client.shared.provider.token().await;
        let token = token.map_err(|source| Failure::judged(Error::auth(operation, source)))?;
        let checked = scopes::check(&client.shared, &token, operation).await.map_err(Failure::judged)?;
        let missing_scopes = checked.into_missing();
        if let Some(missing) = missing_scopes.as_deref().filter(|_| !options.told_doubt) {
            scopes::tell(missing);
        }
        match answered(&client, token, &call, options, &deadline).await {
            Ok(mut opened) => {
                opened.meta.missing_scopes = missing_scopes;
                Ok(opened)
            }
            Err(mut failure) => {
                if let Error::Api(refused) = &mut failure.error {
                    // An organization is looked for by a call of its own, which was judged for itself.
                    if refused.operation == operation.id {
                        refused.missing_scopes = missing_scopes;
                    }
                }
                Err(failure)
            }
        }
    })
}

/// The answer to one attempt, to the end of the body where it is read whole.
async fn answered(
    client: &Client,
    token: AccessToken,
    call: &Call,
    options: Options,
    deadline: &Deadline,
) -> Result<Opened, Failure> {
    let operation = call.operation();
    let mut opened = with_token(client, token, call, options, deadline).await?;
    let Some(rest) = opened.rest.take_if(|_| options.whole) else { return Ok(opened) };
    let limit = client.shared.largest_answer;
    let read = deadline.within(operation, read_limited(rest.response, limit)).await?;
    opened.body = read.map_err(|error| unread(operation, limit, error))?;
    if operation.error_in_success && is_error(&opened.body) {
        let Meta { status, headers, .. } = &opened.meta;
        let error = ApiError::new(operation, *status, None, headers, &opened.body, &opened.meta.secrets());
        return Err(Failure::judged(Box::new(error)));
    }
    Ok(opened)
}

/// One request; a token that the API refuses is replaced once.
async fn with_token(
    client: &Client,
    token: AccessToken,
    call: &Call,
    options: Options,
    deadline: &Deadline,
) -> Result<Opened, Failure> {
    let operation = call.operation();
    let first = exchange(client, &token, None, call, options, deadline).await;
    if !matches!(&first, Err(failure) if failure.error.api().is_some_and(ApiError::refuses_token)) {
        return first.map(|opened| opened.with(token));
    }
    let other = client.shared.provider.replace(&token).await;
    match other.map_err(|source| Failure::judged(Error::auth(operation, source)))? {
        Some(other) => {
            let second = exchange(client, &other, Some(&token), call, options, deadline).await;
            second.map(|opened| opened.with(other))
        }
        None => first,
    }
}

/// One request and the start of its answer. The token that was refused before may come back, too.
async fn exchange(
    client: &Client,
    token: &AccessToken,
    refused: Option<&AccessToken>,
    call: &Call,
    options: Options,
    deadline: &Deadline,
) -> Result<Opened, Failure> {
    let operation = call.operation();
    let shared = &*client.shared;
    let base = shared.base_url(token).map_err(Failure::judged)?;
    let mut request = encode::request(&shared.http, &base, call.clone()).map_err(Failure::judged)?;
    if operation.organization {
        let id = client.organization.id(client, token, operation).await.map_err(Failure::judged)?;
        request = request.header("orgId", id.as_str());
    }
    if let Some(timeout) = options.timeout {
        request = request.timeout(timeout);
    }
    let authorization = authorization(token).map_err(Failure::judged)?;
    shared.check_floor(operation).map_err(Failure::judged)?;
    let place = deadline.uncounted(shared.limiter.place()).await;
    let response = deadline.within(operation, request.header(AUTHORIZATION, authorization).send()).await?;
    let response = response.map_err(|source| lost(operation, source))?;
    let meta = Meta {
        operation,
        status: response.status().as_u16(),
        headers: response.headers().clone(),
        token: None,
        missing_scopes: None,
        broken_rules: Vec::new(),
    };
    shared.credits.read(&meta.headers);
    if response.status().is_success() {
        shared.limiter.succeeded();
        return Ok(Opened { meta, body: Bytes::new(), rest: Some(Rest { response, place }) });
    }
    let status = response.status();
    let limit = LARGEST_REFUSAL.min(shared.largest_answer);
    let read = deadline.within(operation, read_start(response, limit)).await?;
    let (body, _) = read.map_err(|source| lost(operation, source))?;
    let retry_after = retry_after(&meta.headers, shared.clock.now());
    let seconds = retry_after.map(|pause| pause.as_secs());
    let secrets = Secrets::new([token].into_iter().chain(refused).map(|token| token.secret.clone()));
    let error = ApiError::new(operation, meta.status, seconds, &meta.headers, &body, &secrets);
    Err(refusal(shared, status, error, retry_after, place))
}

fn authorization(token: &AccessToken) -> Result<HeaderValue> {
    let mut value = HeaderValue::from_str(&[token.token_type.as_str(), " ", token.secret.expose_secret()].concat())
        .map_err(|_| Error::Configuration("the access token has characters that no token has".to_owned()))?;
    value.set_sensitive(true);
    Ok(value)
}

/// Checks the risk: the operation's, or what was said of a call that no operation tells.
pub(super) fn allowed(
    shared: &Shared,
    operation: &'static Operation,
    told: Option<Risk>,
    path: Option<&str>,
) -> Result<()> {
    let (risk, allowed) = (told.unwrap_or(operation.risk), shared.max_risk);
    if risk <= allowed {
        return Ok(());
    }
    let unknown = path.filter(|_| operation.path.is_empty());
    let request = unknown.map(|path| format!("{} {path}", operation.method));
    Err(Error::RiskNotAllowed { operation: operation.id, request, risk, allowed })
}

/// Whether a body is the API's error object and nothing else.
fn is_error(body: &[u8]) -> bool {
    if body.len() > LARGEST_REFUSAL {
        return false;
    }
    let Ok(serde_json::Value::Object(body)) = serde_json::from_slice(body) else { return false };
    body.get("errorCode").is_some_and(|code| code.as_str().is_some_and(|code| !code.is_empty()))
        && body.keys().all(|key| matches!(key.as_str(), "errorCode" | "message" | "errors"))
}
