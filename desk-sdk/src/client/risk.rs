//! The check of an operation's risk against what the client may do.

use super::Shared;
use crate::error::{Error, Result};
use crate::operation::{Operation, Risk};

/// Checks the risk of the operation, or the one declared for a call without a known operation.
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
