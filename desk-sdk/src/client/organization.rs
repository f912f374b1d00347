//! The organization that calls are made for.

use std::fmt;

use bytes::Bytes;
use futures_util::TryFutureExt as _;
use futures_util::future::{BoxFuture, ready};
use http::HeaderValue;
use serde_json::Value;
use tokio::sync::OnceCell;

use super::options::Options;
use super::reading::read;
use super::{Client, Shared, risk, scopes, send};
use crate::auth::AccessToken;
use crate::call::Call;
use crate::error::{Error, Result};
use crate::generated::ORGANIZATION_DISCOVERY as DISCOVERY;
use crate::generated::api::{LISTS, NAME, ORGANIZATION};
use crate::invalid_call::{BrokenRule, InvalidCall};
use crate::operation::Operation;
use crate::record::Decoding;
use crate::scope::ScopeSet;
use crate::scope_check::{Checked, MissingScopes};
use crate::value::Id;

/// An organization that was set, or is looked up when first needed.
pub(super) struct Organization(OnceCell<Known>);

struct Known {
    id: Id,
    /// The id as it is sent, made once; none if no header can hold it.
    header: Option<HeaderValue>,
}

impl From<Id> for Known {
    fn from(id: Id) -> Self {
        let header = HeaderValue::from_str(id.as_str()).ok();
        Self { id, header }
    }
}

impl Organization {
    pub(super) fn new(given: Option<Id>) -> Self {
        Self(OnceCell::new_with(given.map(Known::from)))
    }

    /// Whether no lookup is necessary: it was set, found before, or is kept with the token.
    pub(super) async fn is_known(&self, client: &Client, operation: &'static Operation) -> Result<bool> {
        if self.0.initialized() {
            return Ok(true);
        }
        let kept = client.shared.provider.organization().await;
        Ok(kept.map_err(|source| Error::auth(operation, source))?.is_some())
    }

    /// The organization's id: set, kept with the token, or looked up. Concurrent calls wait for the same lookup.
    pub(super) async fn id(&self, client: &Client, token: &AccessToken, operation: &'static Operation) -> Result<&Id> {
        Ok(&self.known(client, token, operation).await?.id)
    }

    /// The id as it is sent.
    pub(super) async fn header(
        &self,
        client: &Client,
        token: &AccessToken,
        operation: &'static Operation,
    ) -> Result<HeaderValue> {
        let known = self.known(client, token, operation).await?;
        let unfit = || wrong(operation, &known.id, "text that a header can hold");
        known.header.clone().ok_or_else(unfit)
    }

    async fn known(&self, client: &Client, token: &AccessToken, operation: &'static Operation) -> Result<&Known> {
        let known = match self.0.get() {
            Some(known) => known,
            None => self.0.get_or_try_init(|| find(client, token, operation)).await?,
        };
        if ORGANIZATION.is_some_and(|named| named.digits) && !known.id.is_digits() {
            return Err(wrong(operation, &known.id, "the id of an organization, which is digits"));
        }
        Ok(known)
    }
}

fn wrong(operation: &'static Operation, id: &Id, rule: &str) -> Error {
    let name = ORGANIZATION.map_or("organization", |named| named.header);
    InvalidCall::new(operation, BrokenRule::new(name, &Value::from(id.as_str()), rule)).into()
}

/// The organization that is kept with the token, or else the one that is looked up. Boxed, because it is needed once.
fn find<'a>(client: &'a Client, token: &'a AccessToken, operation: &'static Operation) -> BoxFuture<'a, Result<Known>> {
    match &token.organization {
        Some(known) => Box::pin(ready(Ok(known.clone().into()))),
        None => Box::pin(discover(client, operation).map_ok(Known::from)),
    }
}

/// Checks the call that would look up an organization.
pub(super) fn check(shared: &Shared, granted: Option<&ScopeSet>, operation: &'static Operation) -> Result<Checked> {
    risk::allowed(shared, &DISCOVERY, None, None)?;
    scopes::judge(shared, granted, &DISCOVERY).map_err(|error| looked_for(operation, error))
}

/// Notes that the error is about finding an organization.
fn looked_for(operation: &'static Operation, error: Error) -> Error {
    match error {
        Error::MissingScopes(missing) if operation.id != DISCOVERY.id => {
            MissingScopes { organization_for: Some(operation.id), ..missing }.into()
        }
        Error::Api(mut refused) if operation.id != DISCOVERY.id => {
            refused.organization_for = Some(operation.id);
            refused.into()
        }
        error => error,
    }
}

/// The first organization that the token's user belongs to. Boxed, because this is a call made within other calls.
fn discover<'a>(client: &'a Client, operation: &'static Operation) -> BoxFuture<'a, Result<Id>> {
    let find = async move {
        if DISCOVERY.id.is_empty() {
            let reason = match ORGANIZATION {
                Some(_) => "no operation finds organizations: set one with `organization` on the client's builder",
                None => "there are no organizations",
            };
            return Err(Error::Configuration(format!("{NAME}: {reason}")));
        }
        let raw = send::send::<Bytes>(client.clone(), Call::new(&DISCOVERY), Options::default()).await;
        let raw = raw.map_err(|error| looked_for(operation, error))?;
        let mut answer = Value::Null;
        // What cannot be read has no organization, which is told below.
        let _ = read(&mut answer, &raw.body, Decoding::Lenient, &raw.meta).await;
        let id = match &answer[LISTS.records][0][LISTS.id] {
            Value::String(text) if !text.is_empty() => Some(Id::from(text)),
            Value::Number(number) => number.as_u64().map(Id::from),
            _ => None,
        };
        let id = id.ok_or(Error::NoOrganization { operation: operation.id, discovery: DISCOVERY.id })?;
        let kept = client.shared.provider.remember_organization(&id).await;
        kept.map_err(|source| Error::auth(operation, source))?;
        Ok(id)
    };
    Box::pin(find)
}

impl fmt::Debug for Organization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.get() {
            Some(known) => known.id.fmt(f),
            None => f.write_str("not known yet"),
        }
    }
}
