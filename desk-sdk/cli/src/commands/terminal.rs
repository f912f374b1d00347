//! Questions to a person.

use std::io::{self, BufRead as _, IsTerminal as _, Read as _, Write as _};

use desk_cli::problem::Problem;
use desk_sdk::auth::SecretString;

/// The longest answer.
const LONGEST: u64 = 64 * 1024;

/// A terminal with a person at it. Without one, nothing is asked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Terminal(());

impl Terminal {
    /// That of this program.
    pub(super) fn here() -> Option<Self> {
        (io::stdin().is_terminal() && io::stderr().is_terminal()).then_some(Self(()))
    }

    /// Asks for a line; an empty one is the usual answer, if there is one.
    pub(super) fn ask(self, question: &str, usual: Option<&str>) -> Result<String, Problem> {
        let usual_shown = usual.map_or_else(String::new, |usual| format!(" [{usual}]"));
        let _ = write!(io::stderr(), "{question}{usual_shown}: ");
        let answer = line_of_input()?;
        match (answer.is_empty(), usual) {
            (false, _) => Ok(answer),
            (true, Some(usual)) => Ok(usual.to_owned()),
            (true, None) => Err(Problem::usage("nothing was entered")),
        }
    }

    /// Asks for something that is not shown.
    pub(super) fn ask_hidden(self, question: &str) -> Result<SecretString, Problem> {
        let answer = rpassword::prompt_password(format!("{question} (it is not shown): "));
        let answer = answer.map_err(|error| match error.kind() {
            io::ErrorKind::Interrupted => Problem::usage("interrupted"),
            _ => Problem::failed(format!("the terminal cannot be read: {error}")),
        })?;
        match answer.trim() {
            "" => Err(Problem::usage("nothing was entered")),
            answer => Ok(answer.into()),
        }
    }
}

/// A line of the standard input, from a person or from another program.
pub(super) fn line_of_input() -> Result<String, Problem> {
    let mut answer = String::new();
    let mut input = io::stdin().lock().take(LONGEST);
    match input.read_line(&mut answer) {
        Ok(0) => Err(Problem::usage("the standard input ended before there was an answer")),
        Ok(_) => Ok(answer.trim().to_owned()),
        Err(error) => Err(Problem::failed(format!("the standard input cannot be read: {error}"))),
    }
}
