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
/// Usually that is `2024-05-14T09:30:00.000Z`, but real answers also contain times without milliseconds and
/// milliseconds since 1970, and some contain text that is not a time at all. The text is therefore kept as it is;
/// [`DateTime::timestamp`] reads it.
///
/// Comparison is by point in time, not by notation: two notations of the same time are equal. Times sort from earliest
/// to latest; texts that are not times compare as text, and sort after all times.
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
    /// The text as received or sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The point in time, if the text is one.
    pub fn timestamp(&self) -> Option<Timestamp> {
        Timestamp::try_from(self).ok()
    }
}

/// The point in time that a text stands for.
fn read(text: &str) -> Result<Timestamp, jiff::Error> {
    match text.parse() {
        Ok(milliseconds) => Timestamp::from_millisecond(milliseconds),
        Err(_) => text.parse(),
    }
}

/// What is compared: a time comes before all texts that are not times.
fn rank(text: &str) -> Result<Timestamp, &str> {
    read(text).map_err(|_| text)
}

impl PartialEq for DateTime {
    fn eq(&self, other: &Self) -> bool {
        *self == *other.0
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
        rank(&self.0).cmp(&rank(&other.0))
    }
}

impl Hash for DateTime {
    fn hash<H: Hasher>(&self, state: &mut H) {
        rank(&self.0).hash(state);
    }
}

text_equality!(DateTime, |time, text| time.0 == text || rank(&time.0) == rank(text));

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

/// A text that is not a time is neither before nor after.
impl PartialOrd<Timestamp> for DateTime {
    fn partial_cmp(&self, other: &Timestamp) -> Option<Ordering> {
        self.timestamp().map(|time| time.cmp(other))
    }
}

/// A text that is not a time is neither before nor after.
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

/// Written with milliseconds, as the API expects.
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

/// Fails if the text is not a time, and says why.
impl TryFrom<&DateTime> for Timestamp {
    type Error = jiff::Error;

    fn try_from(time: &DateTime) -> Result<Self, jiff::Error> {
        read(&time.0)
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
        for form in &forms {
            assert!(*form == TEXT, "{form}");
            assert!(TEXT == form, "{form}");
            assert_eq!(*form, forms[0]);
        }
        let mut times = ["soon", "2024-05-14T09:30:00.001Z", "later", TEXT, "0"].map(DateTime::from);
        times.sort();
        assert_eq!(times.each_ref().map(DateTime::as_str), ["0", TEXT, "2024-05-14T09:30:00.001Z", "later", "soon"]);
        let odd = DateTime::from("soon");
        assert!(odd == "soon");
        assert!(odd != "later");
    }

    #[test]
    fn times_compare_with_timestamps() {
        let now: Timestamp = TEXT.parse().unwrap();
        let time = DateTime::from("1715679000000");
        assert!(time == now);
        assert!(now == time);
        assert!(time > Timestamp::UNIX_EPOCH);
        assert!(Timestamp::MIN < time);
        let odd = DateTime::from("soon");
        assert!(odd != now);
        assert_eq!((odd.partial_cmp(&now), now.partial_cmp(&odd)), (None, None));
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
