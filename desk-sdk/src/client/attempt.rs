//! One attempt at a call: token, scopes, organization, a slot, the request, and judging the answer.

use std::mem;
use std::pin::{Pin, pin};
use std::sync::{Arc, LazyLock};

use bytes::Bytes;
use futures_util::future::BoxFuture;
use http::HeaderName;
use http::header::AUTHORIZATION;
use tokio::sync::OwnedSemaphorePermit;

use super::deadline::{Alarm, Deadline};
use super::judge::{lost, refusal, unread};
use super::options::Options;
use super::retry::{Failure, retry_after};
use super::{Client, Shared, encode, scopes};
use crate::answer::Meta;
use crate::api_error::{ApiError, is_error};
use crate::auth::AccessToken;
use crate::call::Call;
use crate::error::{Error, Result};
use crate::generated::api::ORGANIZATION;
use crate::http_body::{read_limited, read_start};
use crate::secrets::Secrets;

/// How much of a refusal is read. What the API says is shorter; a longer page from a gateway is judged by its status
/// and only its start is shown.
const LARGEST_REFUSAL: usize = 256 * 1024;

/// The header that names the organization. Names are made once: to make one takes longer than to send it.
static ORGANIZATION_HEADER: LazyLock<Option<HeaderName>> = LazyLock::new(|| ORGANIZATION?.header.parse().ok());

/// The rest of an answer whose body has not been read yet, with the call's slot.
pub(super) struct Rest {
    pub(super) response: reqwest::Response,
    pub(super) place: Option<OwnedSemaphorePermit>,
}

/// An answer, with as much of its body as the call is to have: all bytes, or the rest that is not read yet.
pub(super) struct Opened<B> {
    pub(super) meta: Meta,
    pub(super) body: B,
}

/// What an attempt returns for a body that starts to arrive.
pub(super) trait FromRest: Sized + Send + 'static {
    fn from_rest(
        client: &Client,
        opened: Opened<Rest>,
        deadline: &Deadline,
        alarm: Pin<&mut Alarm>,
    ) -> impl Future<Output = Result<Opened<Self>, Failure>> + Send;
}

impl FromRest for Rest {
    async fn from_rest(
        _: &Client,
        opened: Opened<Self>,
        _: &Deadline,
        _: Pin<&mut Alarm>,
    ) -> Result<Opened<Self>, Failure> {
        Ok(opened)
    }
}

impl FromRest for Bytes {
    async fn from_rest(
        client: &Client,
        opened: Opened<Rest>,
        deadline: &Deadline,
        alarm: Pin<&mut Alarm>,
    ) -> Result<Opened<Self>, Failure> {
        let Opened { meta, body: mut rest } = opened;
        let (operation, limit) = (meta.operation, client.shared.largest_answer);
        let read = pin!(read_limited(&mut rest.response, limit));
        let read = deadline.within(alarm, operation, read).await?;
        let body = read.map_err(|error| unread(operation, limit, error))?;
        if operation.error_in_success && body.len() <= LARGEST_REFUSAL && is_error(&body) {
            let error = ApiError::read(operation, meta.status, None, &meta.headers, &body, &meta.secrets());
            return Err(Failure::judged(Box::new(error)));
        }
        Ok(Opened { meta, body })
    }
}

/// One attempt, to the end of the body where it is read whole. Its type says for which borrows it holds: none; else the
/// call's future could not be sent between threads.
pub(super) fn attempt<B: FromRest>(
    client: Client,
    call: Arc<Call>,
    options: Options,
    deadline: Arc<Deadline>,
) -> BoxFuture<'static, Result<Opened<B>, Failure>> {
    Box::pin(async move {
        let operation = call.operation();
        let token = client.shared.provider.token().await;
        let token = token.map_err(|source| Failure::judged(Error::auth(operation, source)))?;
        let checked = scopes::check(&client.shared, &token, operation).await.map_err(Failure::judged)?;
        let missing_scopes = checked.into_missing();
        if let Some(missing) = missing_scopes.as_deref().filter(|_| !options.told_doubt) {
            scopes::tell(missing);
        }
        let mut alarm = pin!(None);
        let opened = with_token(&client, token, &call, options, &deadline, alarm.as_mut()).await;
        let read = match opened {
            Ok(opened) => B::from_rest(&client, opened, &deadline, alarm).await,
            Err(failure) => Err(failure),
        };
        match read {
            Ok(mut opened) => {
                opened.meta.missing_scopes = missing_scopes;
                Ok(opened)
            }
            Err(mut failure) => {
                if let Error::Api(refused) = &mut failure.error {
                    // Looking up an organization is a call of its own, which was checked separately.
                    if refused.operation == operation.id {
                        refused.missing_scopes = missing_scopes;
                    }
                }
                Err(failure)
            }
        }
    })
}

