//! Tokens, codes and secrets: texts that look like Zoho's.

use std::sync::atomic::{AtomicU64, Ordering};

/// A text that is unique in this process.
pub(crate) fn mint() -> String {
    static MINTED: AtomicU64 = AtomicU64::new(1);
    let number = MINTED.fetch_add(1, Ordering::Relaxed);
    format!("1000.{:016x}{:016x}.{:016x}", mix(number), mix(!number), mix(number << 32))
}

/// splitmix64: spreads a counter, so that tokens look like tokens and leaks can be found.
fn mix(number: u64) -> u64 {
    let mut z = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
