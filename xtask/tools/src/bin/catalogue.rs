//! The program behind `cargo xtask catalogue [operation]`: prints the operations as JSON.

use std::env;
use std::io::{self, Write as _};

use anyhow::Result;
use desk_sdk::by_name::{catalogue, catalogue_of};

fn main() -> Result<()> {
    let listed = match env::args().nth(1) {
        Some(operation) => catalogue_of(&operation)?,
        None => catalogue(),
    };
    match writeln!(io::stdout().lock(), "{listed:#}") {
        // Whoever reads may stop early.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => Ok(written?),
    }
}
