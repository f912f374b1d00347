//! Why there is no access.

use crate::profile::{ProfileError, ProfileName};

/// Why there is no access.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AccessError {
    /// Nothing says what the token is; there may be a profile that could be named.
    #[error(
        "there is no token: {}sign in with `desk login`, or set DESK_TOKEN (and DESK_SCOPES, so that missing scopes are \
         found before the first call), or give the file of a renewed token with --token-store",
        chosen(.0.as_ref())
    )]
    NoToken(Option<ProfileName>),
    /// A profile has no token.
    #[error("the profile `{0}` is not signed in: `desk login --profile {0}` does that")]
    NotSignedIn(ProfileName),
    /// Something is missing, or contradicts something else.
    #[error("{0}")]
    Missing(String),
    /// The profile cannot be used.
    #[error(transparent)]
    Profile(#[from] ProfileError),
    /// The client cannot be built.
    #[error(transparent)]
    Client(#[from] Box<desk_sdk::Error>),
}

impl AccessError {
    /// Whether there is no token, rather than something wrong with what was asked.
    pub fn is_token_missing(&self) -> bool {
        matches!(self, Self::NoToken(_) | Self::NotSignedIn(_))
    }
}

/// How a profile is chosen.
fn chosen(profile: Option<&ProfileName>) -> String {
    profile.map_or_else(String::new, |name| format!("choose a profile, as in `desk --profile {name} …`, or "))
}
