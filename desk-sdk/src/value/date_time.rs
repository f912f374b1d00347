//! Points in time.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A point in time as the API writes it.
///
/// Mostly that is `2024-05-14T09:30:00.000Z`, but real answers also have times without
/// milliseconds and milliseconds since 1970, and some have text that is no time at all. So the
/// text is kept as it came; [`DateTime::timestamp`] reads it.
///
/// ```
/// use desk_sdk::DateTime;
///
/// let time = DateTime::from("2024-05-14T09:30:00.000Z");
/// assert_eq!(time.timestamp(), DateTime::from("1715679000000").timestamp());
/// assert_eq!(DateTime::from("soon").timestamp(), None);
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DateTime(String);

impl DateTime {
    /// The text as it came, or as it is sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a text is two points in time, separated by a comma.
    pub(crate) fn is_range(text: &str) -> bool {
        let time = |text: &str| Self::from(text.trim()).timestamp().is_some();
        text.split_once(',').is_some_and(|(from, to)| time(from) && time(to))
    }

    /// The point in time, if the text is one.
    pub fn timestamp(&self) -> Option<jiff::Timestamp> {
        match self.0.parse::<i64>() {
            Ok(milliseconds) => jiff::Timestamp::from_millisecond(milliseconds).ok(),
            Err(_) => self.0.parse().ok(),
        }
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DateTime({})", self.0)
    }
}

impl From<&str> for DateTime {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<String> for DateTime {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&DateTime> for DateTime {
    fn from(time: &DateTime) -> Self {
        time.clone()
    }
}

/// Written with milliseconds, as the API wants it.
impl From<jiff::Timestamp> for DateTime {
    fn from(time: jiff::Timestamp) -> Self {
        Self(format!("{time:.3}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_in_every_form_that_is_sent() {
        let expected = jiff::Timestamp::from_millisecond(1_715_679_000_000).ok();
        for text in ["2024-05-14T09:30:00.000Z", "2024-05-14T09:30:00Z", "1715679000000", "2024-05-14T11:30:00+02:00"] {
            assert_eq!(DateTime::from(text).timestamp(), expected, "{text}");
        }
        for text in ["", "soon", "2024-05-14", "99999999999999999999", "2024-13-14T09:30:00Z"] {
            assert_eq!(DateTime::from(text).timestamp(), None, "{text}");
        }
    }

    #[test]
    fn times_are_sent_with_milliseconds() {
        let time = DateTime::from("2024-05-14T09:30:00Z").timestamp().map(DateTime::from);
        assert_eq!(time.as_ref().map(DateTime::as_str), Some("2024-05-14T09:30:00.000Z"));
    }
}
