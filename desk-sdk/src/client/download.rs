//! Files that are received: opened at any byte, or saved whole although connections break.

use std::fmt;
use std::future::IntoFuture;
use std::io::{self, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::Duration;

use http::StatusCode;
use http::header::{ACCEPT_ENCODING, ACCEPT_RANGES, ETAG, IF_RANGE, RANGE};
use tokio::fs::{self, File, OpenOptions};
use tokio::io::{AsyncSeekExt as _, AsyncWriteExt as _};

use super::Client;
use super::pending::Boxed;
use super::send::{self, Options};
use crate::answer::Download;
use crate::call::Call;
use crate::{Error, Result};

/// So often a download goes on where it broke off without a single byte in between.
const STALLS: usize = 3;

/// A call for a file, made when it is awaited.
#[must_use = "a call is made only when it is awaited"]
pub struct Downloading<'a> {
    client: &'a Client,
    call: Call,
    options: Options,
}

impl<'a> Downloading<'a> {
    pub(crate) fn new(client: &'a Client, call: Call) -> Self {
        Self::with(client, call, Options::default())
    }

    pub(super) fn with(client: &'a Client, mut call: Call, options: Options) -> Self {
        // Positions in a file are counted in what it is, not in what it is packed to.
        call.headers.push((ACCEPT_ENCODING, "identity".to_owned()));
        Self { client, call, options }
    }

    /// Says that making this call twice does no more than making it once.
    pub fn repeatable(mut self) -> Self {
        self.options.repeatable = true;
        self
    }

    /// As [`Pending::unchecked`](crate::Pending::unchecked).
    pub fn unchecked(mut self) -> Self {
        self.options.unchecked = true;
        self
    }

    /// How long it may take until the file has come whole, instead of what the client has set.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = Some(timeout);
        self
    }

    /// Begins at this byte instead of the first. Where the server does not support that, the
    /// whole file comes, with status 200 instead of 206.
    pub fn from_byte(mut self, position: u64) -> Self {
        self.call.headers.push((RANGE, format!("bytes={position}-")));
        self
    }

    /// Saves the file, piece by piece. Until it is whole it stands beside the target as
    /// `<target>.part`; when the connection breaks, it goes on where it was, if the server
    /// supports that. The result is the file's size.
    ///
    /// # Errors
    ///
    /// Whatever a call can fail with, and [`Error::File`] when the file cannot be written. What has
    /// come so far is kept then only where the connection broke for good.
    pub async fn save(self, target: impl AsRef<Path>) -> Result<u64> {
        let target = target.as_ref();
        let part = part_of(target);
        let operation = self.call.operation();
        let failed = |source: io::Error| Error::File { operation: operation.id, path: target.to_owned(), source };
        let mut download = self.open(&self.call).await?;
        let options = OpenOptions::new().create(true).write(true).truncate(true).open(&part).await;
        let mut saving = Saving { file: options.map_err(failed)?, written: 0 };
        let mut stalls = 0;
        loop {
            let before = saving.written;
            let Err(lost) = saving.take(&mut download, failed).await else { break };
            stalls = if saving.written > before { 0 } else { stalls + 1 };
            let Some(rest) = continuation(&download, saving.written).filter(|_| stalls < STALLS) else {
                return Err(lost);
            };
            let mut call = self.call.clone();
            call.headers.extend(rest);
            download = self.open(&call).await?;
            if download.meta().status() != StatusCode::PARTIAL_CONTENT {
                // The file is another one by now, or the server sends all of it again.
                saving.start_again().await.map_err(failed)?;
            }
        }
        saving.file.sync_all().await.map_err(failed)?;
        fs::rename(&part, target).await.map_err(failed)?;
        Ok(saving.written)
    }

    async fn open(&self, call: &Call) -> Result<Download> {
        let (meta, rest) = send::open(self.client, call.clone(), self.options).await?;
        Ok(Download { meta, response: rest.response, place: rest.place })
    }
}

struct Saving {
    file: File,
    written: u64,
}

impl Saving {
    /// Writes what comes, to the end.
    async fn take(&mut self, download: &mut Download, failed: impl Fn(io::Error) -> Error) -> Result<()> {
        while let Some(piece) = download.chunk().await? {
            self.file.write_all(&piece).await.map_err(&failed)?;
            self.written += u64::try_from(piece.len()).unwrap_or_default();
        }
        self.file.flush().await.map_err(failed)
    }

    async fn start_again(&mut self) -> io::Result<()> {
        self.file.set_len(0).await?;
        self.file.seek(SeekFrom::Start(0)).await?;
        self.written = 0;
        Ok(())
    }
}

/// The headers that ask for the rest of a file, if the server can send it.
fn continuation(download: &Download, written: u64) -> Option<[(http::HeaderName, String); 2]> {
    let headers = download.meta().headers();
    let text = |name| headers.get(name)?.to_str().ok();
    let ranges = text(ACCEPT_RANGES).is_some_and(|ranges| ranges.contains("bytes"));
    // A strong tag makes sure that both parts are of the same file.
    let tag = text(ETAG).filter(|tag| ranges && !tag.starts_with("W/"))?;
    Some([(RANGE, format!("bytes={written}-")), (IF_RANGE, tag.to_owned())])
}

fn part_of(target: &Path) -> PathBuf {
    let mut name = target.as_os_str().to_owned();
    name.push(".part");
    name.into()
}

impl<'a> IntoFuture for Downloading<'a> {
    type Output = Result<Download>;
    type IntoFuture = Boxed<'a, Download>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.open(&self.call).await })
    }
}

impl fmt::Debug for Downloading<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Downloading").field(&self.call).finish()
    }
}
