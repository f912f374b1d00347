//! Programs in the workspace that need the SDK. They are run as processes rather than linked, so that xtask still
//! builds when the generated code does not.

use std::ffi::OsStr;
use std::io;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};

use crate::files::Tree;

/// A program in the workspace.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Program {
    package: &'static str,
    name: &'static str,
    /// The features it needs, separated by commas.
    features: &'static str,
}

/// Walks through the whole process.
pub(crate) const DEMO: Program = Program { package: "desk-tools", name: "demo", features: "" };

/// Decodes recorded answers.
pub(crate) const DECODE: Program = Program { package: "desk-tools", name: "decode", features: "" };

/// Prints the operations as JSON.
pub(crate) const CATALOGUE: Program = Program { package: "desk-tools", name: "catalogue", features: "" };

/// The local server.
pub(crate) const MOCK: Program = Program { package: "desk-mock", name: "desk-mock", features: "cli" };

/// Calls every operation.
pub(crate) const SMOKE: Program = Program { package: "desk-smoke", name: "smoke", features: "" };

/// The command line for Zoho Desk.
pub(crate) const DESK: Program = Program { package: "desk-cli", name: "desk", features: "" };

impl Program {
    /// Builds and runs it. If possible, this process is replaced, so that ending it ends the program.
    pub(crate) fn run<A: AsRef<OsStr>>(self, arguments: impl IntoIterator<Item = A>) -> Result<ExitCode> {
        let mut run = self.cargo("run");
        become_it(run.args(["--quiet", "--"]).args(arguments)).context("cannot start cargo")
    }

    /// The cargo command for it, `build` or `run`.
    pub(crate) fn cargo(self, command: &str) -> Command {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command_line = Command::new(cargo);
        command_line.args([command, "--manifest-path"]).arg(Tree::project().root().join("Cargo.toml"));
        command_line.args(["--package", self.package, "--bin", self.name, "--features", self.features]);
        command_line
    }
}

#[cfg(unix)]
fn become_it(command: &mut Command) -> io::Result<ExitCode> {
    use std::os::unix::process::CommandExt as _;
    Err(command.exec())
}

#[cfg(not(unix))]
fn become_it(command: &mut Command) -> io::Result<ExitCode> {
    Ok(if command.status()?.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
