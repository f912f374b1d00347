//! Points in time.

use std::cmp::Ordering;
use std::convert::Infallible;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;
use std::time::SystemTime;

use jiff::{Timestamp, Zoned};
use serde::{Deserialize, Deserializer, Serialize};

use super::text::{self, text_equality};

/// A point in time as the API writes it.
///
/// Mostly that is `2024-05-14T09:30:00.000Z`, but real answers also have times without
/// milliseconds and milliseconds since 1970, and some have text that is no time at all. So the
/// text is kept as it came; [`DateTime::timestamp`] reads it.
///
/// What counts is the point in time, not how it is written: two forms of one are equal. Times sort from the earliest to
/// the latest; texts that are no time are equal where they are the same, and sort behind all times.
///
/// ```
/// use desk_sdk::{DateTime, jiff};
///
/// let time = DateTime::from("2024-05-14T09:30:00.000Z");
/// assert_eq!(time, DateTime::from("1715679000000"));
/// assert!(time < "2024-05-14T09:30:00Z".parse::<jiff::Timestamp>()? + jiff::SignedDuration::from_secs(1));
/// assert_eq!(DateTime::from("soon").timestamp(), None);
/// # Ok::<(), jiff::Error>(())
/// ```
#[derive(Clone, Serialize)]
#[serde(transparent)]
pub struct DateTime(String);

impl DateTime {
    /// The text as it came, or as it is sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The point in time, if the text is one.
    pub fn timestamp(&self) -> Option<Timestamp> {
        Timestamp::try_from(self).ok()
    }

    /// What is compared: a time before all texts that are none.
    fn rank(&self) -> Result<Timestamp, &str> {
        self.timestamp().ok_or(&self.0)
    }
}

impl PartialEq for DateTime {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0 || self.rank() == other.rank()
    }
}

impl Eq for DateTime {}

impl PartialOrd for DateTime {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for DateTime {
    fn cmp(&self, other: &Self) -> Ordering {
        // `Ok` is less than `Err`.
        self.rank().cmp(&other.rank())
    }
}

impl Hash for DateTime {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.rank().hash(state);
    }
}

text_equality!(DateTime, |time, text| time.0 == text || *time == DateTime::from(text));

impl PartialEq<Timestamp> for DateTime {
    fn eq(&self, other: &Timestamp) -> bool {
        self.timestamp().as_ref() == Some(other)
    }
}

impl PartialEq<DateTime> for Timestamp {
    fn eq(&self, other: &DateTime) -> bool {
        other == self
    }
}

/// A text that is no time is neither before nor after.
impl PartialOrd<Timestamp> for DateTime {
    fn partial_cmp(&self, other: &Timestamp) -> Option<Ordering> {
        self.timestamp().map(|time| time.cmp(other))
    }
}

/// A text that is no time is neither before nor after.
impl PartialOrd<DateTime> for Timestamp {
    fn partial_cmp(&self, other: &DateTime) -> Option<Ordering> {
        other.timestamp().map(|time| self.cmp(&time))
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DateTime({})", self.0)
    }
}

impl AsRef<str> for DateTime {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

/// Any text is kept; [`DateTime::timestamp`] tells whether it is a time.
impl FromStr for DateTime {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(text.into())
    }
}

/// Text, or milliseconds since 1970.
impl<'de> Deserialize<'de> for DateTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text::text_or_number(deserializer, "a time: text or milliseconds since 1970").map(Self)
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

impl From<&String> for DateTime {
    fn from(text: &String) -> Self {
        Self(text.clone())
    }
}

impl From<&DateTime> for DateTime {
    fn from(time: &DateTime) -> Self {
        time.clone()
    }
}

impl From<DateTime> for String {
    fn from(time: DateTime) -> Self {
        time.0
    }
}

/// Written with milliseconds, as the API wants it.
impl From<Timestamp> for DateTime {
    fn from(time: Timestamp) -> Self {
        Self(format!("{time:.3}"))
    }
}

/// The same point in time; the API has no time zones.
impl From<&Zoned> for DateTime {
    fn from(time: &Zoned) -> Self {
        time.timestamp().into()
    }
}

