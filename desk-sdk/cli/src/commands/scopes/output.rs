//! What is printed, and the exit codes.

use std::io::{self, Write as _};
use std::process::ExitCode;

use desk_cli::scopes::line;

/// Something is missing, or differs.
pub(super) const MISSING: u8 = 1;
/// It cannot be done as asked.
const USAGE: u8 = 2;
/// Not all could be read.
pub(super) const UNREADABLE: u8 = USAGE;

/// The result of a command.
pub(super) type Done = Result<ExitCode, Box<dyn std::error::Error>>;

/// Prints text. Whoever reads it may have seen enough, which is no failure.
pub(super) fn print(text: &str, code: u8) -> Done {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(format!("cannot print: {error}").into()),
        _ => Ok(ExitCode::from(code)),
    }
}

/// Tells what is wrong with the command.
pub(super) fn refuse(error: &dyn std::error::Error) -> ExitCode {
    let _ = writeln!(io::stderr(), "error: {}", line(&error.to_string()));
    ExitCode::from(USAGE)
}
