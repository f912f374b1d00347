//! Spans of time that records are searched by.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;

use super::key::{A_SECOND, WITHOUT_MILLISECONDS, Written, packed};
use crate::common::calendar::parse;

/// From one time to another, both included.
#[derive(Debug)]
pub(super) struct Span {
    from: Timestamp,
    to: Timestamp,
    /// The same for times as they are written.
    parts: Vec<(i64, i64)>,
}

impl Span {
    pub(super) fn new(from: Timestamp, to: Timestamp) -> Self {
        let parts = if from <= to { parts(from, to) } else { Vec::new() };
        Self { from, to, parts }
    }

    /// The numbers of the times as they are written, first and last, in order.
    pub(super) fn parts(&self) -> &[(i64, i64)] {
        &self.parts
    }

    /// Whether a value is a time in it.
    pub(super) fn holds(&self, value: &Value) -> bool {
        let Some(text) = value.as_str() else { return false };
        match Written::read(text) {
            Some(time) => self.parts.iter().any(|(first, last)| (*first..=*last).contains(&time.number())),
            None => parse(text).is_some_and(|time| self.from <= time && time <= self.to),
        }
    }
}

/// Within the first and the last second, the forms with and without milliseconds may be apart.
fn parts(from: Timestamp, to: Timestamp) -> Vec<(i64, i64)> {
    let ((first, from), (last, to)) = (split(from), split(to));
    // Milliseconds from, rounded up, and to, rounded down.
    let (from, to) = ((from + 999_999) / 1_000_000, to / 1_000_000);
    let without = |second: i64| (second + WITHOUT_MILLISECONDS, second + WITHOUT_MILLISECONDS);
    let mut parts = Vec::new();
    if from == 0 {
        parts.push((first, last + to));
        parts.push(without(last));
    } else if first == last {
        parts.push((first + from, first + to));
    } else {
        parts.push((first + from, first + WITHOUT_MILLISECONDS - 1));
        parts.push((first + A_SECOND, last + to));
        parts.push(without(last));
    }
    parts.retain(|(first, last)| first <= last);
    parts
}

/// The first number of a time's second, and the nanoseconds within it.
fn split(time: Timestamp) -> (i64, i64) {
    let time = time.to_zoned(TimeZone::UTC).datetime();
    let date = [i64::from(time.year()), i64::from(time.month()), i64::from(time.day())];
    let [year, month, day] = date;
    let second = packed([year, month, day, time.hour().into(), time.minute().into(), time.second().into()]);
    (second, time.subsec_nanosecond().into())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn times_are_in_it_however_they_are_written() {
        let bounds = [
            "2024-01-01T00:00:00Z",
            "2024-01-01T00:00:00.000000001Z",
            "2024-01-01T00:00:00.5Z",
            "2024-01-01T00:00:00.999999Z",
            "2024-01-01T00:00:01Z",
            "2024-02-29T12:00:00Z",
            "-000100-01-01T00:00:00Z",
            "9999-12-30T00:00:00Z",
        ];
        let times = [
            "2024-01-01T00:00:00.000Z",
            "2024-01-01T00:00:00Z",
            "2024-01-01T00:00:00.001Z",
            "2024-01-01T00:00:00.500Z",
            "2024-01-01T01:00:00.500+01:00",
            "2024-01-01T00:00:00.999Z",
            "2024-01-01T00:00:01Z",
            "2024-01-01T00:00:01.001Z",
            "2024-02-29T12:00:00",
        ];
        for from in bounds {
            for to in bounds {
                let (from, to) = (parse(from).unwrap(), parse(to).unwrap());
                let span = Span::new(from, to);
                for text in times {
                    let time = parse(text).unwrap();
                    assert_eq!(span.holds(&json!(text)), from <= time && time <= to, "{from} {text} {to}");
                }
            }
        }
        let span = Span::new(Timestamp::MIN, Timestamp::MAX);
        assert!([json!(null), json!(7), json!("soon"), json!(["2024-01-01T00:00:00Z"])].iter().all(|v| !span.holds(v)));
    }
}