/// The same point in time; the API has no time zones.
impl From<Zoned> for DateTime {
    fn from(time: Zoned) -> Self {
        time.timestamp().into()
    }
}

/// Fails for times before the year -9999 and after 9999.
impl TryFrom<SystemTime> for DateTime {
    type Error = jiff::Error;

    fn try_from(time: SystemTime) -> Result<Self, jiff::Error> {
        Timestamp::try_from(time).map(Self::from)
    }
}

/// Fails where the text is no time, and says why.
impl TryFrom<&DateTime> for Timestamp {
    type Error = jiff::Error;

    fn try_from(time: &DateTime) -> Result<Self, jiff::Error> {
        match time.0.parse::<i64>() {
            Ok(milliseconds) => Self::from_millisecond(milliseconds),
            Err(_) => time.0.parse(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::time::Duration;

    use serde_json::json;

    use super::*;

    const TEXT: &str = "2024-05-14T09:30:00.000Z";

    #[test]
    fn times_are_read_in_every_form_that_is_sent() {
        let expected = Timestamp::from_millisecond(1_715_679_000_000).ok();
        for text in [TEXT, "2024-05-14T09:30:00Z", "1715679000000", "2024-05-14T11:30:00+02:00"] {
            assert_eq!(DateTime::from(text).timestamp(), expected, "{text}");
        }
        for text in ["", "soon", "2024-05-14", "99999999999999999999", "2024-13-14T09:30:00Z"] {
            assert_eq!(DateTime::from(text).timestamp(), None, "{text}");
        }
    }

    #[test]
    fn times_are_sent_with_milliseconds() {
        let time = DateTime::from("2024-05-14T09:30:00Z").timestamp().map(DateTime::from);
        assert_eq!(time.as_ref().map(DateTime::as_str), Some(TEXT));
        let zoned = "2024-05-14T11:30:00+02:00[+02:00]".parse::<Zoned>().unwrap();
        assert_eq!((DateTime::from(&zoned).as_str(), DateTime::from(zoned).as_str()), (TEXT, TEXT));
        let system = SystemTime::UNIX_EPOCH + Duration::from_millis(1_715_679_000_000);
        assert_eq!(DateTime::try_from(system).unwrap().as_str(), TEXT);
    }

    #[test]
    fn forms_of_one_time_are_equal_and_odd_texts_come_last() {
        let forms = [TEXT, "2024-05-14T09:30:00Z", "1715679000000", "2024-05-14T11:30:00+02:00"].map(DateTime::from);
        assert_eq!(forms.iter().collect::<HashSet<_>>().len(), 1);
        assert!(forms.iter().all(|form| *form == TEXT && TEXT == *form && *form == forms[0]));
        let mut times = ["soon", "2024-05-14T09:30:00.001Z", "later", TEXT, "0"].map(DateTime::from);
        times.sort();
        assert_eq!(times.each_ref().map(DateTime::as_str), ["0", TEXT, "2024-05-14T09:30:00.001Z", "later", "soon"]);
        assert!(DateTime::from("soon") == "soon" && DateTime::from("soon") != "later");
    }

    #[test]
    fn times_compare_with_timestamps() {
        let now: Timestamp = TEXT.parse().unwrap();
        let time = DateTime::from("1715679000000");
        assert!(time == now && now == time && time <= now && time > Timestamp::UNIX_EPOCH && Timestamp::MIN < time);
        let odd = DateTime::from("soon");
        assert!(odd != now && odd.partial_cmp(&now).is_none() && now.partial_cmp(&odd).is_none());
        assert!(Timestamp::try_from(&odd).is_err());
    }

    #[test]
    fn times_are_read_from_numbers_and_written_as_they_were() {
        for (sent, written) in [(json!(TEXT), TEXT), (json!(1_715_679_000_000_u64), "1715679000000"), (json!(-1), "-1")]
        {
            let time: DateTime = serde_json::from_value(sent).unwrap();
            assert_eq!(serde_json::to_value(&time).unwrap(), json!(written));
        }
        assert!(serde_json::from_value::<DateTime>(json!([])).is_err());
        assert_eq!("soon".parse::<DateTime>().unwrap().to_string(), "soon");
    }
}
