//! Files, whole or in ranges.

use std::ops::Range;

use crate::exchange::content::Content;
use crate::exchange::incoming::Incoming;
use crate::exchange::reply::Reply;

/// The size of a file by default.
pub(crate) const SIZE: u64 = 4096;

const KIND: &str = "application/octet-stream";

/// The part of a file that a request asks for.
#[derive(Debug, PartialEq, Eq)]
enum Wanted {
    Whole,
    Part(Range<u64>),
    /// A range beyond the end of the file.
    Nothing,
}

/// A file of this size, or the requested range of it.
pub(crate) fn download(status: u16, size: u64, incoming: &Incoming) -> Reply {
    // Files of the same size are identical; files of different sizes differ.
    let tag = format!("\"{size:x}\"");
    let unchanged = incoming.header("if-range").is_none_or(|known| known == tag);
    let wanted = match incoming.header("range").filter(|_| unchanged) {
        Some(range) => wanted(range, size),
        None => Wanted::Whole,
    };
    let mut headers = vec![("accept-ranges", "bytes".to_owned()), ("etag", tag)];
    let (status, range) = match wanted {
        Wanted::Whole => (status, 0..size),
        Wanted::Part(range) => {
            headers.push(("content-range", format!("bytes {}-{}/{size}", range.start, range.end.saturating_sub(1))));
            (206, range)
        }
        Wanted::Nothing => {
            headers.push(("content-range", format!("bytes */{size}")));
            return Reply { headers, ..Reply::empty(416) };
        }
    };
    let content_type = Some(KIND.to_owned());
    Reply { content_type, headers, body: Content::File(range), ..Reply::empty(status) }
}

/// An invalid header means the whole file, as does one with several ranges.
fn wanted(range: &str, size: u64) -> Wanted {
    let Some((first, last)) = range.strip_prefix("bytes=").and_then(|range| range.split_once('-')) else {
        return Wanted::Whole;
    };
    let part = match (first.parse::<u64>(), last.parse::<u64>()) {
        (Ok(first), Ok(last)) if first <= last => first..size.min(last.saturating_add(1)),
        (Ok(first), Err(_)) if last.is_empty() => first..size,
        (Err(_), Ok(length)) if first.is_empty() => size.saturating_sub(length)..size,
        _ => return Wanted::Whole,
    };
    if part.start >= part.end { Wanted::Nothing } else { Wanted::Part(part) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges() {
        let table = [
            ("bytes=0-0", Wanted::Part(0..1)),
            ("bytes=10-19", Wanted::Part(10..20)),
            ("bytes=10-", Wanted::Part(10..100)),
            ("bytes=90-1000", Wanted::Part(90..100)),
            ("bytes=-5", Wanted::Part(95..100)),
            ("bytes=-500", Wanted::Part(0..100)),
            ("bytes=100-", Wanted::Nothing),
            ("bytes=-0", Wanted::Nothing),
            ("bytes=20-10", Wanted::Whole),
            ("bytes=0-1,3-4", Wanted::Whole),
            ("bytes=-", Wanted::Whole),
            ("bytes=a-b", Wanted::Whole),
            ("lines=1-2", Wanted::Whole),
        ];
        for (range, expected) in table {
            assert_eq!(wanted(range, 100), expected, "{range}");
        }
    }
}
