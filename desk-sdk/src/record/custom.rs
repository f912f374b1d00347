//! Custom fields as a type of the caller's own.

use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::shown::line;

/// A custom field that does not fit the type it was to be read into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomFieldError {
    /// Where it is, such as `cf.cf_modelname`.
    pub field: String,
    /// What does not fit.
    pub reason: String,
}

impl fmt::Display for CustomFieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Keys and values come from elsewhere and may contain anything.
        write!(f, "{}: {}", line(&self.field, 200), line(&self.reason, 500))
    }
}

impl std::error::Error for CustomFieldError {}

/// Reads custom fields. A record that arrived without any has none.
pub(crate) fn custom<T: DeserializeOwned>(wire: &str, fields: Option<&Value>) -> Result<T, CustomFieldError> {
    let fields = fields.cloned().unwrap_or_else(|| Value::Object(Map::new()));
    serde_path_to_error::deserialize(fields).map_err(|error| {
        let path = error.path().to_string();
        let field = if path == "." { wire.to_owned() } else { format!("{wire}.{path}") };
        CustomFieldError { field, reason: error.into_inner().to_string() }
    })
}

/// For records with custom fields: the field that contains them.
macro_rules! custom_fields {
    ($($name:ident: $field:ident = $wire:literal,)*) => {$(
        impl $name {
            #[doc = concat!(" The custom fields, `", $wire, "`, as a type of your own.")]
            ///
            /// A record that arrived without them, as most lists send it, reads as one without any custom fields.
            ///
            /// # Errors
            ///
            /// Names the field that does not fit the type.
            pub fn custom<T: serde::de::DeserializeOwned>(&self) -> Result<T, $crate::CustomFieldError> {
                $crate::record::custom($wire, self.$field.as_ref())
            }
        }
    )*};
}

pub(crate) use custom_fields;

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::json;

    use super::*;

    #[derive(Debug, Deserialize, PartialEq)]
    struct Mine {
        #[serde(rename = "cf_modelname")]
        model: Option<String>,
        cf_tags: Vec<i64>,
    }

    #[test]
    fn custom_fields_are_read_into_a_type_of_ones_own() {
        let read = custom::<Mine>("cf", Some(&json!({ "cf_modelname": "F3", "cf_tags": [1], "cf_other": null })));
        assert_eq!(read, Ok(Mine { model: Some("F3".to_owned()), cf_tags: vec![1] }));
        assert_eq!(custom::<Map<String, Value>>("cf", None), Ok(Map::new()));
    }

    #[test]
    fn what_does_not_fit_is_named() {
        for (fields, expected) in [
            (Some(json!({ "cf_tags": [1, "x"] })), "cf.cf_tags[1]: invalid type: string \"x\", expected i64"),
            (
                Some(json!({ "cf_tags": [], "cf_modelname": 1 })),
                "cf.cf_modelname: invalid type: integer `1`, expected a string",
            ),
            (Some(json!([])), "cf: invalid length 0, expected struct Mine with 2 elements"),
            (None, "cf: missing field `cf_tags`"),
        ] {
            assert_eq!(custom::<Mine>("cf", fields.as_ref()).unwrap_err().to_string(), expected);
        }
    }
}
