//! Hides secrets in output.

use http::HeaderMap;
use serde_json::Value;

/// The replacement for a secret.
const HIDDEN: &str = "***";

/// Parts of names whose values are secret.
const SECRET: [&str; 6] = ["token", "secret", "password", "cookie", "authorization", "apikey"];

/// The same, but only as a separate word, as in `code_verifier`; `zipCode` is not a secret.
const SECRET_WORD: &str = "code";

/// Whether values with this name are secret.
pub(crate) fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.split('_').any(|word| word == SECRET_WORD) || SECRET.iter().any(|word| name.contains(word))
}

/// Names and values, with secret ones as `***`.
pub(crate) fn pairs(pairs: &[(String, String)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| (name.clone(), shown(name, value).to_owned())).collect()
}

/// The query of an address, including the `?`, with secret values as `***`; empty if there is no query.
pub(crate) fn query(sent: &[(String, String)]) -> String {
    let pairs = pairs(sent).into_iter().enumerate();
    pairs.map(|(index, (name, value))| format!("{}{name}={value}", if index == 0 { '?' } else { '&' })).collect()
}

/// A value, or `***` if its name is that of a secret.
pub(crate) fn shown<'v>(name: &str, value: &'v str) -> &'v str {
    if is_secret(name) { HIDDEN } else { value }
}

/// A document with all secret values, at any depth, replaced by `***`.
pub(crate) fn document(value: &Value) -> Value {
    match value {
        Value::Object(entries) => entries.iter().map(|(name, value)| (name.clone(), field(name, value))).collect(),
        Value::Array(values) => values.iter().map(document).collect(),
        value => value.clone(),
    }
}

/// A field's value, as in [`document`].
pub(crate) fn field(name: &str, value: &Value) -> Value {
    if is_secret(name) { Value::from(HIDDEN) } else { document(value) }
}

/// Headers as kept for tests: everything but the token.
pub(crate) fn headers(headers: &HeaderMap) -> Vec<(String, String)> {
    let kept = headers.iter().map(|(name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes());
        let value = if name == "authorization" { without_token(&value) } else { value.into_owned() };
        (name.as_str().to_owned(), value)
    });
    kept.collect()
}

/// The scheme is kept if it is one for tokens; a value without a scheme may be the token itself.
fn without_token(value: &str) -> String {
    match value.split_once(' ') {
        Some((scheme @ ("Zoho-oauthtoken" | "Bearer"), _)) => format!("{scheme} {HIDDEN}"),
        _ => HIDDEN.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn secrets_are_hidden_at_any_depth() {
        let sent = json!({ "hooks": [{ "authToken": { "a": "s3" }, "zipCode": "10115" }], "code": "s3", "name": "n" });
        let shown = json!({ "hooks": [{ "authToken": "***", "zipCode": "10115" }], "code": "***", "name": "n" });
        assert_eq!(document(&sent), shown);
    }
}
