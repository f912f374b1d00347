//! The program `desk`.

mod cli;
mod commands;

use std::env;
use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser as _;
use mimalloc::MiMalloc;

/// Half of an audit's time went into the system's allocator.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    commands::completions::answer();
    let words: Vec<OsString> = env::args_os().collect();
    // Before anything could repeat it.
    if let Err(problem) = desk_cli::call::refuse_tokens(&words) {
        return commands::ending::end(Err(problem));
    }
    cli::Arguments::parse_from(words).run()
}
