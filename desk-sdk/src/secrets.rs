//! Secrets that a peer may send back, and how they are kept out of anything that is shown.

use std::fmt;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Map, Value};

use crate::shown::line;

/// What is shown instead.
const HIDDEN: &str = "(hidden)";

/// Shorter ones are not searched for: no real secret is that short, and half of every text would be hidden.
const SHORTEST: usize = 8;

/// How many characters of a body are shown.
const EXCERPT: usize = 200;

/// The secrets of one exchange with a peer. They are searched for only if something fails or for Debug.
#[derive(Clone, Default)]
pub(crate) struct Secrets(Vec<SecretString>);

impl Secrets {
    pub(crate) fn new(secrets: impl IntoIterator<Item = SecretString>) -> Self {
        Self(secrets.into_iter().collect())
    }

    /// Adds a secret.
    pub(crate) fn and(mut self, secret: SecretString) -> Self {
        self.0.push(secret);
        self
    }

    /// A text with secrets hidden.
    pub(crate) fn text(&self, text: String) -> String {
        hide(text, &self.written())
    }

    /// A text that was shortened before, and so may end in the middle of a secret, with secrets hidden.
    pub(crate) fn shortened(&self, text: String) -> String {
        let written = self.written();
        // From last to first, so that positions stay valid.
        let ends: Vec<usize> = text.match_indices('…').map(|(end, _)| end).collect();
        hide(ends.into_iter().rev().fold(text, |text, end| hide_start(text, end, &written)), &written)
    }

    /// Hides secrets in JSON, in values and in keys.
    pub(crate) fn json(&self, json: &mut Value) {
        hide_in(json, &self.written());
    }

    /// The start of a body, on one line, without secrets and anything that looks like one.
    pub(crate) fn excerpt(&self, body: &[u8]) -> String {
        let text = match serde_json::from_slice::<Value>(body) {
            Ok(mut json) if json.is_object() || json.is_array() => {
                self.json(&mut json);
                hide_alike(&mut json);
                json.to_string()
            }
            _ => self.text(String::from_utf8_lossy(body).into_owned()),
        };
        // Zoho's tokens all start the same way.
        let words = text.split_whitespace().map(|word| if word.contains("1000.") { HIDDEN } else { word });
        line(&words.collect::<Vec<_>>().join(" "), EXCERPT)
    }

    /// The forms a secret may take: plain, in JSON or Debug, in an address and in a form; longest first, as one may be
    /// part of another.
    fn written(&self) -> Vec<String> {
        let forms = self.0.iter().map(|secret| secret.expose_secret()).filter(|secret| secret.len() >= SHORTEST);
        let mut written: Vec<String> = forms
            .flat_map(|secret| {
                let quoted = format!("{secret:?}");
                let json = Value::from(secret).to_string();
                [
                    secret.to_owned(),
                    quoted[1..quoted.len() - 1].to_owned(),
                    json[1..json.len() - 1].to_owned(),
                    utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string(),
                    form_encoded(secret),
                ]
            })
            .collect();
        written.sort_unstable_by(|one, other| other.len().cmp(&one.len()).then_with(|| one.cmp(other)));
        written.dedup();
        written
    }
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(HIDDEN)
    }
}

/// A value as encoded in a form.
fn form_encoded(value: &str) -> String {
    form_urlencoded::byte_serialize(value.as_bytes()).collect()
}

fn hide(text: String, secrets: &[String]) -> String {
    secrets.iter().fold(text, |text, secret| if text.contains(secret) { text.replace(secret, HIDDEN) } else { text })
}

/// Hides the start of a secret that was cut off here.
fn hide_start(mut text: String, end: usize, secrets: &[String]) -> String {
    let starts = secrets.iter().flat_map(|secret| {
        let lengths = (SHORTEST..secret.len()).rev().filter(|length| secret.is_char_boundary(*length));
        lengths.map(|length| &secret[..length])
    });
    let longest = starts.filter(|start| text[..end].ends_with(start)).map(str::len).max();
    if let Some(length) = longest {
        text.replace_range(end - length..end, HIDDEN);
    }
    text
}

