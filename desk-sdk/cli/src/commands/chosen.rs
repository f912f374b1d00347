//! The profile that a command is about.

use desk_cli::access::{AccessError, ChosenProfile, variable};
use desk_cli::problem::Problem;

/// The profile of this name, or that of DESK_PROFILE, or the default one.
pub(super) fn chosen(profile: Option<&str>) -> Result<ChosenProfile, Problem> {
    match profile.map(str::to_owned).or_else(|| variable("DESK_PROFILE")) {
        Some(name) => Ok(ChosenProfile::named(&name)?),
        None => match ChosenProfile::usual()? {
            Some(chosen) => Ok(chosen),
            None => Err(AccessError::Missing(
                "there is no default profile: name one with --profile, or make one with `desk login`".to_owned(),
            )
            .into()),
        },
    }
}
