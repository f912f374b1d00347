//! What a person brings back from the accounts server, where no browser can bring it.

use desk_sdk::auth::{AuthError, SecretString};
use desk_sdk::reqwest::Url;

use crate::scopes::line;

/// A code, and the state that came with it, if a whole address was brought back.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The code.
    pub code: SecretString,
    /// The state.
    pub state: Option<String>,
}

impl Answer {
    /// Reads the address that a browser ended at, or the code alone.
    ///
    /// # Errors
    ///
    /// If the address says that there is no consent, or the text is neither.
    pub fn read(text: &str) -> Result<Self, AuthError> {
        let refused = |reason: &str| AuthError::NoConsent { reason: reason.to_owned() };
        let text = text.trim();
        if !text.contains("://") {
            // A code has neither spaces nor what stands in addresses.
            let is_code = !text.is_empty()
                && text.len() < 1000
                && text.chars().all(|c| c.is_ascii_alphanumeric() || ".-_".contains(c));
            return match is_code {
                true => Ok(Self { code: text.into(), state: None }),
                false => Err(refused(
                    "this is neither an address nor a code; copy all of the address that the browser ended at",
                )),
            };
        }
        let address: Url = text.parse().map_err(|_| refused("this is no address; copy all of it"))?;
        let value =
            |key: &str| address.query_pairs().find(|(name, _)| name == key).map(|(_, value)| value.into_owned());
        match (value("code"), value("error")) {
            (Some(code), _) if !code.is_empty() => {
                Ok(Self { code: code.into(), state: Some(value("state").unwrap_or_default()) })
            }
            (_, Some(error)) => Err(refused(&line(&error).chars().take(100).collect::<String>())),
            _ => Err(refused("this address has no code; copy the one that the browser ended at, after the consent")),
        }
    }
}

#[cfg(test)]
mod tests {
    use desk_sdk::auth::ExposeSecret as _;

    use super::*;

    #[test]
    fn an_address_or_a_code_is_read() {
        let read = Answer::read(" http://localhost:8080/?state=s%2B1&code=1000.ab.cd&location=us \n").unwrap();
        assert_eq!((read.code.expose_secret(), read.state.as_deref()), ("1000.ab.cd", Some("s+1")));
        assert!(!format!("{read:?}").contains("1000.ab"));
        let read = Answer::read("1000.ab-_.cd").unwrap();
        assert_eq!((read.code.expose_secret(), read.state), ("1000.ab-_.cd", None));
        // An address without a state is not one that we asked for.
        assert_eq!(Answer::read("http://localhost/?code=1").unwrap().state.as_deref(), Some(""));
    }

    #[test]
    fn everything_else_is_told() {
        for (text, told) in [
            ("", "neither an address nor a code"),
            ("yes please", "neither an address nor a code"),
            ("http://localhost/?error=access_denied&state=1", "access_denied"),
            ("http://localhost/?error=\u{1b}[2J", "\\u{1b}"),
            ("https://accounts.zoho.com/oauth/v2/auth?scope=x", "has no code"),
            ("http://[", "no address"),
        ] {
            let error = Answer::read(text).unwrap_err().to_string();
            assert!(error.contains(told), "{text}: {error}");
        }
    }
}
