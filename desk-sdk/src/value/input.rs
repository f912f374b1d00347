//! How values that are set become JSON.

use std::fmt;

use serde_json::{Map, Value};

use super::{DateTime, Id, Null, Patch};

/// A value that can be sent.
pub(crate) trait ToValue {
    /// The value as JSON.
    fn to_value(self) -> Value;
}

impl ToValue for Value {
    fn to_value(self) -> Value {
        self
    }
}

impl ToValue for Map<String, Value> {
    fn to_value(self) -> Value {
        Value::Object(self)
    }
}

impl ToValue for String {
    fn to_value(self) -> Value {
        Value::String(self)
    }
}

impl ToValue for bool {
    fn to_value(self) -> Value {
        Value::Bool(self)
    }
}

impl ToValue for i64 {
    fn to_value(self) -> Value {
        self.into()
    }
}

impl ToValue for f64 {
    fn to_value(self) -> Value {
        self.into()
    }
}

impl ToValue for Id {
    fn to_value(self) -> Value {
        Value::String(self.into())
    }
}

impl ToValue for DateTime {
    fn to_value(self) -> Value {
        Value::String(self.as_str().to_owned())
    }
}

impl<T: ToValue> ToValue for Patch<T> {
    fn to_value(self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Set(value) => value.to_value(),
        }
    }
}

/// A list of values that each become a `T`.
pub(crate) fn list<V: Into<T>, T: ToValue>(values: impl IntoIterator<Item = V>) -> Value {
    values.into_iter().map(|value| value.into().to_value()).collect()
}

/// A list for a field that can be emptied: values, or [`Null`].
pub trait ListOrNull<T> {
    #[doc(hidden)]
    fn into_list(self) -> Value;
}

impl<T: ToValue, V: Into<T>, I: IntoIterator<Item = V>> ListOrNull<T> for I {
    fn into_list(self) -> Value {
        list::<V, T>(self)
    }
}

impl<T> ListOrNull<T> for Null {
    fn into_list(self) -> Value {
        Value::Null
    }
}

/// A whole number of any width, for a parameter such as `limit`. One that is too large for the
/// API is refused before the call is made.
pub trait Integer: TryInto<i64> + fmt::Display + Copy {}

impl<T: TryInto<i64> + fmt::Display + Copy> Integer for T {}

/// The number, or its text where it is too large; validation refuses that.
pub(crate) fn integer(value: impl Integer) -> Value {
    value.try_into().map_or_else(|_| Value::String(value.to_string()), Value::from)
}
