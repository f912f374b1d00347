//! Files to send.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use futures_util::stream::{self, BoxStream};
use futures_util::{FutureExt as _, Stream, StreamExt as _};
use tokio::fs::File;
use tokio::io::AsyncReadExt as _;

use crate::invalid_call::{BrokenRule, InvalidCall};
use crate::operation::Operation;

/// The size of the pieces in which a file is read.
const PIECE: usize = 64 * 1024;

/// A file for a form: its name and content, from memory, disk or a stream.
///
/// A file on disk is read piece by piece as it is sent, and again if the call is repeated. A stream can only be sent
/// once. If the actual size differs from the announced one, for example because the file is being written to, the call
/// fails.
#[derive(Clone)]
pub struct FilePart {
    pub(crate) name: String,
    pub(crate) media_type: Option<String>,
    source: Arc<dyn Source>,
    progress: Option<Arc<dyn Fn(u64) + Send + Sync>>,
}

/// Where the content of a file comes from. Programs link only the sources that they use.
trait Source: Send + Sync {
    /// The size in bytes, if known.
    fn size(&self) -> Option<u64>;

    /// The content of a file with this name, from its start.
    fn pieces(&self, name: &str) -> Pieces;
}

struct Memory(Bytes);

struct Disk(PathBuf, u64);

struct Streamed(Arc<Mutex<Option<Pieces>>>, Option<u64>);

type Pieces = BoxStream<'static, io::Result<Bytes>>;

impl Source for Memory {
    fn size(&self) -> Option<u64> {
        u64::try_from(self.0.len()).ok()
    }

    fn pieces(&self, _: &str) -> Pieces {
        memory(self.0.clone()).boxed()
    }
}

impl Source for Disk {
    fn size(&self) -> Option<u64> {
        Some(self.1)
    }

    fn pieces(&self, name: &str) -> Pieces {
        exactly(disk(self.0.clone()), name.to_owned(), self.1).boxed()
    }
}

impl Source for Streamed {
    fn size(&self) -> Option<u64> {
        self.1
    }

    fn pieces(&self, name: &str) -> Pieces {
        let pieces = once(Arc::clone(&self.0));
        match self.1 {
            Some(size) => exactly(pieces, name.to_owned(), size).boxed(),
            None => pieces.boxed(),
        }
    }
}

impl FilePart {
    /// A file from memory.
    pub fn new(name: impl Into<String>, content: impl Into<Bytes>) -> Self {
        Self::from_source(name.into(), Memory(content.into()))
    }

    /// A file from disk, under its own name.
    ///
    /// # Errors
    ///
    /// If it does not exist or is not a file.
    pub async fn open(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref();
        let details = tokio::fs::metadata(path).await?;
        if !details.is_file() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, format!("{} is not a file", path.display())));
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Self::from_source(name, Disk(path.to_owned(), details.len())))
    }

    /// A file from a stream, with its size if known. Once reading the stream has started, the call is not repeated.
    pub fn stream(
        name: impl Into<String>,
        pieces: impl Stream<Item = io::Result<Bytes>> + Send + 'static,
        size: Option<u64>,
    ) -> Self {
        let pieces = Arc::new(Mutex::new(Some(pieces.boxed())));
        Self::from_source(name.into(), Streamed(pieces, size))
    }

    fn from_source(name: String, source: impl Source + 'static) -> Self {
        Self { name, media_type: None, source: Arc::new(source), progress: None }
    }

    /// Sets the file's name.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// Sets the media type, such as `image/png`. Without it, the server goes by the name.
    #[must_use]
    pub fn media_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }

    /// Calls this after each piece with the number of bytes sent so far. If the call is repeated, counting starts
    /// again.
    #[must_use]
    pub fn progress(mut self, progress: impl Fn(u64) + Send + Sync + 'static) -> Self {
        self.progress = Some(Arc::new(progress));
        self
    }

    /// Its size in bytes, if known.
    pub fn size(&self) -> Option<u64> {
        self.source.size()
    }

    /// Whether a form can contain the file: its name becomes part of a header.
    pub(crate) fn check(&self, operation: &Operation, field: &str) -> Result<(), InvalidCall> {
        if !self.name.contains(char::is_control) {
            return Ok(());
        }
        let rule = "a file whose name has no line feeds or other control characters";
        Err(InvalidCall::new(operation, BrokenRule::new(field, &self.name.as_str().into(), rule)))
    }

    /// The content in pieces.
    pub(crate) fn pieces(&self) -> impl Stream<Item = io::Result<Bytes>> + Send + use<> {
        let pieces = self.source.pieces(&self.name);
        let progress = self.progress.clone();
        let mut sent = 0;
        pieces.inspect(move |piece| {
            if let (Some(progress), Ok(piece)) = (&progress, piece) {
                sent += u64::try_from(piece.len()).unwrap_or_default();
                progress(sent);
            }
        })
    }
}

