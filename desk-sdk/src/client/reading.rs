//! Turns bodies into values.

use bytes::Bytes;

use super::Content;
use crate::answer::Meta;
use crate::record::{DecodeError, Decoding, Mismatches};
use crate::secrets::Secrets;

/// Larger bodies are read on another thread, because they would block the executor for several milliseconds.
const INLINE: usize = 256 * 1024;

/// Reads a body. If it cannot be read, the error contains its start and the reason. Neither the error nor the
/// mismatches show the token.
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
    // A runtime that is shutting down does not accept such work any more.
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
