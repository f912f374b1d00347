//! Files to send.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use futures_util::{Stream, StreamExt as _, stream};
use tokio::fs::File;
use tokio::io::AsyncReadExt as _;

/// A file is read in pieces of this size.
const PIECE: usize = 64 * 1024;

/// A file for a form: its name and content, from memory or from the disk.
///
/// From the disk it is read piece by piece while it is sent, and again if the call is repeated.
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
}

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

    /// Its size in bytes.
    pub fn size(&self) -> u64 {
        match &self.content {
            Content::Memory(content) => u64::try_from(content.len()).unwrap_or(u64::MAX),
            Content::Disk(_, size) => *size,
        }
    }

    /// The content in pieces.
    pub(crate) fn pieces(&self) -> impl Stream<Item = io::Result<Bytes>> + Send + use<> {
        let pieces = match &self.content {
            Content::Memory(content) => memory(content.clone()).left_stream(),
            Content::Disk(path, _) => disk(path.clone()).right_stream(),
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

enum State {
    Closed(PathBuf),
    Open(File),
    Done,
}

impl fmt::Debug for FilePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FilePart({:?}, {} bytes)", self.name, self.size())
    }
}
