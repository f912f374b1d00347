//! The program `desk`.

mod cli;
mod commands;

use std::process::ExitCode;

use clap::Parser as _;
use mimalloc::MiMalloc;

/// Half of an audit's time went into the system's allocator.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    cli::Arguments::parse().run()
}
