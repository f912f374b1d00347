//! One call: checked, sent, repeated where that is safe, and its answer judged.

use std::sync::Arc;
use std::time::Duration;

use backon::Retryable as _;
use bytes::Bytes;
use futures_util::future::BoxFuture;
use http::StatusCode;
use http::header::{AUTHORIZATION, RETRY_AFTER};
use http::{HeaderMap, HeaderValue};
use secrecy::ExposeSecret as _;
use tokio::sync::OwnedSemaphorePermit;
use tracing::field::Empty;
use tracing::{Instrument as _, Span};

use super::retry::{Effect, Failure};
use super::{Client, Shared, encode};
use crate::answer::{Meta, number, transport};
use crate::auth::{AccessToken, Clock};
use crate::call::Call;
use crate::error::{ApiError, MissingScopes};
use crate::http_body::{BodyError, read_limited, read_start};
use crate::operation::Operation;
use crate::scope::{GrantedScopes, ScopeCheck};
use crate::validate::validate;
use crate::{Error, Result};

/// How long a rest is where the API does not say when credits come back.
const UNTOLD: Duration = Duration::from_secs(3600);

/// So much of a refusal is read. What the API says takes less; a page of a gateway that takes more is judged by its
/// status and shown by its start.
const LARGEST_REFUSAL: usize = 256 * 1024;

/// What a caller may choose for one call.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Options {
    pub(super) repeatable: bool,
    pub(super) timeout: Option<Duration>,
    /// Whether the answer's body is read as a part of the call.
    whole: bool,
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

/// Makes a call and reads its whole answer.
pub(super) async fn send(client: &Client, call: Call, options: Options) -> Result<Raw> {
    let opened = run(client, call, Options { whole: true, ..options }).await?;
    Ok(Raw { meta: opened.meta, body: opened.body })
}

/// Makes a call up to the start of the answer's body.
pub(super) async fn open(client: &Client, call: Call, options: Options) -> Result<(Meta, Rest)> {
    let operation = call.operation();
    let opened = run(client, call, options).await?;
    let rest = opened.rest.ok_or_else(|| Error::Configuration(format!("{operation} was read before")))?;
    Ok((opened.meta, rest))
}

/// Checks a call, then makes attempts until one succeeds or no other may be made.
async fn run(client: &Client, call: Call, options: Options) -> Result<Opened> {
    let operation = call.operation();
    let span = tracing::info_span!(
        "desk_call",
        operation = operation.id,
        method = operation.method.as_str(),
        path = operation.path,
        status = Empty,
        attempts = Empty,
        credits = Empty,
        milliseconds = Empty,
    );
    attempts(client.clone(), call, options).instrument(span).await
}

async fn attempts(client: Client, call: Call, options: Options) -> Result<Opened> {
    let operation = call.operation();
    validate(&call)?;
    allowed(&client.shared, operation)?;
    if client.shared.scope_check == ScopeCheck::Enforce {
        // What the client was told needs no token to be known. The token's own scopes come later.
        granted(&client.shared, None, operation)?;
    }
    let shared = Arc::clone(&client.shared);
    let started = shared.clock.now();
    let mut made = 0_u64;
    let one = || {
        made += 1;
        attempt(client.clone(), call.clone(), options)
    };
    let retry = one.retry(shared.retry.pauses()).sleep(sleeper(Arc::clone(&shared.clock)));
    let retry = retry.when(repeats(operation, options, shared.wait_for_credits)).adjust(pauses(Arc::clone(&shared)));
    let result = retry.await;
    let span = Span::current();
    span.record("attempts", made);
    span.record("milliseconds", shared.clock.now().duration_since(started).as_millis_f64());
    match &result {
        Ok(opened) => {
            span.record("status", opened.meta.status());
            span.record("credits", opened.meta.credits_spent());
        }
        Err(failure) => {
            span.record("status", failure.error.api().map(|refused| refused.status));
        }
    }
    result.map_err(|failure| failure.error)
}

// The three functions below give closures whose types say for which borrows they hold; written in
// place, they would keep the call's future from being sent between threads.

fn sleeper(clock: Arc<dyn Clock>) -> impl Fn(Duration) -> BoxFuture<'static, ()> + Send {
    move |pause| clock.sleep(pause)
}

fn repeats(operation: &'static Operation, options: Options, wait: bool) -> impl FnMut(&Failure) -> bool + Send {
    move |failure| failure.may_repeat(operation, options.repeatable, wait)
}

fn pauses(shared: Arc<Shared>) -> impl FnMut(&Failure, Option<Duration>) -> Option<Duration> + Send {
    let started = shared.clock.now();
    move |failure, pause| shared.pause(failure, pause, started)
}

/// One attempt, to the end of the body where it is read whole.
fn attempt(client: Client, call: Call, options: Options) -> BoxFuture<'static, Result<Opened, Failure>> {
    Box::pin(async move {
        let operation = call.operation();
        let token = client.shared.provider.token().await;
        let token = token.map_err(|source| Failure::judged(Error::auth(operation, source)))?;
        let missing_scopes = granted(&client.shared, token.scopes.as_ref(), operation).map_err(Failure::judged)?;
        let mut opened = with_token(&client, token, &call, options).await?;
        opened.meta.missing_scopes = missing_scopes;
        let Some(rest) = opened.rest.take_if(|_| options.whole) else { return Ok(opened) };
        let limit = client.shared.largest_answer;
        opened.body = read_limited(rest.response, limit).await.map_err(|error| unread(operation, limit, error))?;
        if operation.error_in_success && is_error(&opened.body) {
            let error = ApiError::new(operation, opened.meta.status, None, &opened.meta.headers, &opened.body);
            return Err(Failure::judged(Box::new(error)));
        }
        Ok(opened)
    })
}

