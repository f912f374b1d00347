//! Keeping secrets out of what is shown.

use axum::http::HeaderMap;

/// Parts of names whose values are secret.
const SECRET: [&str; 5] = ["token", "secret", "code", "cookie", "authorization"];

/// Names and values, those named like secrets as `***`.
pub(crate) fn pairs(pairs: &[(String, String)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| (name.clone(), shown(name, value).to_owned())).collect()
}

/// A value, or `***` where its name is that of a secret.
pub(crate) fn shown<'v>(name: &str, value: &'v str) -> &'v str {
    let name = name.to_ascii_lowercase();
    if SECRET.iter().any(|word| name.contains(word)) { "***" } else { value }
}

/// Headers as they are kept for tests: all but the token.
pub(crate) fn headers(headers: &HeaderMap) -> Vec<(String, String)> {
    let kept = headers.iter().map(|(name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes());
        let value = if name == "authorization" { without_token(&value) } else { value.into_owned() };
        (name.as_str().to_owned(), value)
    });
    kept.collect()
}

/// The scheme is kept when it is one that carries tokens; a value without one may be the token itself.
fn without_token(value: &str) -> String {
    match value.split_once(' ') {
        Some((scheme @ ("Zoho-oauthtoken" | "Bearer"), _)) => format!("{scheme} ***"),
        _ => "***".to_owned(),
    }
}
