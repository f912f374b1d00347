//! What is printed.
//!
//! Whoever reads may have seen enough (`cargo xtask update --dry-run | head`): from then on nothing is printed, and the
//! command does what it would have done, with the exit code that it would have had. What else keeps words from being
//! written, such as a full disk, is an error in the end.

use std::fmt::Arguments;
use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;
use std::sync::OnceLock;

/// The first thing that kept words from being written.
static FAILED: OnceLock<io::Error> = OnceLock::new();

/// Prints to the standard output.
macro_rules! out {
    ($($text:tt)*) => { $crate::printing::to_output(format_args!($($text)*)) };
}

/// Prints a line to the standard output.
macro_rules! outln {
    () => { $crate::printing::to_output(format_args!("\n")) };
    ($($text:tt)*) => { $crate::printing::to_output(format_args!("{}\n", format_args!($($text)*))) };
}

/// Prints a line to the standard error.
macro_rules! errln {
    ($($text:tt)*) => { $crate::printing::to_error(format_args!("{}\n", format_args!($($text)*))) };
}

pub(crate) use {errln, out, outln};

pub(crate) fn to_output(text: Arguments<'_>) {
    note(io::stdout().lock().write_fmt(text));
}

pub(crate) fn to_error(text: Arguments<'_>) {
    note(io::stderr().lock().write_fmt(text));
}

/// Shows what was printed so far, although its line has not ended.
pub(crate) fn flush() {
    note(io::stdout().lock().flush());
}

/// The exit code, unless something could not be printed.
pub(crate) fn end(code: ExitCode) -> ExitCode {
    flush();
    let Some(error) = FAILED.get() else { return code };
    to_error(format_args!("error: not all could be printed: {error}\n"));
    ExitCode::FAILURE
}

fn note(written: io::Result<()>) {
    match written {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => drop(FAILED.set(error)),
        _ => {}
    }
}
