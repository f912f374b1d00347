//! Bodies that are read whole, up to a limit.

use bytes::{Bytes, BytesMut};

/// After how many bytes other tasks get their turn: a compressed body can become a thousand times as large without ever
/// waiting for the network.
const TURN: usize = 128 * 1024;

/// Why a body was not read to its end.
#[derive(Debug)]
pub(crate) enum BodyError {
    /// It is larger than the limit.
    TooLarge,
    /// The connection broke.
    Lost(reqwest::Error),
}

/// The whole body, unpacked, if it is no larger than the limit.
pub(crate) async fn read_limited(response: reqwest::Response, limit: usize) -> Result<Bytes, BodyError> {
    let (start, whole) = read_start(response, limit).await.map_err(BodyError::Lost)?;
    if whole { Ok(start) } else { Err(BodyError::TooLarge) }
}

/// The start of a body up to the limit, and whether that is all of it. What comes after the limit
/// is not read.
pub(crate) async fn read_start(mut response: reqwest::Response, limit: usize) -> Result<(Bytes, bool), reqwest::Error> {
    let Some(first) = response.chunk().await? else { return Ok((Bytes::new(), true)) };
    if first.len() > limit {
        return Ok((first.slice(..limit), false));
    }
    // Most bodies arrive in one piece, which need not be copied.
    let Some(second) = response.chunk().await? else { return Ok((first, true)) };
    let mut read = BytesMut::from(first);
    let mut since_turn = 0;
    let mut next = Some(second);
    while let Some(piece) = next {
        let room = limit - read.len();
        if piece.len() > room {
            read.extend_from_slice(&piece[..room]);
            return Ok((read.freeze(), false));
        }
        read.extend_from_slice(&piece);
        since_turn += piece.len();
        if since_turn >= TURN {
            since_turn = 0;
            tokio::task::yield_now().await;
        }
        next = response.chunk().await?;
    }
    Ok((read.freeze(), true))
}
