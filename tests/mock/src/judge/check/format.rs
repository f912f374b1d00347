//! Texts with a form: dates, times, e-mail addresses, URLs. As lenient as real servers are.

use desk_spec::{Rules, Scalar};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};

/// No single address is longer; a field that takes more takes several addresses, separated by commas.
const LONGEST_ADDRESS: u64 = 320;

/// The expected form of a text of this kind, if the text does not have it.
pub(super) fn check(scalar: Scalar, rules: &Rules, text: &str) -> Result<(), &'static str> {
    let (suits, expected) = match scalar {
        Scalar::Date => (text.parse::<Date>().is_ok(), "a date such as 2024-05-14"),
        Scalar::DateTime => (date_time(text), "a date and time such as 2024-05-14T09:30:00.000Z"),
        Scalar::Duration => (duration(text), "a length of time such as 01:30 hrs"),
        Scalar::TimeRange => (range(text), "two times such as 2024-05-14T09:30:00.000Z, separated by a comma"),
        Scalar::Time => (text.parse::<Time>().is_ok(), "a time such as 09:30"),
        Scalar::Email => (addresses(rules, text), "an e-mail address such as maya@example.com"),
        Scalar::Url => (url(text), "an address such as https://www.example.com/page"),
        _ => (true, ""),
    };
    if suits { Ok(()) } else { Err(expected) }
}

/// With an offset or without, with fractions of a second or without. A date alone is none.
fn date_time(text: &str) -> bool {
    text.parse::<Timestamp>().is_ok() || (text.contains(['T', ' ']) && text.parse::<DateTime>().is_ok())
}

/// Hours and minutes: `41:50 hrs`.
fn duration(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let parts = text.strip_suffix(" hrs").and_then(|text| text.split_once(':'));
    parts.is_some_and(|(hours, minutes)| digits(hours) && minutes.len() == 2 && digits(minutes) && minutes < "60")
}

pub(super) fn range(text: &str) -> bool {
    text.split_once(',').is_some_and(|(from, to)| date_time(from) && date_time(to))
}

fn addresses(rules: &Rules, text: &str) -> bool {
    if rules.max_length.is_some_and(|most| most > LONGEST_ADDRESS) {
        return text.split(',').all(address);
    }
    address(text)
}

/// Something, one `@`, something; a name may stand around it: `Maya <maya@example.com>`.
fn address(text: &str) -> bool {
    let text = text.trim();
    let bare = text.strip_suffix('>').and_then(|text| text.split_once('<')).map_or(text, |(_, bare)| bare);
    let around = bare.split_once('@');
    around.is_some_and(|(before, after)| !before.is_empty() && !after.is_empty() && !after.contains('@'))
        && !bare.contains(char::is_whitespace)
}

/// A scheme and a remainder, a path, or a host with a dot: people leave the scheme out.
fn url(text: &str) -> bool {
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    let scheme = text.len() > rest.len();
    !rest.is_empty() && !text.contains(char::is_whitespace) && (scheme || rest.starts_with('/') || rest.contains('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_that_suit_and_that_do_not() {
        let long = Rules { max_length: Some(13_000), ..Rules::default() };
        let short = Rules::default();
        let table: &[(Scalar, &Rules, &str, bool)] = &[
            (Scalar::Date, &short, "2024-05-14", true),
            (Scalar::Date, &short, "2024-13-14", false),
            (Scalar::Date, &short, "tomorrow", false),
            (Scalar::DateTime, &short, "2024-05-14T09:30:00.000Z", true),
            (Scalar::DateTime, &short, "2024-05-14T09:30:00Z", true),
            (Scalar::DateTime, &short, "2024-05-14T09:30:00+05:30", true),
            (Scalar::DateTime, &short, "2024-05-14T09:30:00.5+0530", true),
            (Scalar::DateTime, &short, "2024-05-14T09:30:00", true),
            (Scalar::DateTime, &short, "2024-05-14 09:30", true),
            (Scalar::DateTime, &short, "2024-05-14", false),
            (Scalar::DateTime, &short, "2024-05-14T25:30:00Z", false),
            (Scalar::DateTime, &short, "", false),
            (Scalar::Duration, &short, "41:50 hrs", true),
            (Scalar::Duration, &short, "41:60 hrs", false),
            (Scalar::Duration, &short, "41:50", false),
            (Scalar::TimeRange, &short, "2024-05-14T09:30:00.000Z,2024-05-15T09:30:00Z", true),
            (Scalar::TimeRange, &short, "2024-05-14T09:30:00.000Z", false),
            (Scalar::TimeRange, &short, "soon,later", false),
            (Scalar::Time, &short, "09:30", true),
            (Scalar::Time, &short, "09:30:15", true),
            (Scalar::Time, &short, "half past nine", false),
            (Scalar::Email, &short, "maya@example.com", true),
            (Scalar::Email, &short, "Maya L <maya@example.com>", true),
            (Scalar::Email, &short, "maya", false),
            (Scalar::Email, &short, "a@b@c", false),
            (Scalar::Email, &short, "a@b,c@d", false),
            (Scalar::Email, &long, "a@b, c@d", true),
            (Scalar::Email, &long, "a@b, c", false),
            (Scalar::Url, &short, "https://example.com", true),
            (Scalar::Url, &short, "www.example.com", true),
            (Scalar::Url, &short, "/support/dv/1", true),
            (Scalar::Url, &short, "not an address", false),
            (Scalar::Url, &short, "https://", false),
            (Scalar::Url, &short, "example", false),
        ];
        for (scalar, rules, text, expected) in table {
            assert_eq!(check(*scalar, rules, text).is_ok(), *expected, "{text:?} as {}", scalar.word());
        }
    }
}