fn hide_in(json: &mut Value, secrets: &[String]) {
    match json {
        Value::Object(map) => {
            if map.keys().any(|key| secrets.iter().any(|secret| key.contains(secret))) {
                let hidden = std::mem::take(map).into_iter().map(|(key, value)| (hide(key, secrets), value));
                *map = hidden.collect::<Map<_, _>>();
            }
            map.values_mut().for_each(|value| hide_in(value, secrets));
        }
        Value::Array(list) => list.iter_mut().for_each(|value| hide_in(value, secrets)),
        Value::String(text) => *text = hide(std::mem::take(text), secrets),
        _ => {}
    }
}

/// Hides anything that looks like an unknown secret: values whose keys say so, and texts that start like a token.
fn hide_alike(json: &mut Value) {
    const NAMES: [&str; 4] = ["token", "secret", "password", "authorization"];
    match json {
        Value::Object(map) => {
            for (key, value) in map {
                let key = key.to_lowercase();
                if NAMES.iter().any(|name| key.contains(name)) {
                    *value = HIDDEN.into();
                } else {
                    hide_alike(value);
                }
            }
        }
        Value::Array(list) => list.iter_mut().for_each(hide_alike),
        Value::String(text) if text.contains("1000.") => *text = HIDDEN.to_owned(),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn secrets<const N: usize>(secrets: [&str; N]) -> Secrets {
        Secrets::new(secrets.map(SecretString::from))
    }

    #[test]
    fn an_excerpt_shows_no_secrets() {
        let excerpt = |body: &[u8]| secrets(["a-known-one"]).excerpt(body);
        let body =
            br#"{"data": [{"accessToken": "abc", "note": "1000.aa.bb", "a-known-one": "is a-known-one", "id": 7}]}"#;
        assert_eq!(
            excerpt(body),
            r#"{"data":[{"(hidden)":"is (hidden)","accessToken":"(hidden)","id":7,"note":"(hidden)"}]}"#
        );
        assert_eq!(excerpt(b"<p>  token=1000.aa.bb \n is a-known-one"), "<p> (hidden) is (hidden)");
        assert_eq!(excerpt("ä".repeat(300).as_bytes()).chars().count(), 201);
        assert_eq!(excerpt(b"a\n\x1b[2Jb"), "a \\u{1b}[2Jb");
        // A secret at the end of the excerpt is hidden entirely.
        assert!(!excerpt(format!("{}a-known-one", "x".repeat(EXCERPT - 5)).as_bytes()).contains('k'));
    }

    #[test]
    fn a_secret_is_hidden_however_it_is_written() {
        let odd = "pass\"word\\with ü&=";
        let known = secrets(["1000.token.secret", odd, "short", "1000.token.secret.longer"]);
        for (shown, expected) in [
            ("x1000.token.secrety", "x(hidden)y".to_owned()),
            ("1000.token.secret.longer", "(hidden)".to_owned()),
            ("1000%2Etoken%2Esecret", "(hidden)".to_owned()),
            (odd, "(hidden)".to_owned()),
            (&format!("{odd:?}"), "\"(hidden)\"".to_owned()),
            (&json!(odd).to_string(), "\"(hidden)\"".to_owned()),
            (&format!("client_secret={}&a", form_encoded(odd)), "client_secret=(hidden)&a".to_owned()),
            ("found 1000.token.se… here", "found (hidden)… here".to_owned()),
            ("1000.token.secret.lo…", "(hidden)…".to_owned()),
            ("1000.token… and 1000.token.s…", "(hidden)… and (hidden)…".to_owned()),
            ("a short text, 1000…", "a short text, 1000…".to_owned()),
        ] {
            assert_eq!(known.shortened(shown.to_owned()), expected, "{shown}");
        }
        assert_eq!(format!("{known:?}"), "(hidden)");
    }
}
