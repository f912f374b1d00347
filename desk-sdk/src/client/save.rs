//! Saves a whole file even if connections break.

use std::io;
use std::path::Path;

use http::StatusCode;
use http::header::IF_RANGE;
use tokio::time::Instant;

use super::attempt::{Opened, Rest};
use super::download::{Begun, range};
use super::new_file::NewFile;
use super::options::Options;
use super::patience::Patience;
use super::range::Version;
use super::retry::{Effect, Failure};
use super::{Client, send};
use crate::call::Call;
use crate::download::length;
use crate::error::{Error, Result};
use crate::operation::Operation;

/// After how many further bytes earlier failures are forgotten. With fewer, a server that breaks off after each byte
/// could keep a save busy forever.
const PROGRESS: u64 = 1024 * 1024;

/// A file being saved to disk.
pub(super) struct Saving<'a> {
    client: Client,
    call: Call,
    options: Options,
    /// When the caller wants it to be complete.
    until: Option<Instant>,
    /// The first byte that is saved, if the caller chose one.
    start: Option<u64>,
    target: &'a Path,
    file: NewFile,
    /// How many bytes are in the file.
    written: u64,
    /// How many there were when the count of attempts was last reset.
    counted: u64,
    known: Known,
}

/// What is known about the file that the written bytes belong to.
#[derive(Default)]
struct Known {
    version: Version,
    total: Option<u64>,
}

impl<'a> Saving<'a> {
    pub(super) async fn new(
        client: Client,
        call: Call,
        mut options: Options,
        start: Option<u64>,
        target: &'a Path,
    ) -> Result<Self> {
        let file = NewFile::beside(target).await.map_err(|source| failed(call.operation(), target, source))?;
        let until = options.timeout.and_then(|timeout| Instant::now().checked_add(timeout));
        if let Some(timeout) = options.timeout {
            // The time limit applies to all attempts together.
            options.deadline = Some(options.deadline.unwrap_or(client.shared.retry.deadline).min(timeout));
        }
        let known = Known::default();
        Ok(Self { client, call, options, until, start, target, file, written: 0, counted: 0, known })
    }

    /// Saves the file.
    pub(super) async fn run(mut self) -> Result<u64> {
        let operation = self.call.operation();
        let (call, _) = self.request();
        let opened = send::send(self.client.clone(), call, self.options).await?;
        let mut patience = self.patience();
        let mut result = self.begin(opened).await;
        while let Err(failure) = result {
            if self.written >= self.counted.saturating_add(PROGRESS) {
                self.counted = self.written;
                patience = self.patience();
            }
            if self.is_late() || !patience.wait(&failure).await {
                return Err(failure.error);
            }
            result = self.go_on(&patience).await;
        }
        self.file.take_place().await.map_err(|source| failed(operation, self.target, source))?;
        Ok(self.written)
    }

    fn patience(&self) -> Patience {
        Patience::new(&self.client, self.call.operation(), self.options)
    }

    fn is_late(&self) -> bool {
        self.until.is_some_and(|until| until <= Instant::now())
    }

    /// The request for the missing bytes, and whether it asks for the rest of what is there.
    fn request(&self) -> (Call, bool) {
        let mut call = self.call.clone();
        let condition = self.known.version.condition().filter(|_| self.written > 0);
        match condition {
            Some(condition) => call.headers.extend([range(self.position()), (IF_RANGE, condition.to_owned())]),
            None => call.headers.extend(self.start.map(range)),
        }
        (call, condition.is_some())
    }

    /// The position in the server's file of the next byte to be written.
    fn position(&self) -> u64 {
        self.start.unwrap_or_default().saturating_add(self.written)
    }

