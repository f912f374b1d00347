//! Turns bodies into values.

use bytes::Bytes;

use super::Content;
use crate::answer::Meta;
use crate::record::{DecodeError, Decoding, Mismatches};
use crate::secrets::Secrets;

/// Larger bodies are read on another thread, because they would block the executor for several milliseconds.
const INLINE: usize = 256 * 1024;

/// Reads a body into a value. If it cannot be read, the error contains its start and the reason. Neither the error nor
/// the mismatches show the token.
pub(super) async fn read<T: Content>(
    value: &mut T,
    body: &Bytes,
    decoding: Decoding,
    meta: &Meta,
) -> Result<Mismatches, (DecodeError, String)> {
    if body.len() <= INLINE {
        return read_now(value, body, decoding, || meta.secrets());
    }
    let (shared, secrets) = (body.clone(), meta.secrets());
    let reading = tokio::task::spawn_blocking(move || {
        let mut value = Box::new(T::default());
        let read = read_now(&mut *value, &shared, decoding, || secrets);
        (value, read)
    });
    match reading.await {
        Ok((read, mismatches)) => {
            *value = *read;
            mismatches
        }
        // A runtime that is shutting down does not accept such work any more.
        Err(_) => read_now(value, body, decoding, || meta.secrets()),
    }
}

fn read_now<T: Content>(
    value: &mut T,
    body: &[u8],
    decoding: Decoding,
    secrets: impl FnOnce() -> Secrets,
) -> Result<Mismatches, (DecodeError, String)> {
    match value.read(body, decoding) {
        Ok(mut mismatches) => {
            if !mismatches.is_empty() {
                mismatches.hide(&secrets());
            }
            Ok(mismatches)
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
