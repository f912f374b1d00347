//! The program `desk`.

use std::process::ExitCode;

fn main() -> ExitCode {
    eprintln!("desk {}: this version has no commands yet", env!("CARGO_PKG_VERSION"));
    ExitCode::from(2)
}
