//! Programs of the workspace that need the SDK. They are started, not linked, so that xtask
//! still builds while the generated code does not.

use std::ffi::OsStr;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};

use crate::files;

/// Builds and runs a program of a package.
pub(crate) fn run<A: AsRef<OsStr>>(
    package: &str,
    program: &str,
    arguments: impl IntoIterator<Item = A>,
) -> Result<ExitCode> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["run", "--quiet", "--manifest-path"])
        .arg(files::root().join("Cargo.toml"))
        .args(["--package", package, "--bin", program, "--"])
        .args(arguments)
        .status()
        .context("cannot start cargo")?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
