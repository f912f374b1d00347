//! Times of records.

use std::time::Duration;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// When the records' clock starts: 2024-06-01T09:00:00Z, after everything that is built in.
const START: i64 = 1_717_232_400;

/// When the oldest of the records begin that are made by filling up: 2021-01-01T00:00:00Z.
const OLDEST: i64 = 1_609_459_200;

/// How far apart those are, in seconds.
const APART: i64 = 600;

/// The records' time: the start, what tests moved the clock by, and a second for each change so far. The time that really
/// passes does not count, so that the same requests are answered the same.
pub(super) fn at(moved: Duration, changes: u64) -> String {
    let moved = i64::try_from(moved.as_secs()).unwrap_or(i64::MAX);
    let changes = i64::try_from(changes).unwrap_or(i64::MAX);
    written(START.saturating_add(moved).saturating_add(changes))
}

/// The times of the creation and the last change of the `turn`th record made by filling up.
pub(super) fn of_turn(turn: u64) -> (String, String) {
    let turn = i64::try_from(turn).unwrap_or(i64::MAX);
    let created = OLDEST.saturating_add(turn.saturating_mul(APART));
    // Some are changed soon, some late.
    let changed = created.saturating_add(60 * (turn % 1009));
    (written(created), written(changed))
}

fn written(second: i64) -> String {
    let time = Timestamp::from_second(second).unwrap_or(Timestamp::MAX);
    time.strftime("%Y-%m-%dT%H:%M:%S.000Z").to_string()
}

/// A time in any of the forms that are taken; without an offset it is in UTC.
pub(super) fn parse(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let local = || text.parse::<DateTime>().ok()?.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp());
    text.parse().ok().or_else(local)
}

/// `from,to`, both included.
pub(super) fn range(text: &str) -> Option<(Timestamp, Timestamp)> {
    let (from, to) = text.split_once(',')?;
    Some((parse(from)?, parse(to)?))
}

/// So many days before a time.
pub(super) fn days_before(days: i64, time: &str) -> Option<Timestamp> {
    parse(time)?.checked_sub(SignedDuration::from_hours(days.checked_mul(24)?)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_the_records() {
        assert_eq!(at(Duration::ZERO, 0), "2024-06-01T09:00:00.000Z");
        assert_eq!(at(Duration::from_millis(3_600_900), 2), "2024-06-01T10:00:02.000Z");
        assert!(!at(Duration::MAX, u64::MAX).is_empty());
        assert_eq!(of_turn(0).0, "2021-01-01T00:00:00.000Z");
        assert_eq!(of_turn(6), ("2021-01-01T01:00:00.000Z".to_owned(), "2021-01-01T01:06:00.000Z".to_owned()));
    }

    #[test]
    fn ranges() {
        let (from, to) = range("2024-05-01T00:00:00.000Z,2024-05-02T02:00:00+02:00").unwrap();
        assert_eq!(to.duration_since(from), SignedDuration::from_hours(24));
        assert_eq!(range("2024-05-01T00:00:00.000Z"), None);
        assert_eq!(range("soon,later"), None);
        assert_eq!(days_before(1, "2024-05-02T00:00:00Z"), Some(from));
    }
}
