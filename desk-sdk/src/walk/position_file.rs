//! A position in a file.

use std::io;
use std::path::PathBuf;

use crate::client::NewFile;
use crate::position::Position;

/// A file that keeps the position of a walk from one run to the next.
///
/// Saving replaces the file as a whole, so that it is never half-written. A program that keeps positions elsewhere writes
/// them with serde instead.
#[derive(Clone, Debug)]
pub struct PositionFile(PathBuf);

impl PositionFile {
    /// A file, which need not exist yet.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    /// The position in the file; none if there is no file.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, or contains something else.
    pub async fn load(&self) -> io::Result<Option<Position>> {
        let text = match tokio::fs::read(&self.0).await {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(self.named(error)),
        };
        let position = serde_json::from_slice(&text).map_err(|error| {
            let reason = format!("it does not contain a position ({error}); delete it to start again");
            self.named(io::Error::new(io::ErrorKind::InvalidData, reason))
        });
        position.map(Some)
    }

    /// Replaces the position in the file.
    ///
    /// # Errors
    ///
    /// If the file cannot be written; it then stays as it was.
    pub async fn save(&self, position: &Position) -> io::Result<()> {
        let saved = async {
            let mut file = NewFile::beside(&self.0).await?;
            file.write(&serde_json::to_vec(position)?).await?;
            file.take_place().await
        };
        saved.await.map_err(|error| self.named(error))
    }

    fn named(&self, error: io::Error) -> io::Error {
        io::Error::new(error.kind(), format!("{}: {error}", self.0.display()))
    }
}
