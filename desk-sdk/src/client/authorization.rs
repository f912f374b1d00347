//! The header that presents a token.

use std::fmt;
use std::sync::{PoisonError, RwLock};

use http::HeaderValue;
use secrecy::{ExposeSecret as _, SecretString};

use crate::auth::{AccessToken, TokenType};
use crate::error::{Error, Result};

/// The header of the token that was presented last. Most calls present the same one, and to make a header takes longer
/// than to compare tokens.
#[derive(Default)]
pub(super) struct Authorization(RwLock<Option<Presented>>);

struct Presented {
    secret: SecretString,
    token_type: TokenType,
    header: HeaderValue,
}

impl Authorization {
    pub(super) fn header(&self, token: &AccessToken) -> Result<HeaderValue> {
        if let Some(presented) = &*self.0.read().unwrap_or_else(PoisonError::into_inner)
            && presented.token_type == token.token_type
            && presented.secret.expose_secret() == token.secret.expose_secret()
        {
            return Ok(presented.header.clone());
        }
        let header = made(token)?;
        let (secret, token_type) = (token.secret.clone(), token.token_type);
        let presented = Presented { secret, token_type, header: header.clone() };
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Some(presented);
        Ok(header)
    }
}

fn made(token: &AccessToken) -> Result<HeaderValue> {
    let mut header = HeaderValue::from_str(&[token.token_type.as_str(), " ", token.secret.expose_secret()].concat())
        .map_err(|_| Error::Configuration("the access token has invalid characters".to_owned()))?;
    header.set_sensitive(true);
    Ok(header)
}

impl fmt::Debug for Authorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Authorization")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_token_has_its_own_header() {
        let authorization = Authorization::default();
        let shown = |token: &AccessToken| {
            let header = authorization.header(token).expect("a header");
            assert!(header.is_sensitive());
            header.to_str().expect("text").to_owned()
        };
        let (one, other) = (AccessToken::new("1000.one"), AccessToken::new("1000.other"));
        let bearer = AccessToken::new("1000.one").token_type(TokenType::Bearer);
        for token in [&one, &one, &other, &bearer, &one] {
            assert_eq!(shown(token), format!("{} {}", token.token_type.as_str(), token.secret.expose_secret()));
        }
        authorization.header(&AccessToken::new("1000.\n")).expect_err("no header holds a line feed");
        assert!(!format!("{authorization:?}").contains("1000"));
    }
}
