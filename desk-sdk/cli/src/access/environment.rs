//! What the environment says.

use desk_sdk::ScopeSet;
use desk_sdk::auth::DataCentre;

use super::AccessError;

/// A variable of the environment; one that is empty counts as not set.
pub fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.trim().is_empty())
}

/// The scopes of DESK_SCOPES.
pub(super) fn scopes() -> Option<ScopeSet> {
    let scopes = variable("DESK_SCOPES")?;
    Some(ScopeSet::new(scopes.split([' ', ',']).filter(|scope| !scope.is_empty())))
}

/// The data centre of DESK_DATA_CENTRE.
pub(super) fn data_centre() -> Result<Option<DataCentre>, AccessError> {
    let Some(code) = variable("DESK_DATA_CENTRE") else { return Ok(None) };
    let centre = code.parse().map_err(|error| AccessError::Missing(format!("DESK_DATA_CENTRE: {error}")))?;
    Ok(Some(centre))
}
