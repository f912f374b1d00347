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
    commands::completions::answer();
    let arguments = std::env::args_os().map(|argument| argument.to_string_lossy().into_owned());
    if let Err(problem) = desk_cli::access::refuse_tokens(arguments) {
        eprintln!("error: {problem}");
        return ExitCode::from(2);
    }
    cli::Arguments::parse().run()
}
