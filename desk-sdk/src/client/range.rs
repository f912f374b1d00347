//! Parts of a file: what a server says about them, and whether they belong together.

use http::HeaderMap;
use http::header::{ACCEPT_RANGES, CONTENT_RANGE, DATE, ETAG, LAST_MODIFIED};
use jiff::Timestamp;

use crate::shown::line;

/// What an answer says about the part of the file that it contains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// Where it starts.
    pub(super) start: u64,
    /// Where it ends: the position after its last byte.
    pub(super) end: u64,
    /// The size of the whole file, if known.
    pub(super) total: Option<u64>,
}

impl Part {
    /// The part in a 206, which must be the requested one: from this byte on.
    pub(super) fn asked_for(headers: &HeaderMap, start: u64) -> Result<Self, String> {
        let mut told = headers.get_all(CONTENT_RANGE).iter();
        let (Some(range), None) = (told.next(), told.next()) else {
            return Err("a part arrived that does not say which one it is".to_owned());
        };
        let text = String::from_utf8_lossy(range.as_bytes());
        match Self::parse(&text) {
            Some(part) if part.start == start => Ok(part),
            Some(_) => Err(format!(
                "the part from byte {start} on was requested, but another one arrived: {}",
                line(&text, 80)
            )),
            None => Err(format!("a part arrived that the server describes as {:?}", line(&text, 80))),
        }
    }

    /// `bytes 0-99/1000`, or with an asterisk if the total size is not known.
    fn parse(text: &str) -> Option<Self> {
        let (range, total) = text.trim().strip_prefix("bytes ")?.split_once('/')?;
        let (first, last) = range.split_once('-')?;
        let part = Self {
            start: number(first)?,
            end: number(last)?.checked_add(1)?,
            total: if total == "*" { None } else { Some(number(total)?) },
        };
        (part.start < part.end && part.total.is_none_or(|total| part.end <= total)).then_some(part)
    }

    /// How much remains from here to the end of the file; a part that ends earlier is incomplete.
    pub(super) fn rest(&self) -> u64 {
        self.total.unwrap_or(self.end) - self.start
    }
}

/// Only digits; a number could otherwise start with a plus sign.
fn number(text: &str) -> Option<u64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

/// How a server distinguishes one version of a file from another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Version {
    tag: Option<String>,
    modified: Option<String>,
    /// Whether parts may be requested, and the last change is long enough ago to rule out another one.
    parts: bool,
    settled: bool,
}

impl Version {
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let modified = text(LAST_MODIFIED);
        Self {
            tag: text(ETAG),
            parts: text(ACCEPT_RANGES).is_none_or(|parts| parts.trim() != "none"),
            settled: match (modified.as_deref().and_then(time), text(DATE).as_deref().and_then(time)) {
                (Some(modified), Some(now)) => modified < now,
                (modified, _) => modified.is_some(),
            },
            modified,
        }
    }

    /// What a server needs in order to send the rest of exactly this version.
    pub(super) fn condition(&self) -> Option<&str> {
        let strong = self.tag.as_deref().filter(|tag| !tag.starts_with("W/"));
        strong.or(self.modified.as_deref().filter(|_| self.settled)).filter(|_| self.parts)
    }

    /// Whether a later part may belong to this version. It need not repeat the time of the last change.
    pub(super) fn may_be(&self, later: &Self) -> bool {
        self.tag == later.tag && (later.modified.is_none() || later.modified == self.modified)
    }
}

/// A time as HTTP's headers write it.
pub(super) fn time(text: &str) -> Option<Timestamp> {
    Timestamp::try_from(httpdate::parse_http_date(text).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use http::HeaderName;

    use super::*;

    fn headers<const N: usize>(pairs: [(HeaderName, &str); N]) -> HeaderMap {
        pairs.into_iter().map(|(name, value)| (name, value.parse().unwrap())).collect()
    }

    #[test]
    fn parts_are_read() {
        let part = |start, end, total| Some(Part { start, end, total });
        assert_eq!(Part::parse("bytes 0-99/1000"), part(0, 100, Some(1000)));
        assert_eq!(Part::parse(" bytes 5-5/*"), part(5, 6, None));
        for odd in [
            "",
            "bytes */1000",
            "bytes 9-5/10",
            "bytes 0-10/10",
            "bytes 0-99",
            "bytes +1-2/3",
            "bytes 0-18446744073709551615/*",
            "bytes -5/10",
            "lines 0-1/2",
            "bytes 0-1,3-4/5",
        ] {
            assert_eq!(Part::parse(odd), None, "{odd}");
        }
    }

    #[test]
    fn a_part_must_be_the_one_that_was_asked_for() {
        let told = |range| Part::asked_for(&headers([(CONTENT_RANGE, range)]), 5);
        assert_eq!(told("bytes 5-9/20").map(|part| part.rest()), Ok(15), "all that is missing is to come");
        assert_eq!(told("bytes 5-9/*").map(|part| part.rest()), Ok(5));
        assert!(told("bytes 4-9/10").is_err_and(|reason| reason.contains("from byte 5 on")));
        assert!(Part::asked_for(&HeaderMap::new(), 5).is_err());
        let mut twice = headers([(CONTENT_RANGE, "bytes 5-9/10")]);
        twice.append(CONTENT_RANGE, "bytes 5-9/20".parse().unwrap());
        assert!(Part::asked_for(&twice, 5).is_err());
    }

    #[test]
    fn versions_are_told_apart() {
        const TIME: &str = "Sun, 06 Nov 1994 08:49:37 GMT";
        const LATER: &str = "Sun, 06 Nov 1994 08:49:38 GMT";
        let version =
            |tag, modified, date| Version::of(&headers([(ETAG, tag), (LAST_MODIFIED, modified), (DATE, date)]));
        assert_eq!(version("\"a\"", TIME, LATER).condition(), Some("\"a\""));
        assert_eq!(version("W/\"a\"", TIME, LATER).condition(), Some(TIME));
        assert_eq!(version("W/\"a\"", TIME, TIME).condition(), None, "it may be changed within that second");
        assert_eq!(Version::of(&headers([(LAST_MODIFIED, TIME)])).condition(), Some(TIME));
        assert_eq!(Version::of(&headers([(ETAG, "\"a\""), (ACCEPT_RANGES, "none")])).condition(), None);
        assert_eq!(Version::default().condition(), None);
        let first = version("\"a\"", TIME, LATER);
        assert!(first.may_be(&version("\"a\"", TIME, LATER)));
        assert!(first.may_be(&Version::of(&headers([(ETAG, "\"a\"")]))));
        assert!(!first.may_be(&version("\"b\"", TIME, LATER)));
        assert!(!first.may_be(&version("\"a\"", LATER, LATER)));
        assert!(!first.may_be(&Version::default()));
    }
}
