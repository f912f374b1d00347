//! Files to send.

use std::fmt;

use bytes::Bytes;

/// A file for a form: its name and content.
#[derive(Clone)]
pub struct FilePart {
    pub(crate) name: String,
    pub(crate) content: Bytes,
    pub(crate) media_type: Option<String>,
}

impl FilePart {
    /// A file from memory.
    pub fn new(name: impl Into<String>, content: impl Into<Bytes>) -> Self {
        Self { name: name.into(), content: content.into(), media_type: None }
    }

    /// Says what kind of file it is, such as `image/png`. Without that the server judges by the
    /// name.
    #[must_use]
    pub fn media_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }
}

impl fmt::Debug for FilePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FilePart({:?}, {} bytes)", self.name, self.content.len())
    }
}
