//! The program `desk`.

mod cli;
mod commands;

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    cli::Arguments::parse().run()
}
