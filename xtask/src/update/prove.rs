//! That what was written works.

use std::process::Command;

use anyhow::{Context, Result};

use crate::building;
use crate::files::Tree;

/// Whether everything builds, the tests included.
pub(super) fn builds() -> Result<bool> {
    building::show(cargo(&["check", "--workspace", "--all-targets", "--locked"]))
}

/// Whether the tests pass. What they print goes to the terminal.
pub(super) fn passes() -> Result<bool> {
    let status = cargo(&["test", "--workspace", "--locked", "--quiet"]).status();
    Ok(status.context("cannot start cargo")?.success())
}

fn cargo(arguments: &[&str]) -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(arguments).current_dir(Tree::project().root());
    cargo
}
