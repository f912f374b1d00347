//! Bodies as values.

use bytes::Bytes;

use super::Content;
use crate::secrets::Secrets;
use crate::{DecodeError, Decoding, Mismatches};

/// Larger bodies are read beside the executor, which else would do nothing but that for more than some milliseconds.
const INLINE: usize = 256 * 1024;

/// Reads a body; where it cannot be read, its start goes with the reason. Neither shows the secrets, nor does what did
/// not fit.
pub(super) async fn read<T: Content>(
    body: &Bytes,
    decoding: Decoding,
    secrets: &Secrets,
) -> Result<(T, Mismatches), (DecodeError, String)> {
    if body.len() <= INLINE {
        return read_now(body, decoding, secrets);
    }
    let (shared, known) = (body.clone(), secrets.clone());
    let reading = tokio::task::spawn_blocking(move || read_now(&shared, decoding, &known));
    // A runtime that is about to end takes no such work any more.
    reading.await.unwrap_or_else(|_| read_now(body, decoding, secrets))
}

fn read_now<T: Content>(
    body: &[u8],
    decoding: Decoding,
    secrets: &Secrets,
) -> Result<(T, Mismatches), (DecodeError, String)> {
    match T::read(body, decoding) {
        Ok((value, mut mismatches)) => {
            mismatches.hide(secrets);
            Ok((value, mismatches))
        }
        Err(mut reason) => {
            if let DecodeError::Mismatch(mismatch) = &mut reason {
                mismatch.hide(secrets);
            }
            Err((reason, secrets.excerpt(body)))
        }
    }
}
