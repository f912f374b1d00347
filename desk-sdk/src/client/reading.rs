//! Turns bodies into values.

use std::any::Any;

use bytes::Bytes;

use super::Content;
use crate::answer::Meta;
use crate::record::{DecodeError, Decoding, Mismatches};
use crate::secrets::Secrets;

/// Larger bodies are read on another thread, because they would block the executor for several milliseconds.
const INLINE: usize = 256 * 1024;

/// A value to be read, whatever its type.
pub(super) trait Filled: Any + Send {
    /// Reads a body in place.
    fn fill(&mut self, body: &[u8], decoding: Decoding) -> Result<Mismatches, DecodeError>;

    /// Another one of its type, as it is before it is read.
    fn another(&self) -> Box<dyn Filled>;

    /// Takes what another one of its type holds.
    fn take(&mut self, other: Box<dyn Filled>);
}

impl<T: Content> Filled for T {
    fn fill(&mut self, body: &[u8], decoding: Decoding) -> Result<Mismatches, DecodeError> {
        self.read(body, decoding)
    }

    fn another(&self) -> Box<dyn Filled> {
        Box::new(Self::default())
    }

    fn take(&mut self, other: Box<dyn Filled>) {
        if let Ok(other) = (other as Box<dyn Any>).downcast() {
            *self = *other;
        }
    }
}

/// Reads a body into a value. If it cannot be read, the error contains its start and the reason. Neither the error nor
/// the mismatches show the token.
pub(super) async fn read(
    value: &mut dyn Filled,
    body: &Bytes,
    decoding: Decoding,
    meta: &Meta,
) -> Result<Mismatches, (DecodeError, String)> {
    if body.len() <= INLINE {
        return read_now(value, body, decoding, || meta.secrets());
    }
    let (shared, secrets, mut elsewhere) = (body.clone(), meta.secrets(), value.another());
    let reading = tokio::task::spawn_blocking(move || {
        let read = read_now(&mut *elsewhere, &shared, decoding, || secrets);
        (elsewhere, read)
    });
    match reading.await {
        Ok((elsewhere, mismatches)) => {
            value.take(elsewhere);
            mismatches
        }
        // A runtime that is shutting down does not accept such work any more.
        Err(_) => read_now(value, body, decoding, || meta.secrets()),
    }
}

fn read_now(
    value: &mut dyn Filled,
    body: &[u8],
    decoding: Decoding,
    secrets: impl FnOnce() -> Secrets,
) -> Result<Mismatches, (DecodeError, String)> {
    match value.fill(body, decoding) {
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
