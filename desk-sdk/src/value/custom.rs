//! Custom fields to send.

use serde::Serialize;

use super::Given;
use super::to_value::unwritable;
use crate::shown::line;

/// How many characters are shown of the reason why a value cannot be written as JSON.
const LONGEST_REASON: usize = 200;

/// A value of the caller's own.
pub(crate) fn custom(fields: &impl Serialize) -> Given {
    let written = serde_json::to_value(fields);
    written
        .map_err(|error| unwritable(format!("not writable as JSON: {}", line(&error.to_string(), LONGEST_REASON))))
        .into()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;

    use super::super::{Fields, Setting as _};
    use super::*;

    #[test]
    fn what_cannot_be_written_is_told_with_its_place() {
        let fields = |given| Fields::default().set("cf", given);
        let written = fields(custom(&BTreeMap::from([("cf_a", 1)]))).into_value();
        assert_eq!(written, Ok(json!({ "cf": { "cf_a": 1 } })));

        let odd = fields(custom(&BTreeMap::from([(vec![1], 1)])));
        // What is set afterwards does not hide it.
        let odd = odd.set("cf", Given::Value(json!({}))).set("weight", f64::NAN.given());
        let broken = odd.into_value().expect_err("a map with lists for keys").within("[1]").within("contacts");
        assert_eq!(broken.to_string(), "contacts[1].cf is not writable as JSON: key must be a string");
        let number = Fields::default().set("weight", f64::NAN.given()).into_value().expect_err("no number");
        assert_eq!(number.to_string(), "weight is not writable as JSON: NaN");
    }
}
