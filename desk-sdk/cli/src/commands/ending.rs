//! How a command ends: its exit code, and what is said.

use std::io::{self, Write as _};
use std::process::ExitCode;

use desk_cli::problem::Problem;
use desk_cli::scopes::line;

/// Says how a command ended, unless it went well.
pub(super) fn end(result: Result<ExitCode, Problem>) -> ExitCode {
    result.unwrap_or_else(|Problem { code, text, .. }| {
        say(&if code == Problem::INTERRUPTED { text } else { format!("error: {text}") });
        ExitCode::from(code)
    })
}

/// The same for what has no other good ending than one.
pub(super) fn finish(result: Result<(), Problem>) -> ExitCode {
    end(result.map(|()| ExitCode::SUCCESS))
}

/// Says something to the person, apart from what is printed.
pub(super) fn say(text: &str) {
    for part in text.lines() {
        // Nobody may be listening any more.
        let _ = writeln!(io::stderr(), "{}", line(part));
    }
}

/// Prints a result. Whoever reads it may have seen enough, which is no failure.
pub(super) fn print(text: &str) -> Result<ExitCode, Problem> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Problem::failed(format!("cannot print: {error}")))
        }
        _ => Ok(ExitCode::SUCCESS),
    }
}

/// A runtime for what waits.
pub(super) fn runtime() -> Result<tokio::runtime::Runtime, Problem> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.map_err(|error| Problem::failed(format!("cannot start: {error}")))
}
