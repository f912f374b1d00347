//! Checks an operation's scopes against the token's.

use super::Shared;
use crate::auth::AccessToken;
use crate::error::{Error, Result};
use crate::generated::ORGANIZATION_DISCOVERY as DISCOVERY;
use crate::operation::Operation;
use crate::scope::ScopeSet;
use crate::scope_check::{Checked, MissingScopes, ScopeCheck, ScopeReport, TokenScopes};

/// Judges a call by the scopes set on the client, or else those of the token, or else those that its provider knows.
pub(super) async fn check(shared: &Shared, token: &AccessToken, operation: &'static Operation) -> Result<Checked> {
    if shared.scope_check == ScopeCheck::Off {
        return Ok(Checked::Off);
    }
    let told = shared.granted.as_ref().or(token.scopes.as_ref());
    match told {
        Some(_) => judge(shared, told, operation),
        None => judge(shared, known(shared, operation).await?.as_ref(), operation),
    }
}

/// The scopes that are known without a token: set on the client, or kept by its provider.
pub(super) async fn known(shared: &Shared, operation: &'static Operation) -> Result<Option<ScopeSet>> {
    match &shared.granted {
        Some(granted) => Ok(Some(granted.clone())),
        None => shared.provider.scopes().await.map_err(|source| Error::auth(operation, source)),
    }
}

/// Refuses a call that certainly lacks scopes. If they are unknown, this is logged once.
pub(super) fn judge(shared: &Shared, granted: Option<&ScopeSet>, operation: &'static Operation) -> Result<Checked> {
    if shared.scope_check == ScopeCheck::Off {
        return Ok(Checked::Off);
    }
    let Some(granted) = granted else {
        tell_unknown(shared);
        return Ok(Checked::Unknown);
    };
    if granted.allow(operation) {
        return Ok(Checked::Covered);
    }
    let missing = MissingScopes::new(operation, granted);
    if shared.scope_check == ScopeCheck::Enforce && !operation.doubtful_scopes {
        return Err(Error::MissingScopes(missing));
    }
    Ok(Checked::InDoubt(Box::new(missing)))
}

/// Judges all operations of a program at once. `searching` is the one for which the organization is looked up, if the
/// program does not do so itself.
pub(super) fn require(
    shared: &Shared,
    granted: Option<ScopeSet>,
    operations: &[&'static Operation],
    searching: Option<&'static str>,
) -> Result<ScopeReport> {
    let mut report = ScopeReport::new(operations, granted);
    if shared.scope_check == ScopeCheck::Off {
        return Ok(report);
    }
    if report.granted == TokenScopes::Unknown {
        tell_unknown(shared);
    }
    for missing in report.missing.iter_mut().chain(&mut report.in_doubt) {
        if missing.operation.id == DISCOVERY.id {
            missing.organization_for = searching;
        }
        if shared.scope_check == ScopeCheck::Warn || missing.operation.doubtful_scopes {
            tell(missing);
        }
    }
    if shared.scope_check == ScopeCheck::Enforce && !report.missing.is_empty() {
        return Err(Error::RequiredScopes(Box::new(report)));
    }
    Ok(report)
}

fn tell_unknown(shared: &Shared) {
    shared.said_unknown.call_once(|| {
        tracing::warn!(
            "the token's scopes are unknown, so calls are not checked against them; \
             set them with `scopes` on the client's builder, or have the token provider report them"
        );
    });
}

/// Logs that a call is made although scopes seem to be missing.
pub(super) fn tell(missing: &MissingScopes) {
    let operation = missing.operation;
    let doubt = if operation.doubtful_scopes { " (if its description is right, which is doubtful)" } else { "" };
    tracing::warn!(operation = operation.id, "{}{doubt}; the call is made anyway", missing.need());
}
