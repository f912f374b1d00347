//! One call: checked, sent, and its answer judged.

use bytes::Bytes;
use http::header::{AUTHORIZATION, RETRY_AFTER};

use super::{Shared, encode};
use crate::answer::{Meta, transport};
use crate::call::Call;
use crate::error::{ApiError, MissingScopes};
use crate::operation::Operation;
use crate::scope::ScopeCheck;
use crate::validate::validate;
use crate::{Error, Result};

/// An answer whose body is not read yet.
pub(super) struct Raw {
    pub(super) meta: Meta,
    pub(super) body: Bytes,
}

/// Makes a call and reads its whole answer.
pub(super) async fn send(shared: &Shared, call: Call) -> Result<Raw> {
    let operation = call.operation();
    let (meta, response) = open(shared, call).await?;
    let body = response.bytes().await.map_err(|source| transport(operation, source))?;
    if operation.error_in_success && is_error(&body) {
        return Err(Error::Api(Box::new(ApiError::new(operation, meta.status, None, &body))));
    }
    Ok(Raw { meta, body })
}

/// Makes a call up to the start of the answer's body; a refusal is an error.
pub(super) async fn open(shared: &Shared, call: Call) -> Result<(Meta, reqwest::Response)> {
    let operation = call.operation();
    validate(&call)?;
    let missing_scopes = permitted(shared, operation)?;
    let mut request = encode::request(shared, call)?;
    if operation.organization {
        // Boxed, because finding the organization is a call itself.
        let id = Box::pin(shared.organization.id(shared, operation)).await?;
        request = request.header("orgId", id.as_str());
    }
    let request = request.header(AUTHORIZATION, shared.credentials.authorization());
    let response = request.send().await.map_err(|source| transport(operation, source))?;
    let meta =
        Meta { operation, status: response.status().as_u16(), headers: response.headers().clone(), missing_scopes };
    if response.status().is_success() {
        return Ok((meta, response));
    }
    let retry_after = meta.headers.get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.trim().parse().ok());
    let body = response.bytes().await.map_err(|source| transport(operation, source))?;
    Err(Error::Api(Box::new(ApiError::new(operation, meta.status, retry_after, &body))))
}

/// Checks risk and scopes. What is missing but let through is given back.
pub(super) fn permitted(shared: &Shared, operation: &'static Operation) -> Result<Option<Box<MissingScopes>>> {
    if operation.risk > shared.max_risk {
        let (risk, allowed) = (operation.risk, shared.max_risk);
        return Err(Error::RiskNotAllowed { operation: operation.id, risk, allowed });
    }
    let Some(granted) = shared.granted.as_ref().filter(|_| shared.scope_check != ScopeCheck::Off) else {
        return Ok(None);
    };
    if granted.allow(operation) {
        return Ok(None);
    }
    let missing = MissingScopes { operation, granted: granted.clone(), missing: granted.missing(operation) };
    match shared.scope_check {
        ScopeCheck::Enforce => Err(Error::MissingScopes(missing)),
        ScopeCheck::Warn | ScopeCheck::Off => Ok(Some(Box::new(missing))),
    }
}

/// Whether a body is the API's error object and nothing else.
fn is_error(body: &[u8]) -> bool {
    let Ok(serde_json::Value::Object(body)) = serde_json::from_slice(body) else { return false };
    body.get("errorCode").is_some_and(|code| code.as_str().is_some_and(|code| !code.is_empty()))
        && body.keys().all(|key| matches!(key.as_str(), "errorCode" | "message" | "errors"))
}
