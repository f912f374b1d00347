//! `desk man`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Command, CommandFactory as _};
use clap_mangen::Man;
use desk_cli::call;
use desk_cli::problem::Problem;

use super::ending::{finish, say};
use crate::cli;

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The folder to write to, such as ~/.local/share/man/man1
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    to: PathBuf,
}

impl Arguments {
    pub(crate) fn run(self) -> ExitCode {
        finish(self.write())
    }

    fn write(&self) -> Result<(), Problem> {
        fs::create_dir_all(&self.to).map_err(|error| failed(&self.to, &error))?;
        let mut program = cli::Arguments::command().disable_help_subcommand(true);
        program.build();
        let pages = pages(&program, "");
        for (name, command) in &pages {
            let mut page = Vec::new();
            let path = self.to.join(format!("{name}.1"));
            let written = Man::new(command.clone()).title(name.to_uppercase()).render(&mut page);
            written.and_then(|()| fs::write(&path, page)).map_err(|error| failed(&path, &error))?;
        }
        say(&format!("{} pages are in {}", pages.len(), self.to.display()));
        Ok(())
    }
}

fn failed(path: &Path, error: &std::io::Error) -> Problem {
    Problem::failed(format!("cannot write {}: {error}", path.display()))
}

/// A page for the program, and for each of its words.
fn pages(command: &Command, before: &str) -> Vec<(String, Command)> {
    let name =
        if before.is_empty() { command.get_name().to_owned() } else { format!("{before}-{}", command.get_name()) };
    let own = match name.as_str() {
        "desk-call" => call::general(),
        _ => command.clone(),
    };
    let inner = command.get_subcommands().filter(|inner| !inner.is_hide_set()).flat_map(|inner| pages(inner, &name));
    let own = (name.clone(), own.name(name.clone()));
    std::iter::once(own).chain(inner).collect()
}
