//! What the SDK costs those who build with it, beside the same work by hand: how much larger a program becomes, and how
//! long the compiler takes to check the crate.
//!
//! ```sh
//! cargo bench --package desk-costs --bench building                  # both, which takes many minutes the first time
//! cargo bench --package desk-costs --bench building -- size
//! cargo bench --package desk-costs --bench building -- checking 5    # five turns each, instead of three
//! ```
//!
//! Sizes are those of the two programs in `tests/costs/programs`, without symbols. Checking is measured in user time of
//! the compiler for the one crate with all families, after its dependencies are built and without incremental
//! compilation; `DESK_COSTS_PEER_CRATE` may name the folder of a crate that another generator wrote from the same API,
//! which is then checked by turns with it. Everything is built in `target/costs`, and nothing else is touched.

mod checking;
mod size;

use anyhow::{Result, bail};

const PEER: &str = "DESK_COSTS_PEER_CRATE";

/// Where everything is built.
const TARGET: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/costs");

fn main() -> Result<()> {
    if let Some(done) = checking::as_compiler() {
        return done;
    }
    // Cargo adds `--bench`.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => size::compare().and_then(|()| checking::compare(3)),
        ["size"] => size::compare(),
        ["checking"] => checking::compare(3),
        ["checking", turns] => checking::compare(turns.parse()?),
        _ => bail!("say `size`, `checking`, `checking` with a number of turns, or nothing for both"),
    }
}
