//! `cargo xtask openapi [--output FILE]`

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;
use desk_codegen::load;
use desk_codegen::openapi::openapi;

use crate::files::{self, Tree};
use crate::spec;

/// Where the document is written if nothing is said, below the folder of builds.
const USUAL: &str = "openapi/desk.json";

pub(crate) fn run(output: Option<PathBuf>) -> Result<ExitCode> {
    let sources = spec::project()?;
    let loaded = match load::load(&sources).and_then(|loaded| Ok((openapi(&loaded)?, loaded))) {
        Ok(made) => made,
        Err(diagnostics) => {
            eprintln!("{}", diagnostics.locate(&sources));
            return Ok(ExitCode::FAILURE);
        }
    };
    let (text, loaded) = loaded;
    let output = output.unwrap_or_else(usual);
    files::save(&output, &text)?;
    println!(
        "{}: {} operations, {} types, {} KB",
        output.display(),
        loaded.spec.operations.len(),
        loaded.spec.types.len(),
        text.len() / 1024
    );
    Ok(ExitCode::SUCCESS)
}

fn usual() -> PathBuf {
    let builds = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    builds.unwrap_or_else(|| Tree::project().root().join("target")).join(Path::new(USUAL))
}
