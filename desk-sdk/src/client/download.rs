//! Calls for files: opened at any byte, or saved whole.

use std::fmt;
use std::path::Path;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use http::StatusCode;
use http::header::{ACCEPT_ENCODING, RANGE};

use super::attempt::{Opened, Rest};
use super::lazy::{Lazy, begun};
use super::options::Options;
use super::range::Part;
use super::save::Saving;
use super::{Client, send};
use crate::call::Call;
use crate::download::Download;
use crate::error::{Error, Result};

/// A call for a file, made when it is awaited. Like [`Pending`](crate::Pending), it is a future.
#[must_use = "a call is made only when it is awaited"]
pub struct Downloading(Lazy<Prepared, Download>);

/// A call for a file before it is made.
struct Prepared {
    client: Client,
    call: Call,
    options: Options,
    start: Option<u64>,
}

impl Downloading {
    pub(crate) fn new(client: &Client, call: Call) -> Self {
        Self::with(client.clone(), call, Options::default())
    }

    pub(crate) fn with(client: Client, mut call: Call, options: Options) -> Self {
        // Positions refer to the uncompressed file.
        call.headers.push((ACCEPT_ENCODING, "identity".to_owned()));
        Self(Lazy::new(Prepared { client, call, options, start: None }))
    }

    /// Declares that making this call twice has the same effect as making it once.
    pub fn repeatable(self) -> Self {
        Self(self.0.change(|prepared| prepared.options.repeatable = true))
    }

    /// As [`Pending::unchecked`](crate::Pending::unchecked).
    pub fn unchecked(self) -> Self {
        Self(self.0.change(|prepared| prepared.options.unchecked = true))
    }

    /// Sets how long it may take until the whole file has arrived, overriding the client's setting. By default, a file
    /// may take any time, as long as bytes keep arriving.
    pub fn timeout(self, timeout: Duration) -> Self {
        Self(self.0.change(|prepared| prepared.options.timeout = Some(timeout)))
    }

    /// Sets how long it may take until the file starts to arrive, overriding the client's
    /// [`Retry::deadline`](crate::Retry::deadline).
    pub fn deadline(self, deadline: Duration) -> Self {
        Self(self.0.change(|prepared| prepared.options.deadline = Some(deadline)))
    }

    /// Starts at this byte instead of the first. If the server does not support this, it sends the whole file, with
    /// status 200 instead of 206; a [saved](Self::save) file starts at this byte all the same.
    pub fn from_byte(self, position: u64) -> Self {
        Self(self.0.change(|prepared| prepared.start = Some(position)))
    }

    /// Saves the file, piece by piece, from its first byte or the [chosen one](Self::from_byte) to its last. Returns
    /// how many bytes were written.
    ///
    /// If the connection breaks, the download resumes where it stopped, provided the server can send the rest of the
    /// same version of the file; otherwise it starts again. The number and duration of attempts follow
    /// [`Retry`](crate::Retry); after each further mebibyte, counting starts again.
    ///
    /// Until it is complete, the file has its own name in the target's folder, `.desk-sdk-….part`. It is then flushed
    /// to disk and replaces the target, even if that is a link. If something fails or the call is dropped, it is
    /// removed, and the target stays as it was.
    ///
    /// # Errors
    ///
    /// Whatever a call can fail with, [`Error::IncompleteFile`] if the server's parts do not form a whole file, and
    /// [`Error::File`] if the file cannot be written.
    pub async fn save(self, target: impl AsRef<Path>) -> Result<u64> {
        let Prepared { client, call, options, start } = self.0.into_prepared().ok_or_else(begun)?;
        Saving::new(client, call, options, start, target.as_ref()).await?.run().await
    }

    /// The call as a plain future: `.send().await` is the same as `.await`.
    pub fn send(self) -> impl Future<Output = Result<Download>> + Send + Unpin {
        self
    }
}

/// A file that has started to arrive, and its position.
pub(super) struct Begun {
    pub(super) download: Download,
    pub(super) start: u64,
    /// The size of the whole file, if the server says so.
    pub(super) total: Option<u64>,
}

impl Begun {
    /// An answer to the request for the file from this byte on.
    pub(super) fn new(opened: Opened<Rest>, asked: u64, largest: usize) -> Result<Self> {
        let Opened { meta, body: Rest { response, place } } = opened;
        let operation = meta.operation.id;
        let (start, total, expected) = if meta.status == StatusCode::PARTIAL_CONTENT.as_u16() {
            let part = Part::asked_for(&meta.headers, asked);
            let part =
                part.map_err(|reason| Error::IncompleteFile { operation, reason: meta.secrets().shortened(reason) })?;
            (part.start, part.total, Some(part.rest()))
        } else {
            (0, response.content_length(), response.content_length())
        };
        Ok(Self { download: Download { meta, response, place, expected, received: 0, largest }, start, total })
    }
}

/// The header that asks for the file from this byte on.
pub(super) fn range(start: u64) -> (http::HeaderName, String) {
    (RANGE, format!("bytes={start}-"))
}

impl Future for Downloading {
    type Output = Result<Download>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.poll(context, |Prepared { client, mut call, options, start }| {
            Box::pin(async move {
                let largest = client.shared.largest_answer;
                call.headers.extend(start.map(range));
                let opened = send::send(client, call, options).await?;
                Ok(Begun::new(opened, start.unwrap_or_default(), largest)?.download)
            })
        })
    }
}

impl fmt::Debug for Downloading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Downloading").field(&self.0.prepared().map(|prepared| &prepared.call)).finish()
    }
}
