//! The words of the command line, in the order in which people need them.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::commands::scopes::Scopes;
use crate::commands::{call, completions, export, find, help, man, mcp, request, snapshot};

/// The first steps.
const HELP: &str = "\
First steps:
  desk find search tickets            which operation does what you want
  desk help get_tickets               what it takes, and how it is called
  desk call get_tickets --limit 5     call it

Tokens come from DESK_TOKEN (with DESK_SCOPES), or from a file that --token-store names; never from arguments.";

#[derive(Debug, Parser)]
#[command(name = "desk", version, about = "A command line for Zoho Desk", after_help = HELP)]
#[command(disable_help_subcommand = true, arg_required_else_help = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Find operations by words
    #[command(after_help = find::HELP)]
    Find(find::Arguments),
    /// Explain an operation, with examples, or a word of this program
    Help(help::Arguments),
    /// Call an operation
    Call(call::Arguments),
    /// Make a request by method and path
    #[command(after_help = request::HELP)]
    Request(Box<request::Arguments>),
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
    /// Print a script that completes words, operations and options in a shell
    #[command(after_help = completions::HELP)]
    Completions(completions::Arguments),
    /// Write man pages
    Man(man::Arguments),
}

impl Arguments {
    pub(crate) fn run(self) -> ExitCode {
        match self.command {
            Command::Find(arguments) => arguments.run(),
            Command::Help(arguments) => arguments.run(),
            Command::Call(arguments) => arguments.run(),
            Command::Request(arguments) => arguments.run(),
            Command::Export(arguments) => arguments.run(),
            Command::Mcp(arguments) => arguments.run(),
            Command::Scopes(scopes) => scopes.run(),
            Command::Snapshot(arguments) => arguments.run(),
            Command::Completions(arguments) => arguments.run(),
            Command::Man(arguments) => arguments.run(),
        }
    }
}
