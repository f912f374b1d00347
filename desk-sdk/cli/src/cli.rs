//! The words of the command line.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::commands::scopes::Scopes;
use crate::commands::{export, mcp, snapshot};

#[derive(Debug, Parser)]
#[command(name = "desk", version, about = "A command line for Zoho Desk")]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Export lists of records as Parquet, CSV or JSON lines
    #[command(after_help = export::HELP)]
    Export(Box<export::Arguments>),
    /// Serve operations as tools for assistants (Model Context Protocol)
    #[command(after_help = mcp::HELP)]
    Mcp(Box<mcp::Arguments>),
    /// Tell which scopes operations need, and whether a token has them
    #[command(subcommand)]
    Scopes(Scopes),
    /// Keep figures that change all the time: tickets, agents, sessions by department
    #[command(after_help = snapshot::HELP)]
    Snapshot(Box<snapshot::Arguments>),
}

impl Arguments {
    pub(crate) fn run(self) -> ExitCode {
        match self.command {
            Command::Export(arguments) => arguments.run(),
            Command::Mcp(arguments) => arguments.run(),
            Command::Scopes(scopes) => scopes.run(),
            Command::Snapshot(arguments) => arguments.run(),
        }
    }
}
