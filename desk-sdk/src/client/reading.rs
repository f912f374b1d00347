//! Bodies as values.

use bytes::Bytes;

use super::Content;
use crate::error::excerpt;
use crate::{DecodeError, Decoding, Mismatches};

/// Larger bodies are read beside the executor, which else would do nothing but that for more than some milliseconds.
const INLINE: usize = 256 * 1024;

/// Reads a body; where it cannot be read, its start goes with the reason.
pub(super) async fn read<T: Content>(
    body: &Bytes,
    decoding: Decoding,
) -> Result<(T, Mismatches), (DecodeError, String)> {
    let read = move |body: &[u8]| T::read(body, decoding).map_err(|reason| (reason, excerpt(body)));
    if body.len() <= INLINE {
        return read(body);
    }
    let shared = body.clone();
    let reading = tokio::task::spawn_blocking(move || read(&shared));
    // A runtime that is about to end takes no such work any more.
    reading.await.unwrap_or_else(|_| read(body))
}
