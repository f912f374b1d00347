//! The project's automation. `cargo xtask help` lists the commands.

#![deny(clippy::print_stdout, clippy::print_stderr, reason = "they panic where nobody reads any more: use `printing`")]

mod building;
mod demo;
mod diff;
mod files;
mod generate;
mod import;
mod measure;
mod new_operation;
mod openapi;
mod printing;
mod rename;
mod rust_version;
mod spec;
mod stats;
mod tools;
mod transaction;
mod update;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};
use mimalloc::MiMalloc;

use self::printing::errln;

/// A third of the time went into the system's allocator, and more of it the larger the spec.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

#[derive(Debug, Parser)]
#[command(name = "cargo xtask", about = "Automation for desk-sdk")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Rewrite spec/upstream from a folder of the API's OpenAPI files
    Import {
        /// The folder, such as zohodesk-oas/v1.0
        folder: std::path::PathBuf,
        /// Proceed even if most modules would be removed
        #[arg(long)]
        force: bool,
    },
    /// Write the generated part of desk-sdk, spec/index.tsv, spec/lists.tsv, and new names in spec/names.lock
    Generate {
        /// Write nothing; fail and list files that do not match the spec
        #[arg(long, conflicts_with = "prune")]
        check: bool,
        /// Forget the names of what the spec has no longer
        #[arg(long)]
        prune: bool,
    },
    /// Take over a new edition of the API's description: import, compare, generate, build and test
    Update(update::Options),
    /// Give something public another name: a type, a method, Type.field, Struct.setter or Enum::Variant
    Rename {
        /// Its name so far
        old: String,
        /// Its name from now on
        new: String,
        /// Do not keep the old name as a deprecated alias
        #[arg(long)]
        no_alias: bool,
    },
    /// Add an operation to spec/local: asks what has to be known, or takes it from flags
    NewOperation(Box<new_operation::Given>),
    /// Write the spec as one OpenAPI 3.1 document
    Openapi {
        /// The file, instead of target/openapi/desk.json
        #[arg(long)]
        output: Option<std::path::PathBuf>,
    },
    /// Compare two specs: what to release, and what it does to programs that use the crate or call the API
    #[command(after_help = diff::EXIT_CODES)]
    Diff {
        /// The folder of a spec (with `upstream` and `local`), or a git revision of this project
        #[arg(default_value = "HEAD")]
        old: String,
        /// The same for the new spec; the project's own if it is left out
        new: Option<String>,
        #[command(flatten)]
        output: diff::Output,
    },
    /// Find operations by name, purpose, path, family or parameters
    Find {
        /// Words that must all match, such as: search tickets
        #[arg(required = true)]
        words: Vec<String>,
    },
    /// Count operations, types, scopes and generated lines
    Stats {
        /// Print one JSON object
        #[arg(long)]
        json: bool,
    },
    /// Fail if a dependency needs a newer Rust than the project declares
    RustVersion,
    /// Decode recorded answers, named after their operation (get_tickets.json), as the SDK would
    Decode {
        /// The folder with the answers
        folder: std::path::PathBuf,
    },
    /// Print the operations as JSON, each with a JSON Schema of its arguments
    Catalogue {
        /// A single operation, such as get_tickets
        operation: Option<String>,
    },
    /// Walk through everything: spec, SDK, local server, calls, and a refused call
    Demo,
    /// Run the local Desk server until Control-C; see --help
    #[command(disable_help_flag = true)]
    Mock {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<std::ffi::OsString>,
    },
    /// The command line for Zoho Desk, such as: desk export --list; see --help
    #[command(disable_help_flag = true)]
    Desk {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<std::ffi::OsString>,
    },
    /// Build `desk` as it is installed, and measure its size, its start and a call against the local server
    Measure {
        /// Another target that this computer can run, such as x86_64-unknown-linux-musl
        #[arg(long)]
        target: Option<String>,
    },
    /// Call every operation by its typed method, against a local server or another; see --help
    #[command(disable_help_flag = true)]
    Smoke {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<std::ffi::OsString>,
    },
}

impl Command {
    /// Whether it may change files of the project. Those that only read them leave even an interrupted change alone.
    fn writes(&self) -> bool {
        match self {
            Self::Generate { check, .. } => !check,
            Self::Update(options) => options.writes(),
            Self::Import { .. } | Self::Rename { .. } | Self::NewOperation(_) | Self::Demo => true,
            Self::Openapi { .. }
            | Self::Diff { .. }
            | Self::Find { .. }
            | Self::Stats { .. }
            | Self::RustVersion
            | Self::Decode { .. }
            | Self::Catalogue { .. }
            | Self::Mock { .. }
            | Self::Desk { .. }
            | Self::Measure { .. }
            | Self::Smoke { .. } => false,
        }
    }
}

fn main() -> ExitCode {
    let result = run(Arguments::parse().command);
    printing::end(result.unwrap_or_else(|error| {
        errln!("error: {error:#}");
        if let Some(help) = files::help(&error) {
            errln!("  help: {help}");
        }
        ExitCode::FAILURE
    }))
}

fn run(command: Command) -> Result<ExitCode> {
    let tree = files::Tree::project();
    if command.writes() {
        let files = transaction::recover(&tree)?;
        if files > 0 {
            errln!("finished a change of {files} files that an earlier run had begun");
        }
    } else {
        transaction::whole(&tree)?;
    }
    match command {
        Command::Import { folder, force } => import::run(&folder, force),
        Command::Generate { check, prune } => generate::run(check, prune),
        Command::Update(options) => update::run(&options),
        Command::Rename { old, new, no_alias } => rename::run(&old, &new, !no_alias),
        Command::NewOperation(given) => new_operation::run(&given),
        Command::Openapi { output } => openapi::run(output),
        Command::Diff { old, new, output } => diff::run(&old, new.as_deref(), &output),
        Command::Find { words } => tools::DESK.run(std::iter::once("find".to_owned()).chain(words)),
        Command::Stats { json } => stats::run(json),
        Command::RustVersion => rust_version::run(),
        Command::Decode { folder } => tools::DECODE.run([folder]),
        Command::Catalogue { operation } => tools::CATALOGUE.run(operation),
        Command::Demo => demo::run(),
        Command::Mock { arguments } => tools::MOCK.run(arguments),
        Command::Desk { arguments } => tools::DESK.run(arguments),
        Command::Measure { target } => measure::run(target.as_deref()),
        Command::Smoke { arguments } => tools::SMOKE.run(arguments),
    }
}
