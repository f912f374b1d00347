//! `cargo xtask openapi [--output FILE]`

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use desk_codegen::load;
use desk_codegen::openapi::openapi;

use crate::files::{self, Tree};
use crate::spec;

/// Where the document is written if nothing is said: a folder below that of builds, and a name in it.
const FOLDER: &str = "openapi";
const NAME: &str = "desk.json";

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
    let output = match output {
        Some(output) => output,
        None => Tree::project().build_folder(FOLDER)?.join(NAME),
    };
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
