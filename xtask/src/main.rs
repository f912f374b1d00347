//! The project's automation. `cargo xtask help` lists the commands.

mod files;
mod import;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Debug, Parser)]
#[command(name = "cargo xtask", about = "The automation of desk-sdk")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Rewrite spec/upstream from a folder with the API's OpenAPI files
    Import {
        /// The folder, such as zohodesk-oas/v1.0
        folder: std::path::PathBuf,
    },
}

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Import { folder } => import::run(&folder),
    };
    match result {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
