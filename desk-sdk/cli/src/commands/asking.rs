//! Asking a person.

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};

use desk_cli::call::Problem;

/// Whether there is a person to ask.
pub(crate) fn can_ask() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Asks for a yes.
pub(crate) fn confirmed(question: &str) -> Result<(), Problem> {
    let mut terminal = io::stderr();
    let asked = write!(terminal, "{} [y/N] ", desk_cli::export::shown(question)).and_then(|()| terminal.flush());
    let mut answer = String::new();
    let read = asked.and_then(|()| io::stdin().lock().read_line(&mut answer));
    read.map_err(|error| Problem::usage(format!("cannot ask: {error}; nothing was sent")))?;
    match answer.trim().to_ascii_lowercase().as_str() {
        "y" | "yes" => Ok(()),
        _ => Err(Problem::usage("not confirmed; nothing was sent")),
    }
}
