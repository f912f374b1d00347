//! Tokens, and what is known about them.

use jiff::Timestamp;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Map, Value, json};

use super::{DataCentre, TokenType};
use crate::scope::ScopeSet;
use crate::value::Id;

/// The keys of which every stored token has at least one.
const TOKENS: [&str; 2] = ["refresh_token", "access_token"];

/// An access token and what is known about it. Debug does not show the token.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct AccessToken {
    /// The token itself.
    pub secret: SecretString,
    /// How it is presented.
    pub token_type: TokenType,
    /// When it expires, if known.
    pub expires_at: Option<Timestamp>,
    /// The scopes it was granted, if known.
    pub scopes: Option<ScopeSet>,
    /// The domain reported when it was issued, from which the data centre follows.
    pub api_domain: Option<String>,
    /// The organization that it is used for, if one was found before.
    pub organization: Option<Id>,
}

impl AccessToken {
    /// A token about which nothing else is known.
    pub fn new(secret: impl Into<SecretString>) -> Self {
        Self {
            secret: secret.into(),
            token_type: TokenType::default(),
            expires_at: None,
            scopes: None,
            api_domain: None,
            organization: None,
        }
    }

    /// Sets the scopes that the token was granted.
    #[must_use]
    pub fn scopes(mut self, scopes: ScopeSet) -> Self {
        self.scopes = Some(scopes);
        self
    }

    /// Sets how the token is presented.
    #[must_use]
    pub fn token_type(mut self, token_type: TokenType) -> Self {
        self.token_type = token_type;
        self
    }

    /// Sets when the token expires.
    #[must_use]
    pub fn expires_at(mut self, time: Timestamp) -> Self {
        self.expires_at = Some(time);
        self
    }

    pub(crate) fn is(&self, other: &Self) -> bool {
        self.secret.expose_secret() == other.secret.expose_secret()
    }
}

/// What a [`TokenStore`](super::TokenStore) keeps. Debug does not show the tokens.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct StoredToken {
    /// The refresh token, if sign-in returned one.
    pub refresh_token: Option<SecretString>,
    /// The access token in use.
    pub access_token: Option<SecretString>,
    /// How the access token is presented.
    pub token_type: TokenType,
    /// When the access token expires.
    pub expires_at: Option<Timestamp>,
    /// The scopes granted at the last consent; a refresh does not change them.
    pub scopes: Option<ScopeSet>,
    /// The domain reported when the token was issued.
    pub api_domain: Option<String>,
    /// The organization that was found or chosen.
    pub organization: Option<Id>,
    /// The data centre.
    pub data_centre: Option<DataCentre>,
    /// When access tokens were recently issued: the API allows ten in ten minutes.
    pub refreshes: Vec<Timestamp>,
}

impl StoredToken {
    /// The access token and what is known about it.
    pub fn access(&self) -> Option<AccessToken> {
        Some(AccessToken {
            secret: self.access_token.clone()?,
            token_type: self.token_type,
            expires_at: self.expires_at,
            scopes: self.scopes.clone(),
            api_domain: self.api_domain.clone(),
            organization: self.organization.clone(),
        })
    }

    /// As JSON with the tokens in plain text, for a store that keeps text.
    pub fn to_json(&self) -> String {
        let secret = |secret: &Option<SecretString>| secret.as_ref().map(|secret| secret.expose_secret().to_owned());
        let refreshes: Vec<String> = self.refreshes.iter().map(Timestamp::to_string).collect();
        json!({
            "refresh_token": secret(&self.refresh_token),
            "access_token": secret(&self.access_token),
            "token_type": self.token_type.as_str(),
            "expires_at": self.expires_at.map(|time| time.to_string()),
            "scopes": self.scopes.as_ref().map(ScopeSet::to_string),
            "api_domain": self.api_domain,
            "organization": self.organization.as_ref().map(Id::as_str),
            "data_centre": self.data_centre.map(DataCentre::code),
            "refreshes": refreshes,
        })
        .to_string()
    }

    /// Reads what `to_json` wrote. Missing or invalid values count as unknown.
    ///
    /// # Errors
    ///
    /// If the text is not a JSON record, or one that has neither a refresh token nor an access token among its keys, so
    /// that something else wrote it; the message does not repeat it.
    pub fn from_json(text: &str) -> Result<Self, String> {
        let map: Map<String, Value> =
            serde_json::from_str(text).map_err(|error| format!("not a stored token (line {})", error.line()))?;
        if !TOKENS.iter().any(|key| map.contains_key(*key)) {
            return Err(format!("not a stored token (it has no {})", TOKENS.join(" and no ")));
        }
        let text = |key: &str| map.get(key).and_then(Value::as_str).map(str::to_owned);
        let time = |text: &str| text.parse::<Timestamp>().ok();
        let refreshes = map.get("refreshes").and_then(Value::as_array).into_iter().flatten();
        Ok(Self {
            refresh_token: text("refresh_token").map(SecretString::from),
            access_token: text("access_token").map(SecretString::from),
            token_type: text("token_type").as_deref().and_then(TokenType::from_name).unwrap_or_default(),
            expires_at: text("expires_at").as_deref().and_then(time),
            scopes: text("scopes").map(|scopes| ScopeSet::parse(&scopes)),
            api_domain: text("api_domain"),
            organization: text("organization").map(Id::from),
            data_centre: text("data_centre").and_then(|code| code.parse().ok()),
            refreshes: refreshes.filter_map(|entry| entry.as_str().and_then(time)).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_of_others_are_no_tokens() {
        for text in ["{}", "[]", "7", "{\"name\": \"app\"}", "{\"token_type\": \"Bearer\"}"] {
            let told = StoredToken::from_json(text).expect_err(text);
            assert!(told.contains("not a stored token"), "{told}");
        }
        assert!(StoredToken::from_json(&StoredToken::default().to_json()).is_ok());
        assert!(StoredToken::from_json("{\"refresh_token\": \"1000.a\"}").is_ok());
    }

    #[test]
    fn what_is_kept_comes_back_and_does_not_show() {
        let token = StoredToken {
            refresh_token: Some("1000.refresh".into()),
            access_token: Some("1000.access".into()),
            token_type: TokenType::Bearer,
            expires_at: "2026-11-20T10:00:00Z".parse().ok(),
            scopes: Some(ScopeSet::parse("Desk.tickets.READ")),
            organization: Some(Id::from("7")),
            data_centre: Some(DataCentre::Europe),
            refreshes: vec![Timestamp::UNIX_EPOCH],
            ..StoredToken::default()
        };
        let Ok(again) = StoredToken::from_json(&token.to_json()) else { panic!("it is read back") };
        assert_eq!(again.to_json(), token.to_json());
        let shown = format!("{token:?} {:?} {:?}", token.access(), StoredToken::from_json("1000.secret"));
        assert!(!shown.contains("1000."), "{shown}");
    }
}