    /// Another request, for the rest if the server can send it.
    async fn go_on(&mut self, patience: &Patience) -> Result<(), Failure> {
        let (call, continues) = self.request();
        let timeout = self.until.map(|until| until.saturating_duration_since(Instant::now()));
        self.options.timeout = timeout;
        let opened = match send::again(self.client.clone(), call, self.options, patience.deadline()).await {
            // By now the file ends before that position.
            Err(failure) if continues && is_status(&failure, StatusCode::RANGE_NOT_SATISFIABLE) => {
                self.forget().await?;
                return Err(Failure { effect: Effect::Perhaps, ..failure });
            }
            opened => opened?,
        };
        if continues && opened.meta.status() == StatusCode::PARTIAL_CONTENT {
            match self.rest(opened) {
                Ok(begun) => self.take(begun).await,
                Err(reason) => {
                    self.forget().await?;
                    Err(self.incomplete(reason))
                }
            }
        } else {
            self.begin(opened).await
        }
    }

    /// The rest of what is there, if it matches.
    fn rest(&self, opened: Opened<Rest>) -> Result<Begun, String> {
        let position = self.position();
        let version = Version::of(opened.meta.headers());
        let mut begun =
            Begun::new(opened, position, self.client.shared.largest_answer).map_err(|error| match error {
                Error::IncompleteFile { reason, .. } => reason,
                other => other.to_string(),
            })?;
        if !self.known.version.may_be(&version) {
            return Err("the rest is from another version".to_owned());
        }
        match (self.known.total, begun.total) {
            (Some(known), Some(total)) if known != total => {
                return Err(format!("it had {known} bytes, but the rest is from a file with {total}"));
            }
            (Some(known), None) => begun.download.expected = Some(known.saturating_sub(position)),
            _ => {}
        }
        Ok(begun)
    }

    /// Takes a file from its start, or from the chosen byte.
    async fn begin(&mut self, opened: Opened<Rest>) -> Result<(), Failure> {
        self.forget().await?;
        let version = Version::of(opened.meta.headers());
        let begun = Begun::new(opened, self.start.unwrap_or_default(), self.client.shared.largest_answer);
        let begun = begun.map_err(Failure::perhaps)?;
        self.known = Known { version, total: begun.total };
        self.take(begun).await
    }

    /// Starts again with an empty file.
    async fn forget(&mut self) -> Result<(), Failure> {
        self.known = Known::default();
        if self.written > 0 {
            self.written = 0;
            self.file.clear().await.map_err(|source| self.failed(source))?;
        }
        Ok(())
    }

    /// Writes everything that arrives, to the end.
    async fn take(&mut self, begun: Begun) -> Result<(), Failure> {
        let Begun { mut download, start, .. } = begun;
        // A server that does not send parts sends the unwanted bytes first.
        let mut unwanted = self.position().saturating_sub(start);
        loop {
            let piece = download.chunk().await;
            let piece = piece.map_err(Failure::perhaps)?;
            let Some(mut piece) = piece else { break };
            let skipped = unwanted.min(length(&piece));
            unwanted -= skipped;
            let _ = piece.split_to(usize::try_from(skipped).unwrap_or(piece.len()));
            self.file.write(&piece).await.map_err(|source| self.failed(source))?;
            self.written += length(&piece);
        }
        if unwanted > 0 {
            let reason = format!("it ends {unwanted} bytes before the requested start");
            return Err(Failure::judged(Error::IncompleteFile { operation: self.call.operation().id, reason }));
        }
        Ok(())
    }

    fn incomplete(&self, reason: String) -> Failure {
        Failure::perhaps(Error::IncompleteFile { operation: self.call.operation().id, reason })
    }

    fn failed(&self, source: io::Error) -> Failure {
        Failure::judged(failed(self.call.operation(), self.target, source))
    }
}

fn failed(operation: &'static Operation, target: &Path, source: io::Error) -> Error {
    Error::File { operation: operation.id, path: target.to_owned(), source }
}

fn is_status(failure: &Failure, status: StatusCode) -> bool {
    failure.error.api().is_some_and(|refused| refused.status == status)
}
