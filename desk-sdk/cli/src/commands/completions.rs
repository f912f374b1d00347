//! `desk completions`, and what shells ask when a person presses the tabulator.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Args, Command, CommandFactory as _, ValueEnum};
use clap_complete::CompleteEnv;
use clap_complete::env::Shells;
use desk_cli::call;
use desk_cli::problem::Problem;

use super::ending::{finish, print};
use crate::cli;

/// Shells ask by starting the program with this variable.
const ASKED: &str = "DESK_COMPLETE";

pub(crate) const HELP: &str = "\
Put one of these where your shell starts:
  bash        source <(desk completions bash)
  zsh         source <(desk completions zsh)
  fish        desk completions fish | source
  powershell  desk completions powershell | Out-String | Invoke-Expression
  elvish      eval (desk completions elvish | slurp)";

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The shell
    shell: Shell,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Shell {
    Bash,
    Elvish,
    Fish,
    Powershell,
    Zsh,
}

impl Arguments {
    pub(crate) fn run(self) -> ExitCode {
        finish(self.script())
    }

    fn script(&self) -> Result<(), Problem> {
        let value = self.shell.to_possible_value();
        let name = value.as_ref().map_or("", |value| value.get_name());
        let shells = Shells::builtins();
        let shell = shells.completer(name).ok_or_else(|| Problem::usage(format!("no script for {name} is known")))?;
        let mut script = Vec::new();
        let written = shell.write_registration(ASKED, "desk", "desk", "desk", &mut script);
        written.map_err(|error| Problem::failed(format!("cannot write the script: {error}")))?;
        print(&String::from_utf8_lossy(&script)).map(drop)
    }
}

/// Answers a shell, if one asks; the program then ends here.
pub(crate) fn answer() {
    if std::env::var_os(ASKED).is_some() {
        CompleteEnv::with_factory(words).var(ASKED).complete();
    }
}

/// The words of the program, with operations as those of `call` and `help`. Only the operation that stands in the line
/// has its options: all of them would take seconds.
fn words() -> Command {
    let line: Vec<OsString> = std::env::args_os().skip_while(|word| word != "--").skip(2).collect();
    let named = || line.iter().filter_map(|word| word.to_str()).find_map(desk_sdk::operation);
    let of_call = line.iter().any(|word| word == "call").then(named).flatten();
    let operations = || desk_sdk::operations().filter(|operation| operation.alias_of.is_none());
    let name = |operation: &desk_sdk::Operation| Command::new(operation.id).about(operation.summary);
    let calls = operations().map(|operation| match of_call {
        Some(called) if called.id == operation.id => call::command(operation),
        _ => name(operation),
    });
    let call = call::general().disable_help_subcommand(true).subcommands(calls);
    let help = Command::new("help").disable_help_subcommand(true).subcommands(operations().map(name));
    cli::Arguments::command()
        .disable_help_subcommand(true)
        .mut_subcommand("call", |old| keep_about(old, call))
        .mut_subcommand("help", |old| keep_about(old, help))
}

fn keep_about(old: Command, new: Command) -> Command {
    match old.get_about().cloned() {
        Some(about) => new.about(about),
        None => new,
    }
}
