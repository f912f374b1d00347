//! How deep into a list or a search pages go.

use desk_spec::{Kind, Parameter, ParameterPlace, Scalar};

use super::Call;
use crate::spec::shape::follow;

/// Desk's own limit, which the descriptions of its operations leave out.
pub(crate) const HIGHEST_FROM: u64 = 4_999;

/// The parameter for the record at which a page begins.
const FROM: &str = "from";

/// Whether a page begins within the limit. The error is in Desk's words.
pub(super) fn check(call: Call<'_>, parameter: &Parameter, value: &str) -> Result<(), String> {
    let schema = follow(call.spec, &parameter.schema);
    let counts = matches!(schema.kind, Kind::Scalar(Scalar::Integer)) && schema.rules.maximum.is_none();
    let begins = parameter.place == ParameterPlace::Query && parameter.name == FROM && counts;
    let beyond = value.parse::<u64>().is_ok_and(|from| from > call.highest_from);
    if begins && beyond {
        let highest = call.highest_from;
        return Err(format!("The value passed for field '{FROM}' exceeds the range of '0-{highest}'."));
    }
    Ok(())
}
