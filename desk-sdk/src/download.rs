//! Files as they are received.

use std::fmt;

use bytes::{Bytes, BytesMut};
use futures_util::{Stream, StreamExt as _, stream};
use tokio::sync::OwnedSemaphorePermit;

use crate::answer::Meta;
use crate::error::{Error, Result};

/// A file that is being received, piece by piece.
///
/// It ends with the file's last byte or with an error: an answer with fewer or more bytes than announced is
/// [`Error::IncompleteFile`]. Until then it counts as one of the [simultaneous
/// calls](crate::ClientBuilder::simultaneous_calls), unless it is dropped.
pub struct Download {
    pub(crate) meta: Meta,
    pub(crate) response: reqwest::Response,
    /// The call's slot, given back once the file has arrived, is lost or is dropped.
    pub(crate) place: Option<OwnedSemaphorePermit>,
    /// How many bytes there will be in total, if the server says so.
    pub(crate) expected: Option<u64>,
    pub(crate) received: u64,
    /// The largest size that [`bytes`](Self::bytes) accepts.
    pub(crate) largest: usize,
}

impl Download {
    /// A file from memory or a stream, for tests. Its operation is unnamed, unless set with
    /// [`with_meta`](Self::with_meta).
    ///
    /// ```
    /// # async fn example() -> desk_sdk::Result<()> {
    /// let download = desk_sdk::Download::new("some text");
    /// assert_eq!(download.size(), Some(9));
    /// assert_eq!(download.bytes().await?, "some text");
    /// # Ok(())
    /// # }
    /// ```
    pub fn new(content: impl Into<reqwest::Body>) -> Self {
        let response = reqwest::Response::from(http::Response::new(content.into()));
        let expected = response.content_length();
        Self { meta: Meta::unnamed(), response, place: None, expected, received: 0, largest: usize::MAX }
    }

    /// Sets another status, other headers, or another operation.
    #[must_use]
    pub fn with_meta(mut self, meta: Meta) -> Self {
        self.meta = meta;
        self
    }

    /// Status, headers and credits.
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// The file's media type according to the server, such as `image/png`.
    pub fn media_type(&self) -> Option<&str> {
        self.meta.headers.get(http::header::CONTENT_TYPE)?.to_str().ok()
    }

    /// The size of the download in bytes, if the server says so.
    pub fn size(&self) -> Option<u64> {
        self.expected
    }

    /// The next piece; `None` at the end.
    ///
    /// # Errors
    ///
    /// [`Error::Transport`] if the connection breaks, and [`Error::IncompleteFile`] if it ends before the file does.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>> {
        let piece = self.next().await;
        if !matches!(piece, Ok(Some(_))) {
            self.place = None;
        }
        piece
    }

    async fn next(&mut self) -> Result<Option<Bytes>> {
        // A compressed file can be unpacked for a long time without waiting for the network; let others have their
        // turn.
        tokio::task::consume_budget().await;
        let piece = match self.response.chunk().await {
            Ok(piece) => piece,
            // An error after the last byte does no harm.
            Err(_) if self.expected == Some(self.received) => None,
            Err(source) => return Err(Error::transport(self.meta.operation, source)),
        };
        self.received += piece.as_ref().map_or(0, length);
        let wrong = match self.expected {
            Some(expected) if piece.is_none() => self.received != expected,
            Some(expected) => self.received > expected,
            None => false,
        };
        if wrong { Err(self.incomplete()) } else { Ok(piece) }
    }

    fn incomplete(&self) -> Error {
        let (received, expected) = (self.received, self.expected.unwrap_or_default());
        let reason = format!("{received} bytes arrived, but {expected} were expected");
        Error::IncompleteFile { operation: self.meta.operation.id, reason }
    }

    /// The pieces as a stream, which ends after the first error.
    pub fn into_stream(self) -> impl Stream<Item = Result<Bytes>> + Send {
        let pieces = |mut download: Self| async { Ok(download.chunk().await?.map(|piece| (piece, download))) };
        stream::try_unfold(self, pieces).boxed()
    }

    /// The whole file in memory.
    ///
    /// # Errors
    ///
    /// As [`chunk`](Self::chunk), and [`Error::AnswerTooLarge`] if it is larger than the client's
    /// [`largest_answer`](crate::ClientBuilder::largest_answer).
    pub async fn bytes(mut self) -> Result<Bytes> {
        let mut content = BytesMut::new();
        while let Some(piece) = self.chunk().await? {
            if piece.len() > self.largest - content.len() {
                return Err(Error::AnswerTooLarge { operation: self.meta.operation.id, limit: self.largest });
            }
            content.extend_from_slice(&piece);
        }
        Ok(content.freeze())
    }
}

/// How many bytes these are.
pub(crate) fn length(bytes: &Bytes) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download").field("meta", &self.meta).finish_non_exhaustive()
    }
}
