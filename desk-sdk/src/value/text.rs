//! What values that are kept as text have in common.

use std::fmt;

use serde::Deserializer;
use serde::de::{Error, Visitor};

/// Reads text, or a whole number as its text.
pub(super) fn text_or_number<'de, D: Deserializer<'de>>(
    deserializer: D,
    expected: &'static str,
) -> Result<String, D::Error> {
    deserializer.deserialize_any(TextOrNumber(expected))
}

struct TextOrNumber(&'static str);

impl Visitor<'_> for TextOrNumber {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<String, E> {
        Ok(text.to_owned())
    }

    fn visit_string<E: Error>(self, text: String) -> Result<String, E> {
        Ok(text)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<String, E> {
        Ok(number.to_string())
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<String, E> {
        Ok(number.to_string())
    }
}

/// Comparison with text, from either side.
macro_rules! text_equality {
    ($value:ty, |$one:ident, $text:ident| $equal:expr) => {
        impl PartialEq<str> for $value {
            fn eq(&self, $text: &str) -> bool {
                let $one = self;
                $equal
            }
        }

        impl PartialEq<&str> for $value {
            fn eq(&self, text: &&str) -> bool {
                *self == **text
            }
        }

        impl PartialEq<String> for $value {
            fn eq(&self, text: &String) -> bool {
                *self == **text
            }
        }

        impl PartialEq<$value> for str {
            fn eq(&self, value: &$value) -> bool {
                *value == *self
            }
        }

        impl PartialEq<$value> for &str {
            fn eq(&self, value: &$value) -> bool {
                *value == **self
            }
        }

        impl PartialEq<$value> for String {
            fn eq(&self, value: &$value) -> bool {
                *value == **self
            }
        }
    };
}

pub(super) use text_equality;
