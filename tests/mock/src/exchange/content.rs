//! The body of an answer: bytes, or a file too large for memory.

use std::io;
use std::ops::Range;
use std::time::Duration;

use bytes::Bytes;
use futures_util::{StreamExt, stream};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt as _, Full, StreamBody};
use hyper::body::Frame;
use serde_json::Value;

/// Byte `i` of a file is `i % PERIOD`. The period is a prime number, so that pieces of any even size differ.
const PERIOD: u8 = 251;

/// How often a piece of a file repeats the pattern; a piece is about 64 KiB.
const REPEATS: usize = 260;

/// How long a connection stays open after half an answer, so that the half gets sent.
const BEFORE_BREAKING: Duration = Duration::from_millis(20);

/// A body of the HTTP library's type.
pub(crate) type Body = UnsyncBoxBody<Bytes, io::Error>;

/// A body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    Bytes(Vec<u8>),
    /// A range of a file whose bytes repeat [`PERIOD`].
    File(Range<u64>),
}

impl Content {
    pub(crate) fn len(&self) -> u64 {
        match self {
            Self::Bytes(bytes) => u64::try_from(bytes.len()).unwrap_or(u64::MAX),
            Self::File(range) => range.end.saturating_sub(range.start),
        }
    }

    /// The first half.
    pub(crate) fn half(self) -> Self {
        match self {
            Self::Bytes(mut bytes) => {
                bytes.truncate(bytes.len() / 2);
                Self::Bytes(bytes)
            }
            Self::File(range) => {
                let half = range.end.saturating_sub(range.start) / 2;
                Self::File(range.start..range.start + half)
            }
        }
    }

    /// The document, if it is one.
    pub(crate) fn json(&self) -> Option<Value> {
        match self {
            Self::Bytes(bytes) => serde_json::from_slice(bytes).ok(),
            Self::File(_) => None,
        }
    }

    /// The same body with an error in the middle that makes any JSON invalid.
    pub(crate) fn broken_json(self) -> Self {
        match self {
            Self::Bytes(mut bytes) => {
                let middle = bytes.len() / 2;
                bytes.splice(middle..middle, *b"\"}\0]{\"");
                Self::Bytes(bytes)
            }
            Self::File(range) => Self::File(range),
        }
    }

    /// The bytes, if they are held in memory.
    #[cfg(test)]
    pub(crate) fn bytes(&self) -> &[u8] {
        match self {
            Self::Bytes(bytes) => bytes,
            Self::File(_) => &[],
        }
    }

    /// The whole body, in the HTTP library's type.
    pub(crate) fn body(self) -> Body {
        match self {
            Self::Bytes(bytes) => whole(bytes.into()),
            Self::File(range) if range.is_empty() => whole(Bytes::new()),
            Self::File(range) => {
                StreamBody::new(stream::iter(Pieces::new(range).map(Frame::data).map(Ok))).boxed_unsync()
            }
        }
    }

    /// A body that ends in an error after its first half, which makes the connection close.
    pub(crate) fn broken_body(self) -> Body {
        let half = match self.half() {
            Self::Bytes(bytes) => stream::iter(vec![Bytes::from(bytes)]).left_stream(),
            Self::File(range) => stream::iter(Pieces::new(range)).right_stream(),
        };
        let end = stream::once(async {
            // Data still in the library's buffer when the error occurs is never sent.
            tokio::time::sleep(BEFORE_BREAKING).await;
            Err(io::Error::other("the test wants the connection closed here"))
        });
        StreamBody::new(half.map(Frame::data).map(Ok).chain(end)).boxed_unsync()
    }
}

fn whole(bytes: Bytes) -> Body {
    Full::new(bytes).map_err(|never| match never {}).boxed_unsync()
}

/// A file's bytes, piece by piece; all pieces share one block of memory.
#[derive(Debug)]
struct Pieces {
    left: Range<u64>,
    block: Bytes,
}

impl Pieces {
    fn new(left: Range<u64>) -> Self {
        let block = (0..PERIOD).cycle().take(usize::from(PERIOD) * REPEATS).collect();
        Self { left, block }
    }
}

impl Iterator for Pieces {
    type Item = Bytes;

    fn next(&mut self) -> Option<Bytes> {
        let left = self.left.end.saturating_sub(self.left.start);
        let first = usize::try_from(self.left.start % u64::from(PERIOD)).unwrap_or_default();
        let length = usize::try_from(left).unwrap_or(usize::MAX).min(self.block.len().saturating_sub(first));
        if length == 0 {
            return None;
        }
        self.left.start = self.left.start.saturating_add(u64::try_from(length).unwrap_or(left));
        Some(self.block.slice(first..first + length))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_carry_on_where_the_last_one_ended() {
        for range in [0..0, 0..1, 5..4096, 250..252, 3..200_000, 65_259..130_600] {
            let made: Vec<u8> = Pieces::new(range.clone()).flatten().collect();
            let expected: Vec<u8> = range.clone().map(|at| u8::try_from(at % 251).unwrap()).collect();
            assert!(made == expected, "{range:?}");
            assert_eq!(Content::File(range.clone()).len(), range.end - range.start);
        }
    }

    #[test]
    fn a_half_is_the_first_one() {
        assert_eq!(Content::Bytes(b"abcde".to_vec()).half(), Content::Bytes(b"ab".to_vec()));
        assert_eq!(Content::File(10..20).half(), Content::File(10..15));
    }
}
