//! What is printed, and the exit codes.

use std::io::{self, BufWriter, Write as _};
use std::process::ExitCode;

use desk_cli::scopes::line;
use serde::Serialize;

/// Something is missing, or differs.
pub(super) const MISSING: u8 = 1;
/// It cannot be done as asked.
const USAGE: u8 = 2;

/// The result of a command.
pub(super) type Done = Result<ExitCode, Box<dyn std::error::Error>>;

/// Prints text.
pub(super) fn print(text: &str, code: u8) -> Done {
    let mut out = io::stdout().lock();
    let printed = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    done(printed, code)
}

/// Prints a record as JSON, without having all of its text at once.
pub(super) fn print_json(record: &impl Serialize, code: u8) -> Done {
    let mut out = BufWriter::new(io::stdout().lock());
    let printed = serde_json::to_writer_pretty(&mut out, record).map_err(io::Error::from);
    done(printed.and_then(|()| out.write_all(b"\n")).and_then(|()| out.flush()), code)
}

/// Whoever reads what is printed may have seen enough, which is no failure.
fn done(printed: io::Result<()>, code: u8) -> Done {
    match printed {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(format!("cannot print: {error}").into()),
        _ => Ok(ExitCode::from(code)),
    }
}

/// Tells what is wrong with the command.
pub(super) fn refuse(error: &dyn std::error::Error) -> ExitCode {
    let _ = writeln!(io::stderr(), "error: {}", line(&error.to_string()));
    ExitCode::from(USAGE)
}
