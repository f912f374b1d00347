//! Bodies as values.

use bytes::Bytes;

use super::Content;
use crate::answer::Meta;
use crate::record::{DecodeError, Decoding, Mismatches};
use crate::secrets::Secrets;

/// Larger bodies are read beside the executor, which else would do nothing but that for more than some milliseconds.
const INLINE: usize = 256 * 1024;

/// Reads a body; where it cannot be read, its start goes with the reason. Neither shows the token, nor does what did not
/// fit.
pub(super) async fn read<T: Content>(
    body: &Bytes,
    decoding: Decoding,
    meta: &Meta,
) -> Result<(T, Mismatches), (DecodeError, String)> {
    if body.len() <= INLINE {
        return read_now(body, decoding, || meta.secrets());
    }
    let (shared, secrets) = (body.clone(), meta.secrets());
    let reading = tokio::task::spawn_blocking(move || read_now(&shared, decoding, || secrets));
    // A runtime that is about to end takes no such work any more.
    reading.await.unwrap_or_else(|_| read_now(body, decoding, || meta.secrets()))
}

fn read_now<T: Content>(
    body: &[u8],
    decoding: Decoding,
    secrets: impl FnOnce() -> Secrets,
) -> Result<(T, Mismatches), (DecodeError, String)> {
    match T::read(body, decoding) {
        Ok((value, mut mismatches)) => {
            if !mismatches.is_empty() {
                mismatches.hide(&secrets());
            }
            Ok((value, mismatches))
        }
        Err(mut reason) => {
            let secrets = secrets();
            if let DecodeError::Mismatch(mismatch) = &mut reason {
                mismatch.hide(&secrets);
            }
            Err((reason, secrets.excerpt(body)))
        }
    }
}
