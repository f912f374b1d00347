//! Durations.

use std::cmp::Ordering;
use std::convert::Infallible;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;
use std::time::Duration;

use jiff::SignedDuration;
use serde::{Deserialize, Deserializer, Serialize};

use super::text::{self, text_equality};
use super::{Sendable, ToValue, Written};

/// How long something took, such as `41:50 hrs`: 41 hours and 50 minutes.
///
/// The text is kept as it is; [`TimeSpan::duration`] reads it. Two notations of the same duration are equal. Durations
/// sort from shortest to longest; texts that are not durations compare as text, and sort after all durations.
///
/// ```
/// use std::time::Duration;
///
/// use desk_sdk::TimeSpan;
///
/// let span = TimeSpan::from("41:50 hrs");
/// assert_eq!(span.duration(), Some(Duration::from_secs(41 * 3600 + 50 * 60)));
/// assert!(span < TimeSpan::from("100:00 hrs"));
/// assert_eq!(TimeSpan::from("a while").duration(), None);
/// ```
#[derive(Clone, Serialize)]
#[serde(transparent)]
pub struct TimeSpan(String);

impl TimeSpan {
    /// The text as received or sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The duration, if the text is one: hours and minutes, possibly seconds.
    pub fn duration(&self) -> Option<Duration> {
        read(&self.0)
    }
}

/// The duration that a text stands for.
fn read(text: &str) -> Option<Duration> {
    let text = text.trim();
    let mut parts = text.strip_suffix("hrs").unwrap_or(text).trim_end().split(':');
    let hours = number(parts.next()?)?;
    let minutes = number(parts.next()?).filter(|minutes| *minutes < 60)?;
    let seconds = match parts.next() {
        Some(seconds) => number(seconds).filter(|seconds| *seconds < 60)?,
        None => 0,
    };
    if parts.next().is_some() {
        return None;
    }
    let minutes = hours.checked_mul(60)?.checked_add(minutes)?;
    Some(Duration::from_secs(minutes.checked_mul(60)?.checked_add(seconds)?))
}

/// What is compared: a duration comes before all texts that are not durations.
fn rank(text: &str) -> Result<Duration, &str> {
    read(text).ok_or(text)
}

/// Digits, without a sign.
fn number(digits: &str) -> Option<u64> {
    digits.parse().ok().filter(|_| digits.bytes().all(|byte| byte.is_ascii_digit()))
}

impl PartialEq for TimeSpan {
    fn eq(&self, other: &Self) -> bool {
        *self == *other.0
    }
}

impl Eq for TimeSpan {}

impl PartialOrd for TimeSpan {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for TimeSpan {
    fn cmp(&self, other: &Self) -> Ordering {
        // `Ok` is less than `Err`.
        rank(&self.0).cmp(&rank(&other.0))
    }
}

impl Hash for TimeSpan {
    fn hash<H: Hasher>(&self, state: &mut H) {
        rank(&self.0).hash(state);
    }
}

text_equality!(TimeSpan, |span, text| span.0 == text || rank(&span.0) == rank(text));

impl PartialEq<Duration> for TimeSpan {
    fn eq(&self, other: &Duration) -> bool {
        self.duration().as_ref() == Some(other)
    }
}

/// A text that is not a duration is neither shorter nor longer.
impl PartialOrd<Duration> for TimeSpan {
    fn partial_cmp(&self, other: &Duration) -> Option<Ordering> {
        self.duration().map(|length| length.cmp(other))
    }
}

impl fmt::Display for TimeSpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for TimeSpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TimeSpan({})", self.0)
    }
}

impl AsRef<str> for TimeSpan {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

/// Any text is kept; [`TimeSpan::duration`] tells whether it is a duration.
impl FromStr for TimeSpan {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(text.into())
    }
}

impl<'de> Deserialize<'de> for TimeSpan {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text::text_or_number(deserializer, "a duration such as 01:30 hrs").map(Self)
    }
}

