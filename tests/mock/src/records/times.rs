//! Times of records.

use jiff::{SignedDuration, Timestamp};

use crate::common::calendar::{Shift, parse, written};

/// When the oldest of the records begin that are made by filling up: 2021-01-01T00:00:00Z for the day for which the
/// built-in ones are written, some three years before.
const OLDEST: i64 = 1_609_459_200;

/// How far apart those are, in seconds.
const APART: i64 = 600;

/// The times of the creation and the last change of the `turn`th record made by filling up.
pub(super) fn of_turn(turn: u64, shift: Shift) -> (String, String) {
    let turn = i64::try_from(turn).unwrap_or(i64::MAX);
    let created = OLDEST.saturating_add(shift.seconds()).saturating_add(turn.saturating_mul(APART));
    // Some are changed soon, some late.
    let changed = created.saturating_add(60 * (turn % 1009));
    (written(created.saturating_mul(1000)), written(changed.saturating_mul(1000)))
}

/// `from,to`, both included.
pub(super) fn range(text: &str) -> Option<(Timestamp, Timestamp)> {
    let (from, to) = text.split_once(',')?;
    Some((parse(from)?, parse(to)?))
}

/// This many days before a time.
pub(super) fn days_before(days: i64, time: &str) -> Option<Timestamp> {
    parse(time)?.checked_sub(SignedDuration::from_hours(days.checked_mul(24)?)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_records_that_are_filled_up() {
        let shift = Shift::default();
        assert_eq!(of_turn(0, shift).0, "2021-01-01T00:00:00.000Z");
        let (created, changed) = of_turn(6, shift);
        assert_eq!((created.as_str(), changed.as_str()), ("2021-01-01T01:00:00.000Z", "2021-01-01T01:06:00.000Z"));
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
