//! The organization that calls are made for.

use std::fmt;

use serde_json::Value;
use tokio::sync::OnceCell;

use super::{Shared, send};
use crate::call::Call;
use crate::generated::ORGANIZATION_DISCOVERY as DISCOVERY;
use crate::operation::Operation;
use crate::value::Id;
use crate::{Error, Result};

/// An organization that was given, or is found when it is first needed.
pub(super) struct Organization(OnceCell<Id>);

impl Organization {
    pub(super) fn new(given: Option<Id>) -> Self {
        Self(OnceCell::new_with(given))
    }

    /// The organization's id. At the first call without a given one, the API is asked; calls at
    /// the same time wait for the one answer.
    pub(super) async fn id(&self, shared: &Shared, operation: &'static Operation) -> Result<&Id> {
        self.0.get_or_try_init(|| discover(shared, operation)).await
    }
}

/// The first organization that the token's user belongs to.
async fn discover(shared: &Shared, operation: &'static Operation) -> Result<Id> {
    let raw = send::send(shared, Call::new(&DISCOVERY)).await?;
    let answer: Value = serde_json::from_slice(&raw.body).unwrap_or_default();
    let id = match &answer["data"][0]["id"] {
        Value::String(text) if !text.is_empty() => Some(Id::from(text)),
        Value::Number(number) => number.as_u64().map(Id::from),
        _ => None,
    };
    id.ok_or(Error::NoOrganization { operation: operation.id, discovery: DISCOVERY.id })
}

impl fmt::Debug for Organization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.get() {
            Some(id) => id.fmt(f),
            None => f.write_str("not known yet"),
        }
    }
}