/// One request; a token that the API refuses is replaced once.
async fn with_token(client: &Client, token: AccessToken, call: &Call, options: Options) -> Result<Opened, Failure> {
    let operation = call.operation();
    let first = exchange(client, &token, call, options).await;
    if !matches!(&first, Err(failure) if failure.error.api().is_some_and(ApiError::refuses_token)) {
        return first;
    }
    let other = client.shared.provider.replace(&token).await;
    match other.map_err(|source| Failure::judged(Error::auth(operation, source)))? {
        Some(other) => exchange(client, &other, call, options).await,
        None => first,
    }
}

/// One request and the start of its answer.
async fn exchange(client: &Client, token: &AccessToken, call: &Call, options: Options) -> Result<Opened, Failure> {
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
    let place = shared.limiter.place().await;
    let response =
        request.header(AUTHORIZATION, authorization).send().await.map_err(|source| lost(operation, source))?;
    let meta = Meta {
        operation,
        status: response.status().as_u16(),
        headers: response.headers().clone(),
        missing_scopes: None,
    };
    shared.credits.read(&meta.headers);
    if response.status().is_success() {
        shared.limiter.succeeded();
        return Ok(Opened { meta, body: Bytes::new(), rest: Some(Rest { response, place }) });
    }
    let status = response.status();
    let limit = LARGEST_REFUSAL.min(shared.largest_answer);
    let (body, _) = read_start(response, limit).await.map_err(|source| lost(operation, source))?;
    let retry_after = retry_after(&meta.headers);
    let refused = ApiError::new(operation, meta.status, retry_after.map(|pause| pause.as_secs()), &meta.headers, &body);
    Err(judge(shared, status, refused, retry_after, place))
}

/// What a refusal means for another attempt.
fn judge(
    shared: &Shared,
    status: StatusCode,
    refused: ApiError,
    retry_after: Option<Duration>,
    place: Option<OwnedSemaphorePermit>,
) -> Failure {
    let spent = refused.code == "THRESHOLD_EXCEEDED";
    if status == StatusCode::TOO_MANY_REQUESTS && (spent || (refused.code.is_empty() && retry_after.is_some())) {
        let rest = retry_after.unwrap_or(UNTOLD);
        let until = shared.clock.now().saturating_add(rest).unwrap_or(jiff::Timestamp::MAX);
        let error = Error::CreditsSpent { operation: refused.operation, until };
        return Failure { error, effect: Effect::OutOfCredits(rest) };
    }
    let effect = if status == StatusCode::TOO_MANY_REQUESTS {
        shared.limiter.crowded(place);
        Effect::None
    } else if status.is_server_error() {
        Effect::Perhaps
    } else {
        Effect::Judged
    };
    Failure { error: Error::Api(Box::new(refused)), effect }
}

fn unread(operation: &'static Operation, limit: usize, error: BodyError) -> Failure {
    match error {
        BodyError::Lost(source) => lost(operation, source),
        BodyError::TooLarge => Failure::judged(Error::AnswerTooLarge { operation: operation.id, limit }),
    }
}

fn lost(operation: &'static Operation, source: reqwest::Error) -> Failure {
    let effect = if source.is_connect() {
        Effect::None
    } else if source.is_builder() {
        Effect::Judged
    } else {
        Effect::Perhaps
    };
    Failure { error: transport(operation, source), effect }
}

fn authorization(token: &AccessToken) -> Result<HeaderValue> {
    let mut value = HeaderValue::from_str(&format!("Zoho-oauthtoken {}", token.secret.expose_secret()))
        .map_err(|_| Error::Configuration("the access token has characters that no token has".to_owned()))?;
    value.set_sensitive(true);
    Ok(value)
}

fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    number(headers, RETRY_AFTER.as_str()).map(Duration::from_secs)
}

/// Checks the risk.
pub(super) fn allowed(shared: &Shared, operation: &'static Operation) -> Result<()> {
    let (risk, allowed) = (operation.risk, shared.max_risk);
    if risk > allowed { Err(Error::RiskNotAllowed { operation: operation.id, risk, allowed }) } else { Ok(()) }
}

/// Checks the scopes. What is missing but let through is given back.
pub(super) fn granted(
    shared: &Shared,
    told: Option<&GrantedScopes>,
    operation: &'static Operation,
) -> Result<Option<Box<MissingScopes>>> {
    let granted = shared.granted.as_ref().or(told).filter(|_| shared.scope_check != ScopeCheck::Off);
    let Some(granted) = granted.filter(|granted| !granted.allow(operation)) else { return Ok(None) };
    let missing = MissingScopes { operation, granted: granted.clone(), missing: granted.missing(operation) };
    match shared.scope_check {
        ScopeCheck::Enforce => Err(Error::MissingScopes(missing)),
        ScopeCheck::Warn | ScopeCheck::Off => {
            tracing::warn!(operation = operation.id, "{missing}");
            Ok(Some(Box::new(missing)))
        }
    }
}

/// Whether a body is the API's error object and nothing else.
fn is_error(body: &[u8]) -> bool {
    let Ok(serde_json::Value::Object(body)) = serde_json::from_slice(body) else { return false };
    body.get("errorCode").is_some_and(|code| code.as_str().is_some_and(|code| !code.is_empty()))
        && body.keys().all(|key| matches!(key.as_str(), "errorCode" | "message" | "errors"))
}
