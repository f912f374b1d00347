//! Custom fields to send.

use serde::Serialize;
use serde_json::Value;

/// A value of the caller's own as JSON. One that cannot be written becomes text that says why: as text is not a record,
/// the call is refused before it is made.
pub(crate) fn custom(fields: &impl Serialize) -> Value {
    serde_json::to_value(fields).unwrap_or_else(|error| Value::String(format!("cannot be written as JSON: {error}")))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;

    use super::*;

    #[test]
    fn what_cannot_be_written_is_no_record() {
        assert_eq!(custom(&BTreeMap::from([("cf_a", 1)])), json!({ "cf_a": 1 }));
        let odd = custom(&BTreeMap::from([(vec![1], 1)]));
        assert!(odd.as_str().is_some_and(|text| text.starts_with("cannot be written as JSON: key must be")), "{odd}");
    }
}
