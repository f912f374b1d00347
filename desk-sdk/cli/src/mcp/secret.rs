//! Texts that nobody can guess or forge.

use std::collections::VecDeque;
use std::fmt;
use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use sha2::{Digest as _, Sha256};

/// A secret that is shorter can be guessed.
const SHORTEST: usize = 16;

/// What every request over HTTP has to come with.
pub struct Secret(String);

/// Why a text is no secret.
#[derive(Debug, thiserror::Error)]
pub enum WeakSecret {
    /// It can be guessed.
    #[error(
        "the secret is too short: it needs at least {SHORTEST} characters, all of them printable ASCII without spaces"
    )]
    Weak,
    /// There is nothing to make one from.
    #[error("the system gives no random numbers: {0}")]
    NoRandom(getrandom::Error),
}

impl Secret {
    /// A new one.
    ///
    /// # Errors
    ///
    /// If the system gives no random numbers.
    pub fn random() -> Result<Self, WeakSecret> {
        random_text().map(Self)
    }

    /// One that was chosen.
    ///
    /// # Errors
    ///
    /// If it is too short, or cannot stand in a header.
    pub fn new(text: String) -> Result<Self, WeakSecret> {
        let good = text.len() >= SHORTEST && text.bytes().all(|byte| byte.is_ascii_graphic());
        if good { Ok(Self(text)) } else { Err(WeakSecret::Weak) }
    }

    /// The text, for the person who has to give it to a client.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether a text is this one, in a time that does not tell how much of it is right.
    pub(super) fn is(&self, text: &[u8]) -> bool {
        Sha256::digest(text) == Sha256::digest(self.0.as_bytes())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// 32 random bytes, as hexadecimal digits.
pub(super) fn random_text() -> Result<String, WeakSecret> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(WeakSecret::NoRandom)?;
    Ok(bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    }))
}

/// Texts that are given out and may come back once, each for one purpose.
#[derive(Debug)]
pub(super) struct Tickets {
    open: Mutex<VecDeque<(String, [u8; 32], Instant)>>,
    valid: Duration,
}

impl Tickets {
    /// How many are open at once; the oldest ones are forgotten.
    const MOST: usize = 256;

    pub(super) fn new(valid: Duration) -> Self {
        Self { open: Mutex::default(), valid }
    }

    /// A text that stands for a purpose.
    pub(super) fn issue(&self, purpose: &[u8]) -> Result<String, WeakSecret> {
        let text = random_text()?;
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if open.len() >= Self::MOST {
            open.pop_front();
        }
        open.push_back((text.clone(), Sha256::digest(purpose).into(), Instant::now()));
        Ok(text)
    }

    /// Whether the text was given out for this purpose, and has not come back before.
    pub(super) fn redeem(&self, text: &str, purpose: &[u8]) -> bool {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(at) = open.iter().position(|(known, ..)| known == text) else { return false };
        let Some((_, known, since)) = open.remove(at) else { return false };
        known == <[u8; 32]>::from(Sha256::digest(purpose)) && since.elapsed() < self.valid
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_long_and_are_not_shown() {
        assert!(Secret::new("short".to_owned()).is_err());
        assert!(Secret::new("with a space in the middle".to_owned()).is_err());
        let secret = Secret::new("0123456789abcdef".to_owned()).unwrap();
        assert!(secret.is(b"0123456789abcdef") && !secret.is(b"0123456789abcdeg") && !secret.is(b""));
        assert_eq!(format!("{secret:?}"), "Secret(…)");
        let (one, two) = (Secret::random().unwrap(), Secret::random().unwrap());
        assert_eq!(one.reveal().len(), 64);
        assert_ne!(one.reveal(), two.reveal());
    }

    #[test]
    fn a_ticket_comes_back_once_and_for_its_purpose() {
        let tickets = Tickets::new(Duration::from_secs(60));
        let text = tickets.issue(b"this").unwrap();
        assert!(tickets.redeem(&text, b"this"));
        assert!(!tickets.redeem(&text, b"this"), "a second time");
        let text = tickets.issue(b"this").unwrap();
        assert!(!tickets.redeem(&text, b"that"));
        assert!(!tickets.redeem(&text, b"this"), "after it was tried for something else");
        assert!(!Tickets::new(Duration::ZERO).redeem(&text, b"this"));
        let spent = Tickets::new(Duration::ZERO);
        let text = spent.issue(b"this").unwrap();
        assert!(!spent.redeem(&text, b"this"), "too late");
        let first = tickets.issue(b"this").unwrap();
        for _ in 0..Tickets::MOST {
            tickets.issue(b"more").unwrap();
        }
        assert!(!tickets.redeem(&first, b"this"), "forgotten");
    }
}
