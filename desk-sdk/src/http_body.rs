//! Bodies that are read whole, up to a limit.

use bytes::{Bytes, BytesMut};
use http::Version;
use reqwest::Response;

/// After how many bytes other tasks get their turn: a compressed body can become a thousand times as large without ever
/// waiting for the network.
const TURN: usize = 128 * 1024;

/// Up to which announced length there is room for a whole body from the start. More comes as it arrives.
const BELIEVED: usize = 16 * 1024 * 1024;

/// Why a body was not read to its end.
#[derive(Debug)]
pub(crate) enum BodyError {
    /// It is larger than the limit.
    TooLarge,
    /// The connection broke.
    Lost(reqwest::Error),
}

/// The whole body, unpacked, if it is no larger than the limit.
pub(crate) async fn read_limited(response: &mut Response, limit: usize) -> Result<Bytes, BodyError> {
    let (start, whole) = read_start(response, limit).await.map_err(BodyError::Lost)?;
    if whole { Ok(start) } else { Err(BodyError::TooLarge) }
}

/// The start of a body up to the limit, and whether that is all of it. What comes after the limit
/// is not read.
pub(crate) async fn read_start(response: &mut Response, limit: usize) -> Result<(Bytes, bool), reqwest::Error> {
    let Some(first) = response.chunk().await? else { return Ok((Bytes::new(), true)) };
    if first.len() > limit {
        return Ok((first.slice(..limit), false));
    }
    // Most bodies arrive in one piece, which need not be copied.
    if has_ended(response) {
        return Ok((first, true));
    }
    let Some(second) = response.chunk().await? else { return Ok((first, true)) };
    let announced = response.content_length().and_then(|rest| usize::try_from(rest).ok()).unwrap_or_default();
    let mut read = BytesMut::from(first);
    read.reserve(second.len().saturating_add(announced).min(limit - read.len()).min(BELIEVED));
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

/// Whether the announced length has arrived, so that nothing has to be asked for. In HTTP/2 the end comes by itself, and
/// a stream that is left before it would be reset.
fn has_ended(response: &Response) -> bool {
    response.version() <= Version::HTTP_11 && response.content_length() == Some(0)
}
