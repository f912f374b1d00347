//! Keeping secrets out of what is shown.

use axum::http::HeaderMap;

/// Parts of names whose values are secret.
const SECRET: [&str; 4] = ["token", "secret", "code", "cookie"];

/// Names and values, those named like secrets as `***`.
pub(crate) fn pairs(pairs: &[(String, String)]) -> Vec<(String, String)> {
    let secret = |name: &str| {
        let name = name.to_ascii_lowercase();
        SECRET.iter().any(|word| name.contains(word))
    };
    let shown =
        |(name, value): &(String, String)| (name.clone(), if secret(name) { "***".to_owned() } else { value.clone() });
    pairs.iter().map(shown).collect()
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
