//! What a call proves its right with. For now a given access token; sign-in and refresh come in
//! their place.

use std::fmt;

use http::HeaderValue;

use crate::Error;

/// An access token; it never shows itself.
pub(super) struct Credentials {
    authorization: HeaderValue,
}

impl Credentials {
    pub(super) fn access_token(token: &str) -> Result<Self, Error> {
        let refused = || Error::Configuration("the access token has characters that no token has".to_owned());
        if token.trim().is_empty() {
            return Err(Error::Configuration("the access token is empty".to_owned()));
        }
        let mut authorization =
            HeaderValue::from_str(&format!("Zoho-oauthtoken {}", token.trim())).map_err(|_| refused())?;
        authorization.set_sensitive(true);
        Ok(Self { authorization })
    }

    /// The header `Authorization`.
    pub(super) fn authorization(&self) -> HeaderValue {
        self.authorization.clone()
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials(hidden)")
    }
}