/// One request; a refused token is replaced once.
async fn with_token(
    client: &Client,
    mut token: AccessToken,
    call: &Call,
    options: Options,
    deadline: &Deadline,
    mut alarm: Pin<&mut Alarm>,
) -> Result<Opened<Rest>, Failure> {
    let operation = call.operation();
    let mut refused = None;
    loop {
        let mut answer = exchange(client, &token, refused.as_ref(), call, options, deadline, alarm.as_mut()).await;
        match &mut answer {
            Ok(opened) => opened.meta.token = Some(token.secret),
            Err(failure) if refused.is_none() && failure.error.api().is_some_and(ApiError::refuses_token) => {
                let other = client.shared.provider.replace(&token).await;
                if let Some(other) = other.map_err(|source| Failure::judged(Error::auth(operation, source)))? {
                    refused = Some(mem::replace(&mut token, other));
                    continue;
                }
            }
            Err(_) => {}
        }
        return answer;
    }
}

/// One request and the start of its answer. The token that was refused before may come back as well.
async fn exchange(
    client: &Client,
    token: &AccessToken,
    refused: Option<&AccessToken>,
    call: &Call,
    options: Options,
    deadline: &Deadline,
    mut alarm: Pin<&mut Alarm>,
) -> Result<Opened<Rest>, Failure> {
    let operation = call.operation();
    let shared = &*client.shared;
    let base = shared.base_url(token).map_err(Failure::judged)?;
    let mut request = encode::request(&base, call).map_err(Failure::judged)?;
    if let Some(name) = ORGANIZATION_HEADER.as_ref().filter(|_| operation.organization) {
        let id = client.organization.header(client, token, operation).await.map_err(Failure::judged)?;
        request.headers_mut().append(name, id);
    }
    request.headers_mut().append(AUTHORIZATION, shared.authorization.header(token).map_err(Failure::judged)?);
    shared.check_floor(operation).map_err(Failure::judged)?;
    let place = match shared.limiter.free_place() {
        Some(place) => Some(place),
        None => deadline.uncounted(shared.limiter.place()).await,
    };
    let answer = shared.carry(operation, request, options.timeout);
    let response = deadline.within(alarm.as_mut(), operation, answer).await?;
    let mut response = response.map_err(|source| lost(operation, source))?;
    let headers = mem::take(response.headers_mut());
    let meta = Meta { status: response.status().as_u16(), headers, ..Meta::new(operation) };
    shared.credits.read(&meta.headers);
    let rest = Rest { response, place };
    if rest.response.status().is_success() {
        shared.limiter.succeeded();
        return Ok(Opened { meta, body: rest });
    }
    let secrets = Secrets::new([token].into_iter().chain(refused).map(|token| token.secret.clone()));
    // Boxed, so that other calls do not reserve space for it.
    Err(Box::pin(refusing(shared, Opened { meta, body: rest }, &secrets, deadline, alarm)).await)
}

/// What an answer refuses.
async fn refusing(
    shared: &Shared,
    opened: Opened<Rest>,
    secrets: &Secrets,
    deadline: &Deadline,
    alarm: Pin<&mut Alarm>,
) -> Failure {
    let Opened { meta, body: Rest { mut response, place } } = opened;
    let operation = meta.operation;
    let status = response.status();
    let limit = LARGEST_REFUSAL.min(shared.largest_answer);
    let read = pin!(read_start(&mut response, limit));
    let body = match deadline.within(alarm, operation, read).await {
        Ok(Ok((body, _))) => body,
        Ok(Err(source)) => return lost(operation, source),
        Err(late) => return late,
    };
    let retry_after = retry_after(&meta.headers, shared.clock.now());
    let seconds = retry_after.map(|pause| pause.as_secs());
    let error = ApiError::read(operation, meta.status, seconds, &meta.headers, &body, secrets);
    refusal(shared, status, error, retry_after, place)
}
