//! Refusals that come in place of an answer, with its status.

use std::fmt;

use serde::de::{Deserializer as _, Error, MapAccess, Visitor};
use serde_json::{Map, Value};

use crate::api::at;
use crate::generated::api::ERRORS;

/// Whether a body is the API's error object and nothing else. Most are not, and have a key that tells so before much of
/// them is read.
pub(crate) fn is_error(body: &[u8]) -> bool {
    let mut json = serde_json::Deserializer::from_slice(body);
    let Ok(error) = json.deserialize_map(Whole) else { return false };
    let code = at(&error, ERRORS.code).and_then(Value::as_str);
    json.end().is_ok() && code.is_some_and(|code| !code.is_empty())
}

/// An object that has only the keys of an error.
struct Whole;

impl<'de> Visitor<'de> for Whole {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an error")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut error = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            if !is_key(&key) {
                return Err(A::Error::custom("a key that errors do not have"));
            }
            error.insert(key, map.next_value()?);
        }
        Ok(Value::Object(error))
    }
}

fn is_key(key: &str) -> bool {
    let known = [ERRORS.code, ERRORS.message].into_iter().chain(ERRORS.details.map(|keys| keys.list));
    known.map(|path| path.split('.').next().unwrap_or(path)).any(|known| known == key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_error_and_nothing_else_is_one() {
        for (body, expected) in [
            (r#"{"errorCode": "FORBIDDEN", "message": "no"}"#, true),
            (r#"{"errors": [{}], "message": "no", "errorCode": "INVALID_DATA"}"#, true),
            (r#"{"errorCode": "", "errorCode": "FORBIDDEN"}"#, true),
            (r#"{"errorCode": "FORBIDDEN", "errorCode": ""}"#, false),
            (r#"{"errorCode": "FORBIDDEN", "id": "1"}"#, false),
            (r#"{"id": "1", "errorCode": "FORBIDDEN"}"#, false),
            (r#"{"message": "no"}"#, false),
            (r#"{"errorCode": 7}"#, false),
            (r#"{"errorCode": "FORBIDDEN"} {}"#, false),
            (r#"{"errorCode": "FORBIDDEN""#, false),
            (r#"[{"errorCode": "FORBIDDEN"}]"#, false),
            (r#""FORBIDDEN""#, false),
            ("{}", false),
            ("", false),
        ] {
            assert_eq!(is_error(body.as_bytes()), expected, "{body}");
        }
    }
}
