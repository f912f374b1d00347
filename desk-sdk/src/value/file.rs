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

/// A file is read in pieces of this size.
const PIECE: usize = 64 * 1024;

/// A file for a form: its name and content, from memory, from the disk or from a stream.
///
/// From the disk it is read piece by piece while it is sent, and again if the call is repeated. A
/// stream can be sent once only.
#[derive(Clone)]
pub struct FilePart {
    pub(crate) name: String,
    pub(crate) media_type: Option<String>,
    content: Content,
    progress: Option<Arc<dyn Fn(u64) + Send + Sync>>,
}

#[derive(Clone)]
enum Content {
    Memory(Bytes),
    Disk(PathBuf, u64),
    Stream(Arc<Mutex<Option<Pieces>>>, Option<u64>),
}

type Pieces = BoxStream<'static, io::Result<Bytes>>;

impl FilePart {
    /// A file from memory.
    pub fn new(name: impl Into<String>, content: impl Into<Bytes>) -> Self {
        Self { name: name.into(), media_type: None, content: Content::Memory(content.into()), progress: None }
    }

    /// A file from the disk, under its own name.
    ///
    /// # Errors
    ///
    /// When it is not there, or is no file.
    pub async fn open(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref();
        let details = tokio::fs::metadata(path).await?;
        if !details.is_file() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, format!("{} is no file", path.display())));
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Self { name, media_type: None, content: Content::Disk(path.to_owned(), details.len()), progress: None })
    }

    /// A file from a stream, with its size where that is known. The call is not repeated once the
    /// stream was begun.
    pub fn stream(
        name: impl Into<String>,
        pieces: impl Stream<Item = io::Result<Bytes>> + Send + 'static,
        size: Option<u64>,
    ) -> Self {
        let pieces = Arc::new(Mutex::new(Some(pieces.boxed())));
        Self { name: name.into(), media_type: None, content: Content::Stream(pieces, size), progress: None }
    }

    /// Gives the file another name.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// Says what kind of file it is, such as `image/png`. Without that the server judges by the
    /// name.
    #[must_use]
    pub fn media_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }

    /// Calls this with the number of bytes that have been sent, after each piece. When the call is
    /// repeated, it begins again.
    #[must_use]
    pub fn progress(mut self, progress: impl Fn(u64) + Send + Sync + 'static) -> Self {
        self.progress = Some(Arc::new(progress));
        self
    }

    /// Its size in bytes, where that is known.
    pub fn size(&self) -> Option<u64> {
        match &self.content {
            Content::Memory(content) => u64::try_from(content.len()).ok(),
            Content::Disk(_, size) => Some(*size),
            Content::Stream(_, size) => *size,
        }
    }

    /// The content in pieces.
    pub(crate) fn pieces(&self) -> impl Stream<Item = io::Result<Bytes>> + Send + use<> {
        let pieces = match &self.content {
            Content::Memory(content) => memory(content.clone()).boxed(),
            Content::Disk(path, _) => disk(path.clone()).boxed(),
            Content::Stream(pieces, _) => once(Arc::clone(pieces)).boxed(),
        };
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

/// The pieces of a stream that has not been sent yet. It is taken when it is first asked for, so
/// that an attempt that never got so far leaves it whole.
fn once(pieces: Arc<Mutex<Option<Pieces>>>) -> impl Stream<Item = io::Result<Bytes>> + Send {
    let taken = async move {
        let pieces = pieces.lock().unwrap_or_else(PoisonError::into_inner).take();
        pieces.unwrap_or_else(|| {
            let reason = "a file from a stream can be sent once only, and it was begun before";
            stream::once(async move { Err(io::Error::other(reason)) }).boxed()
        })
    };
    taken.flatten_stream()
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
