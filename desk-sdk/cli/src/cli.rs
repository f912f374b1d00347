//! The words of the command line, in the order in which people need them.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use desk_cli::completing;

use crate::commands::scopes::Scopes;
use crate::commands::{
    call, completions, export, find, help, login, logout, man, mcp, mock, orgs, profiles, request, snapshot, whoami,
};

/// The first steps.
const HELP: &str = "\
First steps:
  desk login                          sign in; or, without an account: desk mock, and then --profile mock
  desk find search tickets            which operation does what you want
  desk help get_tickets               what it takes, and how it is called
  desk call get_tickets --limit 5     call it";

#[derive(Debug, Parser)]
#[command(name = "desk", version, about = "A command line for Zoho Desk", after_help = HELP)]
#[command(disable_help_subcommand = true, arg_required_else_help = true)]
pub(crate) struct Arguments {
    /// The profile, as `desk login` makes it [default: DESK_PROFILE, or the default one]
    // Words that make calls have it too, as a part of their access; wherever it stands, they get it.
    #[arg(long, global = true, value_name = "NAME", add = completing::profiles())]
    profile: Option<String>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Sign in, and keep the tokens with a profile
    #[command(after_help = login::HELP)]
    Login(Box<login::Arguments>),
    /// Revoke a profile's token, and forget its secrets
    #[command(after_help = logout::HELP)]
    Logout(logout::Arguments),
    /// Show the profiles, choose the default one, or remove one
    Profiles(profiles::Arguments),
    /// Show the organizations of the token's user, or choose the profile's
    Orgs(Box<orgs::Arguments>),
    /// Tell who the token belongs to, and what it is good for
    #[command(after_help = whoami::HELP)]
    Whoami(Box<whoami::Arguments>),
    /// Start a local server, to try things out without an account
    #[command(after_help = mock::HELP)]
    Mock(Box<mock::Arguments>),
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
        let profile = self.profile.as_deref();
        match self.command {
            Command::Login(arguments) => arguments.run(profile),
            Command::Logout(arguments) => arguments.run(profile),
            Command::Profiles(arguments) => arguments.run(),
            Command::Orgs(arguments) => arguments.run(),
            Command::Whoami(arguments) => arguments.run(),
            Command::Mock(arguments) => arguments.run(profile),
            Command::Find(arguments) => arguments.run(),
            Command::Help(arguments) => arguments.run(),
            Command::Call(arguments) => arguments.run(profile),
            Command::Request(arguments) => arguments.run(),
            Command::Export(arguments) => arguments.run(),
            Command::Mcp(arguments) => arguments.run(),
            Command::Scopes(scopes) => scopes.run(profile),
            Command::Snapshot(arguments) => arguments.run(),
            Command::Completions(arguments) => arguments.run(),
            Command::Man(arguments) => arguments.run(),
        }
    }
}
