//! Text that nobody can guess.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// 32 random bytes as text that can stand in an address, a file's name and a header: 43 letters, digits, `-` and `_`.
///
/// # Errors
///
/// When the system gives no random numbers.
pub(crate) fn random_text() -> Result<String, String> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| format!("the system gives no random numbers: {error}"))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}
