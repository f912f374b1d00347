//! `desk help`.

use std::process::ExitCode;

use clap::{Args, CommandFactory as _};
use desk_cli::call;
use desk_cli::guide;
use desk_cli::problem::Problem;

use super::ending::{finish, print, runtime};
use crate::cli;

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// An operation, such as get_tickets, or a word, such as call
    #[arg(value_name = "OPERATION OR WORD")]
    about: Vec<String>,
    /// Print JSON, with a JSON Schema of an operation's arguments
    #[arg(long)]
    json: bool,
}

impl Arguments {
    pub(crate) fn run(self) -> ExitCode {
        finish(self.help())
    }

    fn help(&self) -> Result<(), Problem> {
        let mut program = cli::Arguments::command();
        if self.about.is_empty() {
            return print(&program.render_help().to_string()).map(drop);
        }
        program.build();
        let word = self.about.iter().try_fold(&mut program, |command, word| command.find_subcommand_mut(word));
        if let Some(command) = word {
            let text = match command.get_name() {
                "call" => call::general().render_help(),
                _ => command.render_help(),
            };
            return print(&text.to_string()).map(drop);
        }
        let operation = call::named(&self.about.join(" "))?;
        if self.json {
            return print(&format!("{:#}\n", desk_sdk::by_name::catalogue_of(operation.id)?)).map(drop);
        }
        print(&runtime()?.block_on(guide::describe(operation))?).map(drop)
    }
}
