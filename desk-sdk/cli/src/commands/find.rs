//! `desk find`.

use std::process::ExitCode;

use clap::Args;
use desk_cli::export::counted;
use desk_cli::guide::{self, Found, listed};
use desk_cli::problem::Problem;

use super::call::target;
use super::ending::{finish, print, say};

pub(crate) const HELP: &str = "\
Examples:
  desk find search tickets
  desk find createTicket
  desk find /contacts --json

All words must match: in an operation's name, in what it does, or in its path, family, parameters or fields. What has them
in its name comes first. Exit codes: 0 found, 2 nothing found.";

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Words that must all match, such as: search tickets
    #[arg(required = true, value_name = "WORDS")]
    words: Vec<String>,
    /// The most operations that are shown
    #[arg(long, value_name = "N", default_value_t = 15)]
    at_most: usize,
    /// Print all of them as JSON
    #[arg(long)]
    json: bool,
}

impl Arguments {
    pub(crate) fn run(self) -> ExitCode {
        finish(self.find())
    }

    fn find(&self) -> Result<(), Problem> {
        let Found { operations, unknown } = guide::find(&self.words.join(" "));
        if self.json {
            print(&format!("{:#}\n", guide::found_json(&operations)))?;
        } else {
            let shown = &operations[..operations.len().min(self.at_most)];
            print(&listed(shown, target().width))?;
            if let more @ 1.. = operations.len() - shown.len() {
                let more = counted(u64::try_from(more).unwrap_or(u64::MAX), "more operation");
                say(&format!("and {more}; another word narrows the search, --at-most shows them"));
            }
        }
        match (operations.is_empty(), unknown.as_slice()) {
            (false, _) => Ok(()),
            (true, []) => Err(Problem::usage("no operation matches all of these words; try fewer")),
            (true, unknown) => {
                let told: Vec<String> = unknown.iter().map(ToString::to_string).collect();
                Err(Problem::usage(told.join("; ")))
            }
        }
    }
}
