//! What records are ordered by.

use std::cmp::Ordering;

use jiff::civil::Date;
use serde_json::Value;

/// A value that records are ordered by: nothing, then numbers, then texts without regard to case.
#[derive(Clone, Debug)]
pub(super) enum Key {
    None,
    Number(f64),
    Time(Written),
    Text(Box<str>),
}

/// A time that is written as answers write it, `2024-05-14T09:30:00.000Z`, or without milliseconds. These numbers have
/// the order of the texts: within a second, `…00.999Z` comes before `…00Z`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Written(i64);

/// Numbers for each second: the milliseconds, and the form without them.
pub(super) const A_SECOND: i64 = 2000;
pub(super) const WITHOUT_MILLISECONDS: i64 = 1000;

impl Key {
    pub(super) fn of(value: Option<&Value>) -> Self {
        match value {
            Some(Value::Number(number)) => number.as_f64().map_or(Self::None, Self::Number),
            Some(Value::String(text)) => match Written::read(text) {
                Some(time) => Self::Time(time),
                None => Self::Text(text.to_lowercase().into()),
            },
            _ => Self::None,
        }
    }

    fn rank(&self) -> u8 {
        match self {
            Self::None => 0,
            Self::Number(_) => 1,
            Self::Time(_) | Self::Text(_) => 2,
        }
    }
}

impl Ord for Key {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Time(a), Self::Time(b)) => a.cmp(b),
            (Self::Number(a), Self::Number(b)) => a.total_cmp(b),
            (Self::Text(a), Self::Text(b)) => a.cmp(b),
            (Self::Time(a), Self::Text(b)) => a.text().as_str().cmp(b),
            (Self::Text(a), Self::Time(b)) => a.as_ref().cmp(b.text().as_str()),
            (a, b) => a.rank().cmp(&b.rank()),
        }
    }
}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Key {}

impl Written {
    pub(super) const fn number(self) -> i64 {
        self.0
    }

    /// None for any other text.
    pub(super) fn read(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let within = match bytes.len() {
            20 if bytes[19] == b'Z' => WITHOUT_MILLISECONDS,
            24 if bytes[19] == b'.' && bytes[23] == b'Z' => number(bytes, 20, 23)?,
            _ => return None,
        };
        for (at, sign) in [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')] {
            if bytes[at] != sign {
                return None;
            }
        }
        let part = |from, to| number(bytes, from, to);
        let (year, month, day) = (part(0, 4)?, part(5, 7)?, part(8, 10)?);
        let (hour, minute, second) = (part(11, 13)?, part(14, 16)?, part(17, 19)?);
        // The last days of 9999 are no times, and a leap second is another one.
        if !(1..9999).contains(&year) || hour > 23 || minute > 59 || second > 59 {
            return None;
        }
        if !(1..=28).contains(&day) || !(1..=12).contains(&month) {
            Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
        }
        Some(Self(packed([year, month, day, hour, minute, second]) + within))
    }

    /// The text in lower case.
    fn text(self) -> String {
        let within = self.0.rem_euclid(A_SECOND);
        let mut rest = self.0.div_euclid(A_SECOND);
        let mut next = |most: i64| {
            let part = rest.rem_euclid(most);
            rest = rest.div_euclid(most);
            part
        };
        let (second, minute, hour, day, month) = (next(60), next(60), next(24), next(31) + 1, next(12) + 1);
        let start = format!("{rest:04}-{month:02}-{day:02}t{hour:02}:{minute:02}:{second:02}");
        if within == WITHOUT_MILLISECONDS { format!("{start}z") } else { format!("{start}.{within:03}z") }
    }
}

/// The first number of a second: its year, month, day, hour, minute and second.
pub(super) fn packed([year, month, day, hour, minute, second]: [i64; 6]) -> i64 {
    (((((year * 12 + month - 1) * 31 + day - 1) * 24 + hour) * 60 + minute) * 60 + second) * A_SECOND
}

fn number(bytes: &[u8], from: usize, to: usize) -> Option<i64> {
    let mut number = 0;
    for byte in bytes.get(from..to)? {
        if !byte.is_ascii_digit() {
            return None;
        }
        number = number * 10 + i64::from(byte - b'0');
    }
    Some(number)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_order_is_that_of_nothing_numbers_and_lower_case_texts() {
        let texts = [
            "",
            "2023-12-31T23:59:59.999Z",
            "2024-01-01",
            "2024-01-01T00:00:00.000Z",
            "2024-01-01T00:00:00.999Z",
            "2024-01-01T00:00:00Z",
            "2024-01-01T00:00:01.500Z",
            "2024-01-01T00:00:01Z",
            "2024-01-01t00:00:01z",
            "2024-01-01T02:00:01+02:00",
            "2024-01-31T23:59:59.000Z",
            "2024-02-29T00:00:00Z",
            "2024-02-30T00:00:00Z",
            "2024-13-01T00:00:00Z",
            "2024-02-29T24:00:00Z",
            "9999-12-31T23:59:59.999Z",
            "Straße",
            "strasse",
        ];
        let key = |text: &str| Key::of(Some(&json!(text)));
        for a in texts {
            for b in texts {
                assert_eq!(key(a).cmp(&key(b)), a.to_lowercase().cmp(&b.to_lowercase()), "{a} {b}");
            }
        }
        let rising = [json!(null), json!(-1.5), json!(3), json!("")];
        assert!(rising.windows(2).all(|two| Key::of(Some(&two[0])) < Key::of(Some(&two[1]))));
        assert_eq!(Key::of(None), Key::of(Some(&json!({}))));
    }

    #[test]
    fn times_as_written_are_known_by_their_form() {
        for text in ["2024-02-29T23:59:59Z", "2024-12-31T00:00:00.001Z", "0001-01-01T00:00:00.000Z"] {
            assert_eq!(Written::read(text).map(Written::text), Some(text.to_lowercase()));
        }
        for text in ["2023-02-29T00:00:00Z", "2024-04-31T00:00:00Z", "2024-01-01T00:00:60Z", "2024-01-01T00:00:0éZ"] {
            assert_eq!(Written::read(text), None, "{text}");
        }
    }
}
