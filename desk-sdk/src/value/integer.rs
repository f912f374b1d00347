//! Whole numbers to send.

use serde_json::Value;

/// A whole number to send, from an integer of any width. One that is too large for the API is refused before the call
/// is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Integer(i128);

impl Integer {
    /// The number, or its text if it is too large, which validation refuses.
    pub(crate) fn into_value(self) -> Value {
        i64::try_from(self.0).map_or_else(|_| Value::String(self.0.to_string()), Value::from)
    }
}

/// Widths that always fit. A `u128` that does not fit becomes the largest value there is, since the API accepts nothing
/// of that size anyway.
macro_rules! integer_from {
    ($($width:ty),*) => {
        $(impl From<$width> for Integer {
            fn from(number: $width) -> Self {
                Self(i128::try_from(number).unwrap_or(i128::MAX))
            }
        })*
    };
}

integer_from!(i8, i16, i32, i64, i128, isize, u8, u16, u32, u64, u128, usize);
