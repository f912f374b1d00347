//! The server's date and time.

use std::time::Duration;

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value};

use crate::common::clock::Clock;

/// The day of the built-in records, 2024-06-01T09:00:00Z: after all their dates.
const WRITTEN_FOR: i64 = 1_717_232_400;

/// The hour at which a server starts on a given day.
const HOUR: i8 = 9;

const DAY: i64 = 24 * 60 * 60;

/// A server's start time, and how its time advances.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Calendar {
    start: Timestamp,
    /// Whether the day was given: then times depend only on the calls, so that the same requests get the same answers.
    given: bool,
}

/// A moment of a server's time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Moment {
    millisecond: i64,
    given: bool,
}

impl Calendar {
    /// The system's time.
    pub(crate) fn today() -> Self {
        Self { start: Timestamp::now(), given: false }
    }

    /// Nine in the morning, UTC; None if there is no such day.
    pub(crate) fn of_day(year: i16, month: i8, day: i8) -> Option<Self> {
        let morning = Date::new(year, month, day).ok()?.at(HOUR, 0, 0, 0);
        let start = morning.to_zoned(TimeZone::UTC).ok()?.timestamp();
        Some(Self { start, given: true })
    }

    /// The day of the built-in records.
    #[cfg(test)]
    pub(crate) fn as_written() -> Self {
        Self::of_day(2024, 6, 1).expect("it is a day")
    }

    /// The current time: on a given day only the time added by tests counts, not the real time.
    pub(crate) fn now(self, clock: &Clock) -> Moment {
        let passed = if self.given { clock.moved() } else { clock.now() };
        let millisecond = self.start.as_millisecond().saturating_add(milliseconds(passed));
        Moment { millisecond, given: self.given }
    }

    /// How many days the built-in records are shifted, so that they date from the last days before the start.
    pub(crate) fn shift(self) -> Shift {
        Shift((self.start.as_second() - WRITTEN_FOR).div_euclid(DAY))
    }
}

impl Moment {
    /// The time of a change: on a given day one second per previous change, else later than the last one.
    pub(crate) fn of_change(self, changes: u64, last: i64) -> i64 {
        let changes = i64::try_from(changes).unwrap_or(i64::MAX);
        if self.given {
            return self.millisecond.saturating_add(changes.saturating_mul(1000));
        }
        self.millisecond.max(last.saturating_add(1))
    }
}

/// This many days later, or earlier.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Shift(i64);

impl Shift {
    pub(crate) fn seconds(self) -> i64 {
        self.0.saturating_mul(DAY)
    }

    /// Shifts all dates and times in a record.
    pub(crate) fn record(self, record: &mut Map<String, Value>) {
        record.values_mut().for_each(|value| self.value(value));
    }

    fn value(self, value: &mut Value) {
        match value {
            Value::String(text) => {
                if let Some(moved) = self.text(text) {
                    *text = moved;
                }
            }
            Value::Array(values) => values.iter_mut().for_each(|value| self.value(value)),
            Value::Object(fields) => fields.values_mut().for_each(|value| self.value(value)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// A date or time in the built-in records' format, shifted; None for any other text.
    pub(crate) fn text(self, text: &str) -> Option<String> {
        let (date, time) = match text.split_once('T') {
            Some((date, time)) if text.ends_with('Z') => (date, Some(time)),
            Some(_) => return None,
            None => (text, None),
        };
        let is_form = date.len() == 10 && date.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        let date: Date = if is_form { date.parse().ok()? } else { return None };
        let moved = date.checked_add(SignedDuration::from_secs(self.seconds())).ok()?;
        Some(time.map_or_else(|| moved.to_string(), |time| format!("{moved}T{time}")))
    }
}

/// A time in the format of answers.
pub(crate) fn written(millisecond: i64) -> String {
    let time = Timestamp::from_millisecond(millisecond).unwrap_or(Timestamp::MAX);
    format!("{time:.3}")
}

/// A time in any accepted format; without an offset it is in UTC.
pub(crate) fn parse(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let local = || text.parse::<DateTime>().ok()?.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp());
    text.parse().ok().or_else(local)
}

fn milliseconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_given_day_stands_still() {
        let calendar = Calendar::of_day(2024, 6, 1).unwrap();
        let clock = Clock::start();
        let at = |changes| written(calendar.now(&clock).of_change(changes, 0));
        assert_eq!((calendar.shift(), at(0).as_str()), (Shift(0), "2024-06-01T09:00:00.000Z"));
        clock.advance(Duration::from_millis(3_600_900));
        assert_eq!(at(2), "2024-06-01T10:00:02.900Z");
        clock.advance(Duration::MAX);
        assert!(!at(u64::MAX).is_empty());
        assert_eq!(Calendar::of_day(2024, 2, 30), None);
    }

    #[test]
    fn real_time_passes_and_every_change_is_later() {
        let calendar = Calendar::today();
        let clock = Clock::start();
        let first = calendar.now(&clock).of_change(0, 0);
        assert!((Timestamp::now().as_millisecond() - first).abs() < 60_000);
        assert_eq!(calendar.now(&clock).of_change(0, first + 5_000), first + 5_001);
    }

    #[test]
    fn built_in_times_move_by_whole_days() {
        let shift = Calendar::of_day(2026, 11, 29).unwrap().shift();
        assert_eq!(shift.text("2024-05-31T09:30:00.000Z").as_deref(), Some("2026-11-28T09:30:00.000Z"));
        assert_eq!(shift.text("2024-06-01").as_deref(), Some("2026-11-29"));
        for other in ["189200000000071001", "+1 512 555 0111", "Track 2024-06-01", "2024-06-31", ""] {
            assert_eq!(shift.text(other), None, "{other}");
        }
    }
}
