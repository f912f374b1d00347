//! Answers as JSON.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::{Bytes, BytesMut};
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::download::Download;
use crate::error::{Error, Result};
use crate::record::Mismatches;

/// The largest file in bytes that [`Client::invoke`](crate::Client::invoke) returns as JSON: 16 MiB. The typed method
/// delivers files of any size, piece by piece.
pub const LARGEST_FILE: u64 = 16 * 1024 * 1024;

/// An answer without a body.
pub(super) fn empty(answer: Answer<()>) -> Answer<Value> {
    Answer { value: Value::Null, meta: answer.meta, raw: answer.raw, mismatches: answer.mismatches }
}

/// A file that is received whole.
pub(super) async fn file(mut download: Download) -> Result<Answer<Value>> {
    let operation = download.meta.operation.id;
    let too_large = || Error::FileTooLarge { operation, limit: LARGEST_FILE };
    if download.size().is_some_and(|size| size > LARGEST_FILE) {
        return Err(too_large());
    }
    let mut content = BytesMut::new();
    while let Some(piece) = download.chunk().await? {
        if length(&content) + length(&piece) > LARGEST_FILE {
            return Err(too_large());
        }
        content.extend_from_slice(&piece);
    }
    let content: Bytes = content.freeze();
    let value = json!({
        "media_type": download.media_type(),
        "size": content.len(),
        "base64": STANDARD.encode(&content),
    });
    Ok(Answer { value, meta: download.meta, raw: content, mismatches: Mismatches::default() })
}

fn length(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}
