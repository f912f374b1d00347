//! What is printed, and how the program ends.

use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;

use desk_cli::call::{Problem, Target};
use desk_cli::export::shown;
use desk_cli::scopes::line;

/// Prints text. Whoever reads it may have seen enough, which is no failure.
pub(crate) fn print(text: &str) -> Result<(), Problem> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Problem::failed(format!("cannot print: {error}")))
        }
        _ => Ok(()),
    }
}

/// Tells a person something, beside what is printed.
pub(crate) fn tell(text: &str) {
    let _ = writeln!(io::stderr(), "{}", shown(text));
}

/// Tells what went wrong, if anything did.
pub(crate) fn end(result: Result<(), Problem>) -> ExitCode {
    let Err(problem) = result else { return ExitCode::SUCCESS };
    match problem.code {
        Problem::INTERRUPTED => tell("interrupted"),
        _ => tell(&format!("error: {}", line(&problem.text))),
    }
    ExitCode::from(problem.code)
}

/// Prints what clap says: help, or what is wrong with the words.
pub(crate) fn clap(error: &clap::Error) -> ExitCode {
    let _ = error.print();
    u8::try_from(error.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from)
}

/// Where answers are printed.
pub(crate) fn target() -> Target {
    let width = match io::stdout().is_terminal() {
        true => console::Term::stdout().size_checked().map(|(_, width)| width),
        false => None,
    };
    Target { width }
}