fn memory(content: Bytes) -> impl Stream<Item = io::Result<Bytes>> + Send {
    stream::unfold(content, |mut rest| async move {
        let piece = rest.split_to(rest.len().min(PIECE));
        (!piece.is_empty()).then_some((Ok(piece), rest))
    })
}

fn disk(path: PathBuf) -> impl Stream<Item = io::Result<Bytes>> + Send {
    stream::unfold(State::Closed(path), |state| async move {
        let opened = match state {
            State::Closed(path) => File::open(path).await,
            State::Open(file) => Ok(file),
            State::Done => return None,
        };
        let mut file = match opened {
            Ok(file) => file,
            Err(error) => return Some((Err(error), State::Done)),
        };
        let mut piece = Vec::with_capacity(PIECE);
        let limit = u64::try_from(PIECE).unwrap_or_default();
        match (&mut file).take(limit).read_to_end(&mut piece).await {
            Ok(0) => None,
            Ok(_) => Some((Ok(piece.into()), State::Open(file))),
            Err(error) => Some((Err(error), State::Done)),
        }
    })
}

/// The pieces of a stream that has not been sent yet. It is taken when first needed, so an attempt that never gets that
/// far leaves it intact.
fn once(pieces: Arc<Mutex<Option<Pieces>>>) -> impl Stream<Item = io::Result<Bytes>> + Send {
    let taken = async move {
        let pieces = pieces.lock().unwrap_or_else(PoisonError::into_inner).take();
        pieces.unwrap_or_else(|| {
            let reason = "a file from a stream can only be sent once, and this one was already started";
            stream::once(async move { Err(io::Error::other(reason)) }).boxed()
        })
    };
    taken.flatten_stream()
}

/// The pieces of a file with an announced size. If the size turns out to be wrong because the file has changed, sending
/// fails before the end: the size was sent first, so the server would otherwise see a truncated form.
fn exactly(
    pieces: impl Stream<Item = io::Result<Bytes>> + Send + 'static,
    name: String,
    size: u64,
) -> impl Stream<Item = io::Result<Bytes>> + Send {
    let wrong = move |found: &str| io::Error::other(format!("{name:?} was announced with {size} bytes but {found}"));
    stream::unfold((Box::pin(pieces), Some(size), wrong), |(mut pieces, left, wrong)| async move {
        let left = left?;
        let (piece, left) = match pieces.next().await {
            Some(Ok(piece)) => match left.checked_sub(u64::try_from(piece.len()).unwrap_or(u64::MAX)) {
                None => (Err(wrong("has more")), None),
                left => (Ok(piece), left),
            },
            Some(Err(error)) => (Err(error), None),
            None if left > 0 => (Err(wrong(&format!("ended {left} bytes early"))), None),
            None => return None,
        };
        Some((piece, (pieces, left, wrong)))
    })
}

enum State {
    Closed(PathBuf),
    Open(File),
    Done,
}

impl fmt::Debug for FilePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.size() {
            Some(size) => write!(f, "FilePart({:?}, {size} bytes)", self.name),
            None => write!(f, "FilePart({:?}, of unknown size)", self.name),
        }
    }
}
