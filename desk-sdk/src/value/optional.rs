//! Optional values.

use std::borrow::Cow;
use std::ops::{Range, RangeInclusive};
use std::time::Duration;

use serde_json::{Map, Value};

use super::{DateTime, Id, Integer, OrTimeRange, Sendable, TimeRange, TimeSpan};

/// What a setter accepts for an optional value: the value, anything that converts to it, or an `Option` of either.
/// `None` leaves the field as it is.
///
/// ```
/// use desk_sdk::tickets::GetTickets;
///
/// let department: Option<&str> = None;
/// let tickets = GetTickets::new().limit(50).department_id(department);
/// # let _ = tickets;
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Optional<T>(pub(crate) Option<T>);

impl<T: Sendable> From<T> for Optional<T> {
    fn from(value: T) -> Self {
        Self(Some(value))
    }
}

impl<T: Sendable + Clone> From<&T> for Optional<T> {
    fn from(value: &T) -> Self {
        Self(Some(value.clone()))
    }
}

impl<T: Sendable, V: Into<T>> From<Option<V>> for Optional<T> {
    fn from(value: Option<V>) -> Self {
        Self(value.map(Into::into))
    }
}

/// A field of a record that was read.
impl<T: Sendable + Clone> From<&Option<T>> for Optional<T> {
    fn from(value: &Option<T>) -> Self {
        Self(value.clone())
    }
}

/// A value that any text converts to.
pub trait FromText: Sendable + for<'a> From<&'a str> {}

impl FromText for Id {}
impl FromText for DateTime {}
impl FromText for TimeRange {}
impl FromText for TimeSpan {}

impl<T: FromText> From<&str> for Optional<T> {
    fn from(text: &str) -> Self {
        Self(Some(text.into()))
    }
}

impl<T: FromText> From<String> for Optional<T> {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

impl<T: FromText> From<&String> for Optional<T> {
    fn from(text: &String) -> Self {
        Self::from(text.as_str())
    }
}

impl<T: FromText> From<Cow<'_, str>> for Optional<T> {
    fn from(text: Cow<'_, str>) -> Self {
        Self::from(text.as_ref())
    }
}

/// Conversions to a single type of value.
macro_rules! optional_from {
    ($($target:ty: $($source:ty),*;)*) => {
        $($(impl From<$source> for Optional<$target> {
            fn from(value: $source) -> Self {
                Self(Some(value.into()))
            }
        })*)*
    };
}

optional_from! {
    String: &str, Cow<'_, str>, char;
    Id: i32, i64, u32, u64;
    DateTime: jiff::Timestamp, jiff::Zoned, &jiff::Zoned;
    TimeSpan: Duration;
    Integer: i8, i16, i32, i64, i128, isize, u8, u16, u32, u64, u128, usize;
    f64: f32, i32, u32;
    Value: &str, String, bool, i32, i64, u32, u64, f64, Map<String, Value>;
}

impl<T: OrTimeRange, D: Into<DateTime>> From<Range<D>> for Optional<T> {
    fn from(range: Range<D>) -> Self {
        Self(Some(TimeRange::from(range).as_str().into()))
    }
}

impl<T: OrTimeRange, D: Into<DateTime>> From<RangeInclusive<D>> for Optional<T> {
    fn from(range: RangeInclusive<D>) -> Self {
        Self(Some(TimeRange::from(range).as_str().into()))
    }
}

impl<T: OrTimeRange> From<TimeRange> for Optional<T> {
    fn from(range: TimeRange) -> Self {
        Self(Some(range.as_str().into()))
    }
}

impl<T: OrTimeRange> From<&TimeRange> for Optional<T> {
    fn from(range: &TimeRange) -> Self {
        Self(Some(range.as_str().into()))
    }
}

impl<T: Into<DateTime>> From<Range<T>> for Optional<TimeRange> {
    fn from(range: Range<T>) -> Self {
        Self(Some(range.into()))
    }
}

impl<T: Into<DateTime>> From<RangeInclusive<T>> for Optional<TimeRange> {
    fn from(range: RangeInclusive<T>) -> Self {
        Self(Some(range.into()))
    }
}

impl<A: Into<DateTime>, B: Into<DateTime>> From<(A, B)> for Optional<TimeRange> {
    fn from(range: (A, B)) -> Self {
        Self(Some(range.into()))
    }
}
