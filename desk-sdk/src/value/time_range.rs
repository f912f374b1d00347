//! Periods of time.

use std::convert::Infallible;
use std::fmt;
use std::ops::{Range, RangeInclusive};
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{DateTime, Sendable, ToValue, Written};

/// A start and an end time: what searches accept as `created_time_range` and the like.
///
/// It is made from two [times](DateTime), as `a..b`, `a..=b` or `(a, b)`. All three are equivalent; it is not
/// documented whether a record at exactly the end time is found.
///
/// ```
/// use desk_sdk::{TimeRange, jiff};
///
/// let end: jiff::Timestamp = "2024-05-14T09:30:00Z".parse()?;
/// let last_day = TimeRange::from(end - jiff::SignedDuration::from_hours(24)..end);
/// assert_eq!(last_day.to_string(), "2024-05-13T09:30:00.000Z,2024-05-14T09:30:00.000Z");
/// # Ok::<(), jiff::Error>(())
/// ```
///
/// Text is accepted as it is; if it is not a range, the call is refused before it is made.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TimeRange {
    text: String,
}

impl TimeRange {
    /// A range from one time to another.
    pub fn new(from: impl Into<DateTime>, to: impl Into<DateTime>) -> Self {
        Self { text: format!("{},{}", written(from.into()), written(to.into())) }
    }

    /// The range as it is sent: two times separated by a comma.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Its start and end, if both are times.
    pub fn timestamps(&self) -> Option<(jiff::Timestamp, jiff::Timestamp)> {
        let time = |text: &str| DateTime::from(text.trim()).timestamp();
        let (from, to) = self.text.split_once(',')?;
        Some((time(from)?, time(to)?))
    }
}

/// A time in the notation that ranges need, whatever notation it has.
fn written(time: DateTime) -> DateTime {
    time.timestamp().map_or(time, DateTime::from)
}

impl fmt::Display for TimeRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl fmt::Debug for TimeRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TimeRange({})", self.text)
    }
}

impl AsRef<str> for TimeRange {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl FromStr for TimeRange {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(text.into())
    }
}

impl<T: Into<DateTime>> From<Range<T>> for TimeRange {
    fn from(range: Range<T>) -> Self {
        Self::new(range.start, range.end)
    }
}

impl<T: Into<DateTime>> From<RangeInclusive<T>> for TimeRange {
    fn from(range: RangeInclusive<T>) -> Self {
        let (from, to) = range.into_inner();
        Self::new(from, to)
    }
}

impl<A: Into<DateTime>, B: Into<DateTime>> From<(A, B)> for TimeRange {
    fn from((from, to): (A, B)) -> Self {
        Self::new(from, to)
    }
}

impl From<&str> for TimeRange {
    fn from(text: &str) -> Self {
        Self { text: text.to_owned() }
    }
}

impl From<String> for TimeRange {
    fn from(text: String) -> Self {
        Self { text }
    }
}

impl From<&String> for TimeRange {
    fn from(text: &String) -> Self {
        Self { text: text.clone() }
    }
}

impl From<&TimeRange> for TimeRange {
    fn from(range: &TimeRange) -> Self {
        range.clone()
    }
}

impl Sendable for TimeRange {}

impl ToValue for TimeRange {
    fn to_value(self) -> Written {
        Ok(self.text.into())
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    const WIRE: &str = "2024-05-14T09:30:00.000Z,2024-05-15T09:30:00.000Z";

    #[test]
    fn ranges_come_from_two_times_of_any_kind() {
        let [from, to]: [Timestamp; 2] =
            ["2024-05-14T09:30:00Z", "2024-05-15T09:30:00Z"].map(|time| time.parse().unwrap());
        let (early, late) = (DateTime::from("1715679000000"), DateTime::from("2024-05-15T11:30:00+02:00"));
        for range in [
            TimeRange::from(from..to),
            (from..=to).into(),
            (from, to).into(),
            (&early..&late).into(),
            (early, "2024-05-15T09:30:00Z").into(),
            WIRE.into(),
            WIRE.to_owned().into(),
            WIRE.parse().unwrap(),
        ] {
            assert_eq!((range.as_str(), range.timestamps()), (WIRE, Some((from, to))));
        }
    }

    #[test]
    fn what_is_no_range_keeps_its_text() {
        for text in ["", "soon", "null", "2024-05-14T09:30:00.000Z", "soon,later", "2024-05-14T09:30:00Z,"] {
            let range = TimeRange::from(text);
            assert_eq!((range.timestamps(), range.to_string().as_str()), (None, text));
        }
        assert_eq!(TimeRange::new("soon", "later").as_str(), "soon,later");
    }
}