impl From<&str> for TimeSpan {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<String> for TimeSpan {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&String> for TimeSpan {
    fn from(text: &String) -> Self {
        Self(text.clone())
    }
}

impl From<&TimeSpan> for TimeSpan {
    fn from(span: &TimeSpan) -> Self {
        span.clone()
    }
}

/// In hours and minutes, as the API writes it; seconds are left out.
impl From<Duration> for TimeSpan {
    fn from(length: Duration) -> Self {
        let minutes = length.as_secs() / 60;
        Self(format!("{:02}:{:02} hrs", minutes / 60, minutes % 60))
    }
}

/// Fails if the text is not a duration.
impl TryFrom<&TimeSpan> for Duration {
    type Error = jiff::Error;

    fn try_from(span: &TimeSpan) -> Result<Self, jiff::Error> {
        span.duration()
            .ok_or_else(|| jiff::Error::from_args(format_args!("{:?} is not a duration such as 01:30 hrs", span.0)))
    }
}

/// Fails if the text is not a duration.
impl TryFrom<&TimeSpan> for SignedDuration {
    type Error = jiff::Error;

    fn try_from(span: &TimeSpan) -> Result<Self, jiff::Error> {
        Duration::try_from(span).and_then(Self::try_from)
    }
}

impl Sendable for TimeSpan {}

impl ToValue for TimeSpan {
    fn to_value(self) -> Written {
        Ok(self.0.into())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use serde_json::json;

    use super::*;

    #[test]
    fn lengths_are_read_in_hours_and_minutes() {
        for (text, seconds) in [
            ("00:00 hrs", 0),
            ("01:50 hrs", 6600),
            ("1234:59 hrs", 4_445_940),
            ("01:30", 5400),
            ("01:30:15", 5415),
            (" 1:05hrs ", 3900),
        ] {
            assert_eq!(TimeSpan::from(text).duration(), Some(Duration::from_secs(seconds)), "{text}");
        }
        for text in [
            "",
            "hrs",
            "5",
            "01:60 hrs",
            "-1:30 hrs",
            "+1:30 hrs",
            "1:+5",
            ":30",
            "1:2:3:4",
            "1:30 days",
            "99999999999999999999:00",
        ] {
            assert_eq!(TimeSpan::from(text).duration(), None, "{text}");
        }
        assert_eq!(TimeSpan::from(format!("{}:00", u64::MAX)).duration(), None);
    }

    #[test]
    fn forms_of_one_length_are_equal_and_odd_texts_come_last() {
        let mut spans = ["never", "100:00 hrs", "a while", "09:00 hrs", "10:00 hrs"].map(TimeSpan::from);
        spans.sort();
        assert_eq!(
            spans.each_ref().map(TimeSpan::as_str),
            ["09:00 hrs", "10:00 hrs", "100:00 hrs", "a while", "never"]
        );
        let forms = ["01:30 hrs", "1:30", "01:30:00"].map(TimeSpan::from);
        assert_eq!(forms.iter().collect::<HashSet<_>>().len(), 1);
        assert!(forms[0] == "1:30");
        assert!("01:30 hrs" == forms[1]);
        assert!(forms[2] == Duration::from_secs(5400));
        assert!(forms[0] > Duration::from_secs(5399));
        assert!(spans[4] != Duration::ZERO);
    }

    #[test]
    fn lengths_are_written_as_the_api_writes_them() {
        assert_eq!(TimeSpan::from(Duration::from_secs(41 * 3600 + 50 * 60 + 59)).as_str(), "41:50 hrs");
        assert_eq!(TimeSpan::from(Duration::ZERO).as_str(), "00:00 hrs");
        let span = TimeSpan::from("01:30 hrs");
        assert_eq!(SignedDuration::try_from(&span).unwrap(), SignedDuration::from_mins(90));
        let refused = Duration::try_from(&TimeSpan::from("a while")).unwrap_err().to_string();
        assert!(refused.contains("\"a while\" is not a duration"), "{refused}");
        let read: TimeSpan = serde_json::from_value(json!("a while")).unwrap();
        assert_eq!(serde_json::to_value(read).unwrap(), json!("a while"));
    }
}
